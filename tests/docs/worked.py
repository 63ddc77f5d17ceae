"""Does what a page says, from top to bottom, and compares what comes out with what it shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulation.cli import main
from tests.docs.pages import Block, blocks

Lines = list[str]


class Worked:
    """A page in the current folder, which is the test's own.

    Files are written where a sentence names them, ``console`` is typed, ``python`` is run with what
    it prints in the ``text`` after it, and ``json`` are lines of the last file that was written.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._code = 0
        self._written = Path()
        self._names: dict[str, Any] = {}

    def differences(self, text: str) -> Iterator[tuple[str, str]]:
        """What is shown and what came out, wherever they differ."""
        found = blocks(text)
        for each, after in zip(found, [*found[1:], Block("", "", "")], strict=True):
            for shown, came in self._done(each, after):
                if not shows(shown, came):
                    yield "\n".join(shown), "\n".join(came)

    def _done(self, each: Block, after: Block) -> Iterator[tuple[Lines, Lines]]:
        if each.file:
            Path(each.file).parent.mkdir(exist_ok=True)
            Path(each.file).write_text(each.text, encoding="utf-8")
        elif each.language == "console":
            for command, shown in typed(each.text):
                yield shown, self._called(command)
        elif each.language == "python":
            yield after.text.splitlines() if after.language == "text" else [], self._ran(each.text)
        elif each.language == "json":
            # A record has many lines more than are shown.
            yield elided(each.text.splitlines()), self._written.read_text(encoding="utf-8").splitlines()

    def _called(self, command: str) -> Lines:
        words, _, target = command.partition(" > ")
        if words == "echo $?":
            return [str(self._code)]
        self._code = main(shlex.split(words)[1:])
        said = self._capsys.readouterr()
        if not target:
            return [*said.out.splitlines(), *said.err.splitlines()]
        self._written = Path(target)
        self._written.write_text(said.out, encoding="utf-8")
        return said.err.splitlines()

    def _ran(self, program: str) -> Lines:
        exec(program, self._names)
        return self._capsys.readouterr().out.splitlines()


def typed(console: str) -> Iterator[tuple[str, Lines]]:
    """Every command behind a ``$`` with the lines that follow it."""
    for part in re.split(r"^\$ ", console, flags=re.M)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def elided(lines: Lines) -> Lines:
    """The lines, with anything before, between and after them."""
    return ["...", *(line for each in lines for line in (each, "..."))]


def shows(shown: Lines, came: Lines) -> bool:
    """Whether these lines were shown: ``...`` stands for lines, or for a part of one."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + " *\n"
        for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in came)) is not None
