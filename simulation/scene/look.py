"""Colours and dashes, for whoever draws a scene.

A ballot is told by its colour, and by its number beside it; the kind of a message by its dashes, and
by its name beside it. So nothing is told by colour alone. The colours follow Okabe and Ito (*Color
Universal Design*, 2008), darker on white and lighter on black, so that each has 3:1 against its ground;
what is text, 4.5:1.
"""

from __future__ import annotations

from simulation.protocols import Protocol

BALLOTS = (
    ("#0072b2", "#56b4e9"),
    ("#c24a00", "#f0955a"),
    ("#00805c", "#2bc59a"),
    ("#9d3f78", "#e39ac4"),
    ("#7a6200", "#f0e442"),
    ("#5a55c8", "#b0acff"),
)
"""The colour of each ballot on white and on black; after the last comes the first again."""

INKS = {
    "ink": ("#1b1f24", "#e8eaed"),
    "faint": ("#57606a", "#a3adb8"),
    "line": ("#8c959f", "#6e7781"),
    "ground": ("#ffffff", "#14171a"),
    "panel": ("#f3f4f6", "#20252b"),
    "alarm": ("#b3003b", "#ff7a90"),
}
"""The other colours, on white and on black."""

DASHES = ("", "7 3", "2 3", "10 3 2 3", "5 2 1 2 1 2", "1 4", "12 4", "4 4")
"""The dashes of the kinds of messages; after the last comes the first again."""

SIGNS = {
    "proposal": "a client's value is proposed",
    "leader": "another leader is believed in",
    "ballot": "a ballot starts",
    "promise": "an acceptor promises",
    "refusal": "an acceptor refuses",
    "question": "acceptors are asked for a value",
    "vote": "an acceptor votes",
    "decision": "a decision is learned",
    "kill": "a process dies",
    "restart": "a process starts another life",
    "fault": "another fault strikes, or ends",
    "timer": "a timer goes off",
    "call": "a client calls",
    "return": "a client is answered",
    "request": "a machine takes up a call, or starts",
    "pause": "a process is suspended, or goes on",
    "report": "anything else that is said",
}
"""What each sign means, in the order of a legend: by the ``shape`` of a sight that is no message."""


def dashes(protocol: Protocol) -> dict[str, int]:
    """Which of ``DASHES`` each kind of message has, by its name: those that a protocol names come first."""
    named = [kind.__name__ for kind in protocol.moments.values()]
    handled = [kind.__name__ for machine in protocol.components for kind in machine.handlers]
    return {name: number % len(DASHES) for number, name in enumerate(dict.fromkeys([*named, *handled]))}


def variables(root: str) -> str:
    """CSS that defines ``--b0`` to ``--b5`` and an ``--ink`` and so on in ``root``, for light and dark.

    On paper all is light.
    """
    named = {f"b{number}": pair for number, pair in enumerate(BALLOTS)} | INKS
    light = "".join(f"--{name}:{pair[0]};" for name, pair in named.items())
    dark = "".join(f"--{name}:{pair[1]};" for name, pair in named.items())
    return f"{root}{{{light}}}@media screen and (prefers-color-scheme:dark){{{root}{{{dark}}}}}"
