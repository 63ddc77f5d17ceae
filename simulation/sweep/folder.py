"""The folder of a sweep: whose it is, and what is in it.

::

    sweep.json          what was swept, the scenarios' texts, what made it
    runs/part-*.parquet rows; a part is complete or absent
    failures/*.jsonl    records of failing runs, for ``replay``

A sweep that was killed leaves nothing that could be taken for a result: a part is written beside
its place and then renamed. Only one sweep writes at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from simulation.errors import InputError, NondeterminismError
from simulation.sweep.cells import Cell
from simulation.sweep.made_by import versions
from simulation.sweep.row import FORM
from simulation.sweep.work import Order

FORMAT = "simulation sweep"


class Swept(Struct, frozen=True):
    """A cell as the folder remembers it."""

    scenario: str
    overrides: str
    source: str
    settings: dict[str, Any]
    text: str
    code: str


class Manifest(Struct, frozen=True):
    """What all the rows of a folder have in common."""

    what: str
    form: int
    made_by: str
    cells: tuple[Swept, ...]


def manifest_of(cells: Sequence[Cell], orders: Sequence[Order]) -> Manifest:
    """What a folder with results of these cells has to say of itself."""
    swept = [
        Swept(*cell.key, cell.scenario.source, dict(cell.scenario.overrides), cell.scenario.text, order.code)
        for cell, order in zip(cells, orders, strict=True)
    ]
    return Manifest(FORMAT, FORM, versions(), tuple(swept))


class Folder:
    """The folder at ``path``. Nothing is read or written before it is asked for."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).absolute()
        self.runs = self.path / "runs"
        self.failures = self.path / "failures"
        self._manifest = self.path / "sweep.json"
        self._differs = self.path / "not-the-same-twice.txt"

    def check(self, manifest: Manifest) -> None:
        """Raise ``InputError`` where results of ``manifest`` must not go; write nothing."""
        try:
            self._check(manifest)
        except OSError as error:
            raise InputError(f"--out: {self.path} cannot be used: {error.strerror}.") from None

    def _check(self, manifest: Manifest) -> None:
        if self._manifest.exists():
            self._compare(self.manifest(), manifest)
            if not os.access(self.runs if self.runs.exists() else self.path, os.W_OK):
                raise InputError(f"--out: {self.path} cannot be written to. Choose another folder.")
            return
        if self.path.exists():
            self._check_strange()
        nearest = next(folder for folder in (self.path, *self.path.absolute().parents) if folder.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK):
            raise InputError(f"--out: {self.path} cannot be made: {nearest} cannot be written to.")

    @contextmanager
    def opened(self, manifest: Manifest) -> Iterator[None]:
        """Be the one sweep that writes here. Raises ``InputError`` where another one does."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / ".lock", timeout=0)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise InputError(
                f"--out: another sweep is writing into {self.path}. Wait for it, or choose another folder."
            ) from None
        except OSError as error:
            raise InputError(f"--out: {self.path} cannot be written to: {error.strerror}.") from None
        try:
            self.check(manifest)
            self._begin(manifest)
            yield
        finally:
            lock.release()

    def manifest(self) -> Manifest:
        """What the folder says of itself. Raises ``InputError`` for a folder that is no sweep's."""
        try:
            found = msgspec.json.decode(self._manifest.read_bytes(), type=Manifest)
        except FileNotFoundError:
            raise InputError(f"{self.path}: is no folder of a sweep: it has no sweep.json.") from None
        except OSError as error:
            raise InputError(f"{self.path}: cannot be read: {error.strerror}.") from None
        except msgspec.DecodeError:
            found = None
        if found is None or found.what != FORMAT:
            raise InputError(f"{self._manifest}: is not what a sweep writes there. Choose another folder.")
        return found

    def distrust(self, why: str) -> None:
        """Let nobody go on here: a run came out otherwise the second time."""
        write_whole(self._differs, f"{why}\n".encode())

    def parts(self) -> list[Path]:
        """The parts that are there, the oldest first."""
        return [self.runs / name for name in sorted(self._part_names())]

    def new_part(self) -> Path:
        """Where the next part goes."""
        parts = self._part_names()
        number = int(max(parts)[len("part-") : -len(".parquet")]) + 1 if parts else 0
        return self.runs / f"part-{number:09}.parquet"

    def _part_names(self) -> list[str]:
        # Names compare faster than paths, and a long sweep asks often.
        names = [each.name for each in self.runs.iterdir()] if self.runs.is_dir() else []
        return [name for name in names if name.startswith("part-") and name.endswith(".parquet")]

    def _begin(self, manifest: Manifest) -> None:
        for folder in (self.runs, self.failures):
            folder.mkdir(exist_ok=True)
        for left_over in (*self.runs.glob(f"*{UNFINISHED}"), *self.failures.glob(f"*{UNFINISHED}")):
            left_over.unlink()
        self.check_trust()
        if not self._manifest.exists():
            text = msgspec.json.format(msgspec.json.encode(manifest))
            write_whole(self._manifest, text)

    def check_trust(self) -> None:
        """Raise ``NondeterminismError`` where it was found out that nobody can trust what is here."""
        if self._differs.exists():
            raise NondeterminismError(
                f"{self._differs.read_text(encoding='utf-8').rstrip()}\nThat was found when this folder was"
                f" written, and its rows are not to be trusted. Mend it, and choose a new folder."
            )

    def _check_strange(self) -> None:
        if not self.path.is_dir():
            raise InputError(f"--out: {self.path} is a file. A folder is needed, new or of a sweep.")
        try:
            strange = [each.name for each in self.path.iterdir() if each.name not in OURS]
        except OSError as error:
            raise InputError(f"--out: {self.path} cannot be read: {error.strerror}.") from None
        if self.parts():
            raise InputError(
                f"--out: {self.path} has results and no sweep.json that says of what. Choose another folder."
            )
        if strange:
            raise InputError(
                f"--out: {self.path} is no folder of a sweep, and not empty: it holds {min(strange)!r}."
                " Choose a new or empty one."
            )

    def _compare(self, there: Manifest, asked: Manifest) -> None:
        for why in _differences(there, asked):
            raise InputError(f"--out: {self.path} holds results of {why}. Choose another folder.")


