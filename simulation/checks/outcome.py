"""What a run was for: decisions where they are due, answers as expected, faults that struck."""

from __future__ import annotations

from functools import lru_cache

from simulation.checks.story import RunStory, Said
from simulation.checks.verdict import Finding, Held, Unknown, Violated
from simulation.cluster import TimedOut
from simulation.faults import UNDONE_BY, Calmed, LinksHealed
from simulation.faults import Restart as RestartFault
from simulation.faults import Resume as ResumeFault
from simulation.faults import Suspend as SuspendFault
from simulation.harness import Happening
from simulation.harness.reports import AnswerUnexpected, QueueRead, WaitEnded
from simulation.harness.steps import Kill, Repeat, Resume, Step, Suspend
from simulation.kernel import Ending
from simulation.protocols.inputs import Abort
from simulation.protocols.reports import Decided
from simulation.trace.record import ID, TIME
from simulation.units import show_us

TO_RECOVER_US = 10_000_000
"""From a restart on, nothing is missed for so long: as long as a step of a script waits."""

WORRYING_QUEUE = 10
"""Above so many waiting inputs the real system's tests warn."""


def termination(story: RunStory) -> Finding:
    """Every process that has to decide knows a decision, or nobody does where none is possible.

    Whom the scenario killed, or suspended to the end, need not decide. A process that waits
    for a decision has to hear of it while it waits. Where somebody was restarted, everybody has
    ten seconds from the last restart on: what is missing before proves nothing.
    """
    name, expect = "termination", story.plan.expect
    if expect.decision == "allowed":
        return Held(name)
    if expect.decision == "impossible":
        return _nobody_decides(story)
    out = _out(story)
    due = [process for process in expect.by if process not in out]
    if not due:
        return Unknown(name, "nobody is left of whom a decision is required")
    missing = _missing(story, due)
    if not missing:
        return Held(name)
    if not story.outcome.finished:
        return Unknown(name, _cut_off(story))
    if _left(story) < story.quorum:
        return Unknown(name, f"the faults left {_left(story)} processes, and a quorum is {story.quorum}")
    names = ", ".join(story.name(process) for process in missing)
    if story.records[-1][TIME] < _due_us(story):
        return Unknown(
            name,
            f"no decision at {names}, and the run ended less than {show_us(TO_RECOVER_US)} after a restart",
        )
    # Who never waited proves it by the end of the run: nothing came until then.
    events = [said.id for waits in missing.values() for said in waits] or [story.records[-1][ID]]
    return Violated(name, f"no decision at {names}", tuple(events))


def _nobody_decides(story: RunStory) -> Finding:
    for learned in story.learned:
        who = story.name(learned.process)
        return Violated("termination", f"{who} decided, and no decision is possible", (learned.id,))
    if not story.outcome.finished:
        return Unknown("termination", _cut_off(story))
    return Held("termination")


def _missing(story: RunStory, due: list[int]) -> dict[int, list[Said]]:
    """Those of ``due`` that lack a decision, each with its last waits if they were in vain."""
    due_us = _due_us(story)
    last = {(said.process, said.content.instance): said for said in story.said(WaitEnded)}
    vain: dict[int, list[Said]] = {}
    for (process, _), said in last.items():
        if said.content.value is None and story.records[said.place][TIME] >= due_us:
            vain.setdefault(process, []).append(said)
    knowing = {said.process for said in story.learned}
    return {process: vain.get(process, []) for process in due if process in vain or process not in knowing}


def answers(story: RunStory) -> Finding:
    """Every proposal of which an answer is expected was answered.

    Another answer than the expected one breaks no promise of a protocol: what should have
    stood in its way did not, or something else did, and the run is unknown. No answer at
    all is a violation, unless the scenario killed or silenced the process, or a quorum, or the ten
    seconds are not over that everybody has from the last restart on.
    """
    name = "answers"
    found: Finding = Held(name)
    for said in story.said(AnswerUnexpected):
        proposal = f"{story.name(said.process)} proposed for instance {said.content.instance}"
        told = f"{proposal}: expected {said.content.expected}, the answer was {said.content.answer}"
        excused = said.process in _out(story) or _left(story) < story.quorum
        excused = excused or story.records[said.place][TIME] < _due_us(story)
        if said.content.answer == TimedOut.__name__ and not excused:
            return Violated(name, told, (said.id,))
        found = Unknown(name, told)
    return found


def queues_drained(story: RunStory) -> Finding:
    """At the end no survivor has more inputs waiting than the real system's tests tolerate.

    A suspended replica keeps its mailbox, so one that is suspended to the end is not judged.
    """
    for said in story.said(QueueRead):
        length = said.content.length
        if length > WORRYING_QUEUE and said.process not in _suspended(story):
            message = f"{length} inputs wait at {story.name(said.process)} when all scripts are done"
            return Violated("queues drained", message, (said.id,))
    if not story.outcome.finished:
        return Unknown("queues drained", _cut_off(story))
    return Held("queues drained")


def _suspended(story: RunStory) -> set[int]:
    """Who is suspended at the end."""
    suspended: set[int] = set()
    for strike in story.strikes:
        if isinstance(strike.content.fault, SuspendFault):
            suspended.add(strike.process)
        elif isinstance(strike.content.fault, (ResumeFault, RestartFault)):
            suspended.discard(strike.process)
    return suspended


