"""Reads who takes part and what they do: ``[roles]``, ``[let]`` and ``[script]``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from simulation.errors import nearest
from simulation.harness.steps import Repeat, Step
from simulation.scenario import keys, values
from simulation.scenario.cast import in_places
from simulation.scenario.document import Document
from simulation.scenario.model import Drawn, Let, Role, Script
from simulation.scenario.script import Vocabulary, ends_before, parse_step
from simulation.scenario.sets import RESERVED, parse_set
from simulation.scenario.values import MistakeError

_WORD = re.compile(r"[A-Za-z0-9_-]+")
_PROCESS = re.compile(r"p[0-9]+")


class Roles(Struct, frozen=True):
    """The roles of a file. ``broken`` are those that could not be read, or that need one of these."""

    sound: tuple[Role, ...]
    broken: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every role that the file defines, broken or not."""
        return (*(role.name for role in self.sound), *self.broken)


def read_roles(document: Document, participants: int) -> Roles:
    """``[roles]``, from top to bottom: each may use those above it."""
    table = document.table("roles")
    sound: list[Role] = []
    broken: list[str] = []
    for place, (name, written) in enumerate(table.items()):
        broken.append(name)
        with document.noting(("roles", name)):
            _check_name(name)
            above, below = list(table)[:place], list(table)[place:]
            text = values.string_or_strings(written)
            _check_above(text, below)
            expression = parse_set(text, known=above, participants=participants)
            if not any(atom in broken for atom in (*expression.union, *expression.minus)):
                sound.append(in_places(name, expression, sound, participants))
                broken.pop()
    return Roles(tuple(sound), tuple(broken))


def read_lets(document: Document, roles: Roles) -> tuple[Let, ...]:
    """``[let]``: the draws by name."""
    lets: list[Let] = []
    for name, written in document.table("let").items():
        with document.noting(("let", name)):
            values.name(name)
            found = document.read(values.table(written), ("let", name), keys.LET)
            fixed_by = found.get("fixed_by", ())
            fixed_by = (fixed_by,) if isinstance(fixed_by, str) else fixed_by
            for role in fixed_by:
                _check_role(document, ("let", name, "fixed_by"), role, roles)
            lets.append(Let(name, found.get("one_of", (1,)), fixed_by))
    return tuple(lets)


def read_scripts(document: Document, roles: Roles, vocabulary: Vocabulary) -> tuple[Script, ...]:
    """``[script]``, without the roles that do not exist."""
    scripts: list[Script] = []
    for role, written in document.table("script").items():
        path = ("script", role)
        if _check_role(document, path, role, roles):
            steps = _read_steps(document, path, written, vocabulary)
            scripts.append(Script(role, steps, any(_draws(step) for step in steps)))
    return tuple(scripts)


def _read_steps(
    document: Document, path: tuple[str, str], written: Any, words: Vocabulary
) -> tuple[Step, ...]:
    steps: list[Step] = []
    with document.noting(path):
        if not isinstance(written, list) or not all(isinstance(step, str) for step in written):
            raise MistakeError('is not a list of steps. Write it as in ["propose", "wait 10s"].')
        for step in written:
            with document.noting(path):
                steps.append(parse_step(step, words))
        if ends_before(steps):
            raise MistakeError("'kill' is the last step of a script: whatever follows would never happen.")
    return tuple(steps)


def _draws(step: Step) -> bool:
    return isinstance(step, Drawn) or (isinstance(step, Repeat) and any(map(_draws, step.body)))


def _check_name(name: str) -> None:
    values.name(name)
    if name in RESERVED:
        raise MistakeError(f"{name!r} is a word of the language of sets. Choose another name.")
    if _PROCESS.fullmatch(name):
        raise MistakeError(f"{name!r} is how a process is called. Choose another name.")


def _check_above(written: str | tuple[str, ...], below: Iterable[str]) -> None:
    words = _WORD.findall(written) if isinstance(written, str) else written
    for word in words:
        if word in below:
            raise MistakeError(f"{word!r} is not defined above. A set uses only names that stand above it.")


def _check_role(document: Document, path: tuple[str, ...], role: str, roles: Roles) -> bool:
    known = ("all", *roles.names)
    if role in known:
        return True
    document.wrong(path, f"{role!r} is not a role. Known: {', '.join(known)}.{nearest(role, known)}")
    return False
