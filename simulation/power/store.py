"""Finished trials in a folder: a line each, added as they come.

A line that was cut off, by a kill or a full disk, is no line: its trial is done again. Lines of
other code are left alone and not counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from simulation.errors import InputError
from simulation.power.search import Ground
from simulation.power.trial import Tried
from simulation.sweep.folder import full
from simulation.sweep.made_by import code, versions

Key = tuple[str, str, str, int, bool]

FILE = "trials.jsonl"

_OURS = {FILE, ".lock"}


class Line(Struct, frozen=True):
    """What came of a trial, and a hash of everything that it depends on."""

    made_by: str
    tried: Tried


class Store:
    """The folder at ``path``, for trials on this ``ground`` by the code that is here."""

    def __init__(self, path: str | os.PathLike[str], ground: Ground) -> None:
        self.path = Path(path).absolute()
        self._file = self.path / FILE
        # Every planted bug is in the package, so any of their names stands for all of the code.
        made_by = f"{versions()}\0{code('textbook')}\0{ground.text}"
        self._made_by = blake2b(made_by.encode(), digest_size=8).hexdigest()
        self.of_other_code = 0
        """How many lines were left out because other code wrote them."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Be the only one that writes here. Raises ``InputError`` where that cannot be."""
        from filelock import FileLock, Timeout

        self._check()
        lock = FileLock(self.path / ".lock", timeout=0)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise InputError(
                f"--out: another measurement is writing into {self.path}. Wait for it, or choose another"
                " folder."
            ) from None
        except OSError as error:
            raise InputError(f"--out: {self.path} cannot be written to: {error.strerror}.") from None
        try:
            yield
        finally:
            lock.release()

    def read(self) -> dict[Key, Tried]:
        """What is there, by trial: of two lines about one that which came further."""
        found: dict[Key, Tried] = {}
        for line in self._lines():
            if line.made_by != self._made_by:
                self.of_other_code += 1
                continue
            tried, before = line.tried, found.get(line.tried.trial.key)
            if before is None or before.runs < tried.runs:
                found[tried.trial.key] = tried
        return found

    def keep(self, tried: Tried) -> None:
        """Add a trial that is over. Raises ``InputError`` where it cannot be kept."""
        line = msgspec.json.encode(Line(self._made_by, tried)) + b"\n"
        try:
            with self._file.open("ab+") as file:
                if file.tell():
                    file.seek(-1, os.SEEK_END)
                    # After a line that was cut off a new one begins.
                    line = line if file.read(1) == b"\n" else b"\n" + line
                file.write(line)
        except OSError as error:
            raise full(self._file, error.strerror or str(error)) from None

    def _lines(self) -> Iterator[Line]:
        try:
            content = self._file.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise InputError(f"--out: {self._file} cannot be read: {error.strerror}.") from None
        decode = msgspec.json.Decoder(Line).decode
        for text in content.splitlines():
            try:
                yield decode(text)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue

    def _check(self) -> None:
        try:
            strange = [each.name for each in self.path.iterdir() if each.name not in _OURS]
        except FileNotFoundError:
            return
        except NotADirectoryError:
            raise InputError(f"--out: {self.path} is a file. A folder is needed.") from None
        except OSError as error:
            raise InputError(f"--out: {self.path} cannot be used: {error.strerror}.") from None
        if strange and not self._file.exists():
            raise InputError(
                f"--out: {self.path} is no folder of a measurement, and not empty: it holds {min(strange)!r}."
                " Choose a new or empty one."
            )
