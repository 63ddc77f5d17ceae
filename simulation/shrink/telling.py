"""A short run as a story that can be read aloud: one line a move, and what it brought about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from simulation.faults import Calmed
from simulation.protocols import reports
from simulation.run import Run
from simulation.search.moves import Again, AnyMove, Ask, Calm, Deliver, Fire, GiveUp, Kill, Lose, Restart
from simulation.search.world import STEP_US
from simulation.shrink.branch import CONTINUATIONS, Inevitable
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CONTENT, ID, KIND, PROCESS, TIME
from simulation.units import show_us

CALM_LINES = 12
"""So much of a calm is told."""


def story(run: Run, check: str, inevitable: Inevitable) -> Iterator[str]:
    """The lines of the story. The run has to consist of moves."""
    violation = next(each for each in run.violations if each.check == check)
    yield f"{violation.check}: {violation.message}"
    yield ""
    moved = _by_move(run)
    width = len(str(len(run.moves)))
    texts = [_move(run, move) for move in run.moves]
    column = max(len(text) for text in texts)
    latest, late, sent = -1, False, _sent(run)
    certain = inevitable.move
    for place, (move, text) in enumerate(zip(run.moves, texts, strict=True), start=1):
        records = moved.get(place, [])
        notes = [] if isinstance(move, Calm) else [told for _, told in _told(run, records)]
        if isinstance(move, Deliver) and records:
            number = records[0][ID]
            if number < latest:
                late = True
                notes.append(f"LATE: sent in move {sent.get(number, 0)}")
            latest = max(latest, number)
        if certain == place:
            notes.append("FROM HERE ON INEVITABLE")
        yield f"{place:>{width}}  {text:<{column}}  {'; '.join(notes)}".rstrip()
        if isinstance(move, Calm):
            yield from _calm(run, records)
    yield ""
    yield f"faults that mattered: {'; '.join(_faults(run)) or ('none but delay' if late else 'none')}"
    yield from _conclusion(inevitable)


def _faults(run: Run) -> list[str]:
    return [
        f"{_move(run, move)} (move {place})"
        for place, move in enumerate(run.moves, start=1)
        if isinstance(move, (Kill, Restart, Lose, Again)) or (isinstance(move, Deliver) and move.keep)
    ]


def _conclusion(inevitable: Inevitable) -> Iterator[str]:
    if not inevitable.failing:
        return
    certain = inevitable.move
    before = inevitable.failing[certain - 1] if certain else 0
    yield (
        f"inevitable from move {certain} on, as far as {CONTINUATIONS} random continuations tell: all of them"
        f" fail from there, and one move earlier {before} do"
    )


def _calm(run: Run, records: list[Record]) -> Iterator[str]:
    """How the calm begins: it is made of times and not of moves, and may be long."""
    told = list(_told(run, records))
    for time_us, text in told[:CALM_LINES]:
        yield f"      {show_us(time_us - records[0][TIME]):>10} later  {text}"
    if told[CALM_LINES:]:
        yield f"      and so on, {len(records):,} events in {show_us(records[-1][TIME] - records[0][TIME])}"


def _by_move(run: Run) -> dict[int, list[Record]]:
    """The records of each move, by its number from 1: every move has a millisecond of its own.

    The calm begins in that of the last move and ends when it is over.
    """
    found: dict[int, list[Record]] = {}
    calm = False
    for record in run.trace:
        calm = calm or isinstance(record[CONTENT], Calmed)
        found.setdefault(len(run.moves) if calm else record[TIME] // STEP_US, []).append(record)
    return found


def _sent(run: Run) -> dict[int, int]:
    """In which move each message was sent: the one that handled its cause."""
    moved: dict[int, int] = {record[ID]: record[TIME] // STEP_US for record in run.trace}
    return {record[ID]: moved.get(record[4], 0) for record in run.trace if record[KIND] == Kind.MESSAGE}


def _move(run: Run, move: AnyMove) -> str:
    name = run.places.name
    match move:
        case Ask(_, process):
            return f"the client of {name(process)} proposes {run.plan.values[process]}"
        case GiveUp(process):
            return f"the client of {name(process)} gives up"
        case Fire(_, address, timer):
            return f"{timer.partition('(')[0]} goes off at {name(address)}"
        case Deliver(_, source, destination, message, _, keep):
            return f"{message} {name(source)} -> {name(destination)}{', a copy stays' if keep else ''}"
        case Lose(_, source, destination, message, _):
            return f"{message} {name(source)} -> {name(destination)} is lost"
        case Again(_, source, destination, message, _):
            return f"{message} {name(source)} -> {name(destination)} is on its way again"
        case Kill(process):
            return f"{name(process)} dies"
        case Restart(_, process):
            return f"{name(process)} restarts"
        case Calm(core):
            return f"calm: {', '.join(map(name, core))} are healed and have to decide"


def _told(run: Run, records: Iterable[Record]) -> Iterator[tuple[int, str]]:
    """What was said that a story tells, each with its time in microseconds."""
    for record in records:
        words = _WORDS.get(type(record[CONTENT]))
        if words:
            yield record[TIME], f"{run.places.name(record[PROCESS])} {words(record[CONTENT], run.places)}"


def _promise(said: Any, places: Places) -> str:
    told = (
        "no vote"
        if said.vote_ballot is None
        else f"its vote for {said.vote} in ballot {places.ballot(said.vote_ballot)}"
    )
    return f"promises ballot {places.ballot(said.ballot)} and tells {told}"


_WORDS: dict[type, Callable[[Any, Places], str]] = {
    reports.BallotStarted: lambda said, places: f"starts ballot {places.ballot(said.ballot)}",
    reports.Promised: _promise,
    reports.Refused: lambda said, places: (
        f"refuses ballot {places.ballot(said.ballot)}, having promised {places.ballot(said.promised)}"
    ),
    reports.ValueAsked: lambda said, places: f"asks for {said.value} in ballot {places.ballot(said.ballot)}",
    reports.Accepted: lambda said, places: f"votes for {said.value} in ballot {places.ballot(said.ballot)}",
    reports.Decided: lambda said, places: f"decides {said.value}",
}
