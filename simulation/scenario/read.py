"""From text to ``Scenario``: the whole file is read and checked before anything is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.errors import InputError, nearest
from simulation.protocols import Protocol, find_protocol
from simulation.scenario import keys
from simulation.scenario.check import check_cast
from simulation.scenario.document import Document
from simulation.scenario.fault_tables import Around, read_faults
from simulation.scenario.model import Model, Scenario
from simulation.scenario.outcome import read_expect
from simulation.scenario.players import read_lets, read_roles, read_scripts
from simulation.scenario.possible import check_outcome
from simulation.scenario.quiet import read_calm
from simulation.scenario.script import Vocabulary
from simulation.scenario.sets import Members
from simulation.scenario.strategy import check_strategy
from simulation.scenario.surroundings import read_conditions, read_sweep
from simulation.scenario.wording import counted

_MOST = 1000
"""Participants to assume where the file gives no usable number, so that the rest can be read."""


def parse(
    text: str, *, name: str = "scenario", source: str = "<text>", overrides: Mapping[str, Any] | None = None
) -> Scenario:
    """The scenario that ``text`` describes, with ``overrides`` by dotted key.

    Raises ``ScenarioError`` with everything that is wrong.
    """
    document = Document(text, source=source, overrides=overrides or {})
    head = document.read(document.data, (), keys.HEAD, beside=keys.TABLES)
    found = _read_all(document, head)
    document.refuse()
    model = Model(**found)
    check_outcome(document, model)
    check_strategy(document, model)
    document.refuse()
    return Scenario(name, source, text, document.overrides, model)


def with_overrides(scenario: Scenario, /, **overrides: Any) -> Scenario:
    """The same scenario with more overrides, as if it had been loaded with them."""
    both = {**scenario.overrides, **overrides}
    return parse(scenario.text, name=scenario.name, source=scenario.source, overrides=both)


def _read_all(document: Document, head: dict[str, Any]) -> dict[str, Any]:
    """The fields of ``Model``; complete where the document has no problems."""
    participants = head.get("participants", _MOST)
    names = tuple(f"p{number}" for number in range(1, participants + 1))
    protocol = _protocol(document, head.get("protocol", ""))
    actions = None if protocol is None else protocol.actions
    found = {
        "about": head.get("about"),
        "participants": participants,
        "acceptors": _acceptors(document, head, participants),
        "names": names,
        "ranks": _ranks(names),
        "order": _order(document, head.get("order"), names),
        "profile": head.get("profile"),
        "conditions": read_conditions(document, head.get("profile"), participants),
        "protocol": head.get("protocol", ""),
        "strategy": head.get("strategy"),
        "values": _values(document, head.get("values"), participants),
        "announce": head.get("announce"),
        "linger_us": head.get("linger"),
        "limit_us": head.get("limit"),
        "most_events": head.get("max_events"),
        "sweep": read_sweep(document),
    }
    roles = read_roles(document, participants)
    lets = read_lets(document, roles)
    draws = tuple(let.name for let in lets)
    scripts = read_scripts(document, roles, Vocabulary(draws, actions, head.get("protocol", "")))
    found |= {"roles": roles.sound, "lets": lets, "scripts": scripts}
    found["faults"] = read_faults(document, Around(roles.names, participants, protocol))
    found["calm"] = read_calm(document, roles.names, participants)
    found["expect"] = read_expect(document, roles.names, participants)
    if "participants" in head and not roles.broken:
        check_cast(document, roles.sound, scripts, found["ranks"], found["order"])
    if head.get("announce") == "kill sets":
        _check_kill_sets(document, roles.names)
    return found


def _acceptors(document: Document, head: dict[str, Any], participants: int) -> int:
    """How many processes vote: all, or as many as are given."""
    given: int | None = head.get("acceptors")
    if given is None:
        return participants
    protocol = _found(head.get("protocol", ""))
    if given > participants:
        document.wrong(("acceptors",), f"is {given}, and there are {counted(participants)}.")
    elif given < participants and protocol is not None and not protocol.separable:
        document.wrong(
            ("acceptors",),
            f"is {given} of {participants}, and all processes of {protocol.name!r} have to vote. Leave it"
            ' out, or set protocol = "textbook". A protocol of your own says it can do with that by'
            " separable=True.",
        )
    return given


def _found(name: str) -> Protocol | None:
    try:
        return find_protocol(name)
    except InputError:
        return None


def _ranks(names: tuple[str, ...]) -> Members:
    place = {name: rank for rank, name in enumerate(sorted(names))}
    return tuple(place[name] for name in names)


def _order(
    document: Document, written: str | tuple[str, ...] | None, names: tuple[str, ...]
) -> Members | None:
    """The fixed order, or None where every run draws its own."""
    if written is None or written == "shuffled":
        return None
    if written == "sorted":
        return tuple(range(len(names)))
    if sorted(written) != sorted(names):
        document.wrong(("order",), f"must name each of {names[0]} to {names[-1]} once.")
        return None
    return tuple(names.index(word) for word in written)


def _values(document: Document, written: Any, participants: int) -> Any:
    """A range, or one value for each participant."""
    if isinstance(written, list) and len(written) != participants:
        document.wrong(
            ("values",), f"has {len(written)} numbers for {participants} participants. One for each."
        )
    return written


def _protocol(document: Document, name: str) -> Protocol | None:
    """The protocol of this name, or None where there is none."""
    if not name:
        return None
    try:
        return find_protocol(name)
    except InputError as error:
        document.wrong(("protocol",), str(error).removeprefix("protocol: "))
        return None


def _check_kill_sets(document: Document, roles: tuple[str, ...]) -> None:
    for role in ("spare", "leaders", "followers"):
        if role not in roles:
            document.wrong(
                ("announce",), f"is 'kill sets', but [roles] has no {role!r}.{nearest(role, roles)}"
            )