UNFINISHED = ".unfinished"
"""What a file is called that is not complete yet: nothing that reads Parquet takes it for a part."""

OURS = (".lock", f"sweep.json{UNFINISHED}", "runs", "failures")
"""What a sweep that was killed before its first result may leave."""


def write_whole(path: Path, content: bytes) -> None:
    """A file that is there complete, or not at all, whenever this is killed."""
    beside = unfinished(path)
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(beside, path)
    except OSError as error:
        raise full(path, error.strerror or str(error)) from None


def unfinished(path: Path) -> Path:
    """Where a file is written that will be at ``path``."""
    return path.with_name(path.name + UNFINISHED)


def put_in_place(beside: Path, path: Path) -> None:
    """Rename a file that was written, so that it is all there even after a power cut."""
    beside.replace(path)
    if not hasattr(os, "O_DIRECTORY"):
        # Elsewhere a folder cannot be opened, and need not be.
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def full(path: Path, why: str) -> InputError:
    """What to say where a result cannot be kept."""
    return InputError(
        f"--out: {path} cannot be written: {why}. What was written before stays; mend it and start the"
        " same command again: it does what is missing."
    )


def _differences(there: Manifest, asked: Manifest) -> Iterator[str]:
    if there.form != asked.form or there.made_by != asked.made_by:
        yield f"another version: {there.made_by}, and this is {asked.made_by}"
    old, new = _by_key(there), _by_key(asked)
    for key, swept in new.items():
        title = " ".join(word for word in key if word)
        if key in old and old[key].text != swept.text:
            yield f"another text of the scenario {title!r}"
        if key in old and old[key].code != swept.code:
            yield f"{title!r} by other code: the package, or its protocol, was changed since"
    if old.keys() != new.keys():
        yield f"{_listed(old)}, and this sweep is of {_listed(new)}"


def _by_key(manifest: Manifest) -> dict[tuple[str, str], Swept]:
    return {(swept.scenario, swept.overrides): swept for swept in manifest.cells}


def _listed(swept: dict[tuple[str, str], Swept]) -> str:
    titles = [" ".join(word for word in key if word) for key in swept]
    return ", ".join(titles[:5]) + (f" and {len(titles) - 5} more" if len(titles) > 5 else "")
