"""What a planted bug is, and how a wrong machine becomes one."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from simulation.protocols.registry import Protocol
from simulation.protocols.textbook import TEXTBOOK, Node

Violates = Literal["agreement", "termination", "nothing"]

Need = Literal["restart", "duplicate"]
"""What must happen in a run beside delay, loss and retries: a process restarts, a copy arrives."""


class Planted(Struct, frozen=True):
    """A protocol with a known bug, or a control with none.

    ``title`` says in one sentence what is wrong. ``needs`` is what a run must contain for the
    bug to show; a run without it can never find this bug. ``source`` is the rule that is broken
    or where the bug was seen, and ``invented`` is whether it was made up for this collection.
    """

    name: str
    title: str
    violates: Violates
    protocol: Protocol
    needs: tuple[Need, ...]
    invented: bool
    source: str


def wrong(machine: type[Node]) -> Protocol:
    """The textbook protocol with ``machine`` in its place, called by the name of the class."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", machine.__name__).lower()
    title = (machine.__doc__ or "").partition("\n")[0]
    return replace(TEXTBOOK, name=name, about=title, components=(machine,))


def bug(
    protocol: Protocol,
    source: str,
    *,
    violates: Violates = "agreement",
    needs: tuple[Need, ...] = (),
    invented: bool = False,
) -> Planted:
    """``protocol`` as an entry of the collection."""
    return Planted(protocol.name, protocol.about, violates, protocol, needs, invented, source)
