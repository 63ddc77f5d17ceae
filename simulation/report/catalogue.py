"""What there is: scenarios, protocols, profiles, faults, checks, with a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulation import scenario as scenarios
from simulation.checks import CHECKS, name_of
from simulation.faults import FAULTS, LINK_FAULTS, LOSE_WRITES, PACES, LoseWrites
from simulation.network import ABOUT, PROFILES
from simulation.protocols import Protocol, protocols, reports
from simulation.search import STRATEGIES

Line = tuple[str, str]

EXHAUSTIVE: Line = (
    "exhaustive",
    "every order of messages, for a few attempts; only for run, as in: run duel",
)


def catalogue() -> Iterator[str]:
    """The lines of ``simulation list``."""
    yield from _section("Scenarios", [(each.name, each.about) for each in scenarios.available()])
    yield from _section("Protocols", [(each.name, each.about) for each in protocols().values()])
    for protocol in protocols().values():
        yield from _section(f"Steps of {protocol.name}", list(_steps(protocol)))
    yield from _section("Profiles", [(name, ABOUT[name]) for name in PROFILES])
    yield from _section(
        "Faults",
        [
            *((name, _first_line(fault)) for name, fault in FAULTS.items()),
            (f"{LOSE_WRITES} SET", _first_line(LoseWrites)),
            *PACES.items(),
            *LINK_FAULTS.items(),
        ],
    )
    strategies = [(each.name, each.about) for each in STRATEGIES.values()]
    yield from _section("Strategies", [*strategies, EXHAUSTIVE])
    yield from _section("Checks", [(name_of(check), _first_line(check)) for check in CHECKS])


def _steps(protocol: Protocol) -> Iterator[Line]:
    """What a fault can be pinned to: the protocol's reports, and the sendings of its messages."""
    for step in protocol.steps:
        yield step, _first_line(getattr(reports, step, None))
    for moment, message in protocol.moments.items():
        yield moment, f"{message.__name__} is sent: {_first_line(message)}"


def _section(title: str, lines: Iterable[Line]) -> Iterator[str]:
    lines = list(lines)
    width = max((len(name) for name, _ in lines), default=0)
    yield f"{title}:"
    for name, about in lines:
        yield f"  {name:<{width}}  {about}"


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().partition("\n")[0]
