"""Whether there is progress once a storm is over: the calm's core decides within its bound.

No protocol has to decide while anything may happen (Fischer, Lynch, Paterson 1985). It has to
when enough processes are up and hear each other for long enough, whatever happened before.
"""

from __future__ import annotations

from msgspec import Struct

from simulation.checks.story import RunStory, Said
from simulation.checks.verdict import Finding, Held, Unknown, Violated
from simulation.faults import Calmed, Wipe
from simulation.protocols.inputs import GetDecision
from simulation.protocols.reports import Accepted, BallotStarted, Decided, Promised
from simulation.trace import Kind
from simulation.trace.record import CONTENT, INPUTS, KIND, PROCESS, TIME
from simulation.units import show_us

NAME = "liveness"

_HEARING = (*INPUTS, Kind.CALL)

DUEL = 5
"""From so many ballots of several processes on they are told to have been in each other's way."""


class Bound(Struct, frozen=True, gc=False):
    """The calm: its record, its core, and when it has lasted long enough."""

    calmed: Said
    core: tuple[int, ...]
    began_us: int
    due_us: int


def liveness(story: RunStory) -> Finding:
    """After a calm, every process of its core decides in time what the core's clients propose.

    What a client proposes in the first half of that time counts, and what it had proposed before
    and its process has not lost in a death since. Who has never heard of an instance need not know
    what came of it: it was dead or cut off while the others spoke of it, and nobody owes it a word.
    """
    if story.plan.calm is None:
        return Held(NAME)
    calms = story.said(Calmed)
    if not calms:
        return Unknown(NAME, "the run ended before the calm")
    calmed = calms[0]
    began_us = _time_us(story, calmed)
    bound = Bound(calmed, calmed.content.core, began_us, began_us + calmed.content.within_us)
    lost = [death.process for death in story.deaths() if death.place > calmed.place]
    up = [process for process in bound.core if process not in lost]
    voting = [process for process in up if process in story.plan.voters]
    if len(voting) < story.quorum:
        return Unknown(
            NAME, f"no progress is possible: of the core {len(voting)} are left, a quorum is {story.quorum}"
        )
    due = _due(story, bound)
    if not due:
        return Unknown(NAME, "no progress is possible: no client of the core proposes anything in time")
    for instance in due:
        late = [
            process
            for process in up
            if not _knows(story, process, instance, bound.due_us) and _has_heard(story, process, instance)
        ]
        if late:
            return _late(story, bound, instance, late)
    return Held(NAME)


def _due(story: RunStory, bound: Bound) -> list[int]:
    """The instances that the core has to decide."""
    half_us = (bound.began_us + bound.due_us) // 2
    turns = {turn.process: turn.place for turn in story.turns()}
    found: set[int] = set()
    for proposal in story.proposals:
        kept = turns.get(proposal.process, -1) < proposal.place
        if proposal.process in bound.core and _time_us(story, proposal) <= half_us and kept:
            found.add(proposal.content.instance)
    return sorted(found)


def _knows(story: RunStory, process: int, instance: int, until_us: int) -> bool:
    # Who died on the point of saying it may have kept it, and then has no reason to say it again.
    return any(
        said.process == process and said.content.instance == instance and _time_us(story, said) <= until_us
        for said in (*story.learned, *story.unsaid(Decided))
    )


def _has_heard(story: RunStory, process: int, instance: int) -> bool:
    """Whether its client or anybody spoke of it in this life, or it promised or voted in an earlier one."""
    born = max((turn.place for turn in story.turns() if turn.process == process), default=0)
    if any(
        said.process == process and said.content.instance == instance
        for said in story.said(Promised, Accepted)
    ):
        return True
    return any(
        record[KIND] in _HEARING
        and not isinstance(record[CONTENT], GetDecision)
        and story.places.process(record[PROCESS]) == process
        and getattr(record[CONTENT], "instance", None) == instance
        for record in story.records[born:]
    )


def _late(story: RunStory, bound: Bound, instance: int, late: list[int]) -> Finding:
    names = ", ".join(story.name(process) for process in late)
    within = show_us(bound.due_us - bound.began_us)
    told = f"no decision of instance {instance} at {names} within {within} of calm"
    if _time_us(story, None) < bound.due_us:
        return Unknown(NAME, f"{told}, and the run ended before")
    wiped = {strike.process for strike in story.strikes if isinstance(strike.content.fault, Wipe)}
    if len(set(story.plan.voters) - wiped) < story.quorum:
        return Unknown(NAME, f"{told}: too many disks were wiped, and what was promised there is gone")
    ballots = [
        said
        for said in story.said(BallotStarted)
        if said.content.instance == instance and bound.began_us <= _time_us(story, said) <= bound.due_us
    ]
    events = (bound.calmed.id, *[said.id for said in ballots[-3:]])
    return Violated(NAME, f"{told}: {_why(story, instance, late, ballots)}", events)


def _why(story: RunStory, instance: int, late: list[int], ballots: list[Said]) -> str:
    """What was going on instead."""
    after = [
        _time_us(story, said)
        for said in story.learned
        if said.process in late and said.content.instance == instance
    ]
    if after:
        took_us = min(after) - _time_us(story, story.said(Calmed)[0])
        return f"slow, for it came {show_us(took_us)} after the calm began"
    known = any(said.content.instance == instance for said in story.learned)
    starters = sorted({said.process for said in ballots})
    if len(starters) > 1 and len(ballots) >= DUEL:
        *names, last = [story.name(process) for process in starters]
        duel = f"duelling proposers, for {', '.join(names)} and {last} started {len(ballots)} ballots"
        return f"{duel}{', though others know a decision' if known else ' and none was decided'}"
    if known:
        return "others know it, and nobody tells"
    if ballots:
        return f"{len(ballots)} ballots were started and none was decided"
    if story.said(BallotStarted):
        return "nobody started a ballot"
    # A protocol need not publish that step.
    return "no ballot is reported in the whole run"


def _time_us(story: RunStory, said: Said | None) -> int:
    return int(story.records[-1 if said is None else said.place][TIME])