def did_what_it_says(story: RunStory) -> Finding:
    """The run came to its end, every fault struck, and what the scenario is about happened."""
    name = "did what it says"
    if not story.outcome.finished:
        return Unknown(name, _cut_off(story))
    if not story.proposals:
        return Unknown(name, "nobody proposed anything")
    missing = [*_scripts_without_effect(story), *_planned_without_effect(story)]
    missing += [happening.text for happening in story.plan.expect.happens if not _happened(story, happening)]
    if missing:
        return Unknown(name, "did not happen: " + "; ".join(missing))
    return Held(name)


def warnings(story: RunStory) -> list[str]:
    """What a reader should know and no property forbids."""
    return [
        f"{length} inputs wait at {story.name(process)} when all scripts are done"
        for process, length in sorted(story.outcome.queues.items())
        if length
    ]


def _out(story: RunStory) -> set[int]:
    """Whom the scenario killed, or suspended to the end."""
    return {*_killed(story), *_suspended(story)} if story.strikes else set()


def _left(story: RunStory) -> int:
    """How many of those who vote the faults left."""
    return len(set(story.plan.voters) - _out(story))


def _killed(story: RunStory) -> dict[int, Said]:
    """Whom the scenario left dead; a machine that dies by itself has no excuse."""
    return {process: death for process, death in story.dead().items() if death.content.by != "machine"}


def _due_us(story: RunStory) -> int:
    """From when on something that is missing is missed."""
    calm = story.said(Calmed)
    if calm:
        due_us: int = story.records[calm[0].place][TIME] + calm[0].content.within_us
        return due_us
    restarts = story.restarts()
    return story.records[restarts[-1].place][TIME] + TO_RECOVER_US if restarts else 0


def _cut_off(story: RunStory) -> str:
    plan, outcome = story.plan, story.outcome
    if outcome.ending is None:
        return "the log ends before all scripts were done"
    if outcome.ending is Ending.CUT:
        return (
            f"cut off after {plan.most_events} steps: processes may be chasing each other; raise"
            " max_events if not"
        )
    if outcome.ending is Ending.DRY:
        return "nothing was left to happen before all scripts were done"
    return f"cut off at {show_us(plan.limit_us)} of virtual time; raise limit if that is too early"


def _scripts_without_effect(story: RunStory) -> list[str]:
    """Scripts with a fault in them during which that fault never struck."""
    struck = {(strike.process, type(strike.content.fault).__name__) for strike in _by(story, "script")}
    died = {death.process for death in story.deaths()}
    return [
        f"{word.lower()} of {story.name(process)} by its script"
        for process, script in enumerate(story.plan.scripts)
        for word in _faults_in(script)
        if (process, word) not in struck and not (word == "Kill" and process in died)
    ]


@lru_cache(maxsize=256)
def _faults_in(script: tuple[Step, ...]) -> tuple[str, ...]:
    """The names of its faults, sorted. Remembered: thousands of runs follow the same few scripts."""
    found: set[str] = set()
    for step in script:
        if isinstance(step, Repeat):
            found.update(_faults_in(step.body))
        elif isinstance(step, (Kill, Suspend, Resume)):
            found.add(type(step).__name__)
    return tuple(sorted(found))


def _planned_without_effect(story: RunStory) -> list[str]:
    struck = {strike.content.reason for strike in _by(story, "schedule") if strike.process >= 0}
    struck |= {healed.content.reason for healed in story.said(LinksHealed) if healed.content.messages}
    return [
        f"fault {fault.name!r}"
        for fault in story.plan.faults
        if fault.must_happen and fault.name not in struck
    ] + _never_undone(story)


def _never_undone(story: RunStory) -> list[str]:
    """The faults that were to last for a time, and of which somebody had not recovered at the end."""
    if story.plan.calm is not None:
        return []
    lasting = {
        fault.name
        for fault in story.plan.faults
        if fault.must_happen and fault.for_us is not None and type(fault.fault) in UNDONE_BY
    }
    out = _out(story) if lasting else ()
    last = {strike.process: strike.content.reason for strike in story.strikes if strike.process in out}
    return [f"the end of fault {name!r}" for name in sorted(lasting.intersection(last.values()))]


def _by(story: RunStory, whom: str) -> list[Said]:
    return [strike for strike in story.strikes if strike.content.by == whom]


def _happened(story: RunStory, happening: Happening) -> bool:
    learned = story.learned
    end = learned[0].place if learned and happening.before_decision else len(story.records)
    done = {said.process for said in _witnesses(story, happening.what) if said.place < end}
    return bool(happening.processes) and done.issuperset(happening.processes)


def _witnesses(story: RunStory, what: str) -> list[Said]:
    if what == "killed":
        return story.deaths()
    if what == "decided":
        return story.said(Decided)
    if what == "aborted":
        return [said for said in story.returns if isinstance(said.content.reply, Abort)]
    if what == "restarted":
        return story.restarts()
    fault = {"suspended": "Suspend", "resumed": "Resume"}[what]
    return [said for said in story.strikes if type(said.content.fault).__name__ == fault]
