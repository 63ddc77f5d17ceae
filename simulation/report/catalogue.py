"""What there is: scenarios, protocols, profiles, faults, checks, with a line each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from simulation import scenario as scenarios
from simulation.checks import CHECKS, name_of
from simulation.faults import FAULTS, LINK_FAULTS, LOSE_WRITES, PACES, LoseWrites
from simulation.network import ABOUT, PROFILES
from simulation.protocols import Protocol, protocols, reports
from simulation.search import STRATEGIES


class Entry(Struct, frozen=True):
    """One thing that there is. ``examples`` are how it is written where its name alone does not do."""

    name: str
    about: str
    examples: tuple[str, ...] = ()


EXHAUSTIVE = Entry("exhaustive", "every order of messages, for a few attempts; only for run, as in: run duel")


def sections() -> dict[str, list[Entry]]:
    """Everything there is, by the title of its section."""
    return {
        "Scenarios": [Entry(each.name, each.about) for each in scenarios.available()],
        "Protocols": [Entry(each.name, each.about) for each in protocols().values()],
        **{f"Steps of {each.name}": list(_steps(each)) for each in protocols().values()},
        "Profiles": [Entry(name, ABOUT[name]) for name in PROFILES],
        "Faults": list(_faults()),
        "Strategies": [*(Entry(each.name, each.about) for each in STRATEGIES.values()), EXHAUSTIVE],
        "Checks": [Entry(name_of(check), _first_line(check)) for check in CHECKS],
    }


def catalogue() -> Iterator[str]:
    """The lines of ``simulation list``."""
    for title, entries in sections().items():
        width = max((len(entry.name) for entry in entries), default=0)
        yield f"{title}:"
        for entry in entries:
            examples = f": {', '.join(entry.examples)}" if entry.examples else ""
            yield f"  {entry.name:<{width}}  {entry.about}{examples}"


def _faults() -> Iterator[Entry]:
    for name, fault in FAULTS.items():
        yield Entry(name, _first_line(fault))
    yield Entry(f"{LOSE_WRITES} SET", _first_line(LoseWrites))
    for name, wording in (PACES | LINK_FAULTS).items():
        yield Entry(name, wording.about, wording.examples)


def _steps(protocol: Protocol) -> Iterator[Entry]:
    """What a fault can be pinned to: the protocol's reports, and the sendings of its messages."""
    for step in protocol.steps:
        yield Entry(step, _first_line(getattr(reports, step, None)))
    for moment, message in protocol.moments.items():
        yield Entry(moment, f"{message.__name__} is sent: {_first_line(message)}")


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().partition("\n")[0]
