"""The timings as one Markdown table, each beside what it is compared with and its aim."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Final

from benchmarks.peers.roster import Peer
from benchmarks.scenarios import CRASH, SIMPLE, crowd, events
from benchmarks.stopwatch import NS_PER_SECOND, Timing
from benchmarks.suite import BARE, PAXOS, PROJECT, TEXTBOOK, UNSEEDED, W1, Size, name
from simulation.units import SECOND

Row = tuple[str, str, str, str, str, str]
Timings = Mapping[str, Timing]

LEAST_OF_FLOOR: Final = 0.6
LEAST_OF_TEXTBOOK: Final = 7.0
LEAST_OF_FASTEST_PEER: Final = 5.0
LEAST_VIRTUAL_SECONDS: Final = 1_000.0
MOST_GROWTH: Final = 1.1
"""The cost per event is flat when no crowd's is more than so many times the least crowd's."""

MOST_OUTSIDE: Final = {CRASH: 0.05, SIMPLE: 0.2}
"""How much of a run's processor time may be spent outside its events, by scenario."""

_HEAD: Final[Row] = ("what", "how", "median", "spread", "compared", "aim")


def machine() -> str:
    """Where this was measured, in one line."""
    packages = ", ".join(f"{package} {version(package)}" for package in ("simpy", "numpy", "msgspec"))
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {packages},"
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} cores of which one is used"
    )


def table(timings: Timings, size: Size, peers: Sequence[Peer]) -> str:
    """All rows in Markdown, or those of Paxos where nothing else was timed."""
    rows = [_HEAD, *_rows(timings, size, peers)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    head, *lines = [_line(row, widths) for row in rows]
    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([head, f"|{rule}|", *lines])


def _line(row: Row, widths: list[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return f"| {' | '.join(cells)} |"


def footnote(peers: Sequence[Peer], missing: Sequence[str]) -> str:
    """Which peers took part and which could not."""
    here = ", ".join(f"{peer.name} {peer.version}" for peer in peers) or "none"
    gone = "".join(f"; {name}: not installed here" for name in missing)
    return f"Peers: {here}{gone}."


def _rows(timings: Timings, size: Size, peers: Sequence[Peer]) -> Iterator[Row]:
    if name(W1, BARE) in timings:
        yield from _versus(timings, W1, (BARE, TEXTBOOK, PROJECT), "deliveries/s")
    yield from _versus(timings, PAXOS, (BARE, UNSEEDED, TEXTBOOK, PROJECT), "runs/s")
    yield from _peers(timings, [peer.name for peer in peers])
    if CRASH in timings:
        yield from _scenarios(timings, size)


def _scenarios(timings: Timings, size: Size) -> Iterator[Row]:
    yield _crash(timings[CRASH])
    yield _outside(timings, CRASH, CRASH)
    simple = timings[SIMPLE]
    among_three = f"{SIMPLE}, 3 participants"
    yield (among_three, PROJECT, f"{simple.rate:,.0f} runs/s", _spread(simple), "", "")
    yield _outside(timings, SIMPLE, among_three)
    yield from _crowds(timings, size.crowds)


def _versus(timings: Timings, workload: str, ways: tuple[str, ...], unit: str) -> Iterator[Row]:
    floor, textbook = timings[name(workload, BARE)], timings[name(workload, TEXTBOOK)]
    for way in ways:
        timing = timings[name(workload, way)]
        of_floor, of_textbook = timing.ratio(floor), timing.ratio(textbook)
        aim = _aims(of_floor, of_textbook) if (workload, way) == (PAXOS, PROJECT) else ""
        compared = f"{of_floor:.2f} x floor, {of_textbook:.1f} x textbook"
        yield (workload, way, f"{timing.rate:,.0f} {unit}", _spread(timing), compared, aim)


def _peers(timings: Timings, peers: Sequence[str]) -> Iterator[Row]:
    floor, textbook, ours = (timings[name(PAXOS, way)] for way in (BARE, TEXTBOOK, PROJECT))
    ahead = {peer: ours.ratio(timings[name(PAXOS, peer)]) for peer in peers}
    fastest = min(ahead, key=ahead.__getitem__, default=None)
    for peer, times in ahead.items():
        timing = timings[name(PAXOS, peer)]
        of_floor, of_textbook = timing.ratio(floor), timing.ratio(textbook)
        compared = f"{of_floor:.2f} x floor, {of_textbook:.1f} x textbook, ours is {times:.1f} x it"
        # Five times the fastest is ahead of each.
        verdict = _verdict(times >= LEAST_OF_FASTEST_PEER)
        aim = f"ours ahead of each peer, at least {LEAST_OF_FASTEST_PEER:g} x the fastest: {verdict}"
        rate = f"{timing.rate:,.0f} runs/s"
        yield (PAXOS, peer, rate, _spread(timing), compared, aim if peer == fastest else "")


def _aims(of_floor: float, of_textbook: float) -> str:
    floor = _verdict(of_floor >= LEAST_OF_FLOOR)
    textbook = _verdict(of_textbook >= LEAST_OF_TEXTBOOK)
    return f"{LEAST_OF_FLOOR:g} x floor: {floor}; {LEAST_OF_TEXTBOOK:g} x textbook: {textbook}"


def _crash(timing: Timing) -> Row:
    seconds = timing.rate / SECOND
    aim = f"{LEAST_VIRTUAL_SECONDS:,.0f} virtual s/s: {_verdict(seconds >= LEAST_VIRTUAL_SECONDS)}"
    return (CRASH, PROJECT, f"{seconds:,.0f} virtual s/s", _spread(timing), "", aim)


def _outside(timings: Timings, scenario: str, what: str) -> Row:
    inside = timings[events(scenario)]
    shares = Timing(inside.name, tuple(1 - rate / NS_PER_SECOND for rate in inside.rates))
    most = MOST_OUTSIDE[scenario]
    aim = f"at most {100 * most:.0f} %: {_verdict(shares.rate <= most)}"
    return (what, "outside its events", f"{100 * shares.rate:.0f} % of a run", _spread(shares), "", aim)


def _crowds(timings: Timings, crowds: tuple[int, ...]) -> Iterator[Row]:
    least = timings[crowd(crowds[0])]
    growth = [least.ratio(timings[crowd(participants)]) for participants in crowds]
    for participants, times in zip(crowds, growth, strict=True):
        timing = timings[crowd(participants)]
        cost = f"{NS_PER_SECOND / timing.rate:,.0f} ns/event"
        last = participants == crowds[-1]
        aim = f"flat, at most {MOST_GROWTH:g} x: {_verdict(max(growth) <= MOST_GROWTH)}" if last else ""
        compared = f"{times:.2f} x the cost among {crowds[0]}"
        yield (crowd(participants), PROJECT, cost, _spread(timing), compared, aim)


def _spread(timing: Timing) -> str:
    return f"±{100 * timing.spread:.0f} %"


def _verdict(reached: bool) -> str:
    return "reached" if reached else "missed"
