"""What a run was for: decisions where they are due, answers as expected, faults that struck."""

from __future__ import annotations

from simulation.checks.story import Said, Story
from simulation.checks.verdict import Finding, Held, Unknown, Violated
from simulation.faults import Strike
from simulation.harness import Happening
from simulation.harness.reports import AnswerUnexpected
from simulation.harness.steps import Kill, Repeat, Resume, Step, Suspend
from simulation.kernel import Ending
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Abort
from simulation.protocols.reports import Decided
from simulation.units import show_us

WORRYING_QUEUE = 10
"""Above so many waiting inputs the real system's tests warn."""


def termination(story: Story) -> Finding:
    """Every process that has to decide knows a decision, or nobody does where none is possible."""
    expect = story.plan.expect
    decided = story.said(Decided)
    if expect.decision == "impossible":
        if decided:
            who = story.name(decided[0].process)
            return Violated("termination", f"{who} decided, and no decision is possible", (decided[0].id,))
        return Held("termination")
    if expect.decision == "allowed":
        return Held("termination")
    missing = [process for process in expect.by if story.outcome.values[process] is None]
    if not missing and expect.by:
        return Held("termination")
    if not story.outcome.finished:
        return Unknown("termination", _cut_off(story))
    names = ", ".join(story.name(process) for process in missing) or "nobody is asked, and thus nobody"
    return Violated("termination", f"no decision at {names}", ())


def answers(story: Story) -> Finding:
    """Every proposal was answered as its script says that it must be."""
    for said in story.said(AnswerUnexpected):
        return Violated(
            "answers",
            f"{story.name(said.process)} proposed for instance {said.content.instance}: expected"
            f" {said.content.expected}, the answer was {said.content.answer}",
            (said.id,),
        )
    return Held("answers")


def queues_drained(story: Story) -> Finding:
    """At the end no survivor has more inputs waiting than the real system's tests tolerate."""
    for process, length in sorted(story.outcome.queues.items()):
        if length > WORRYING_QUEUE:
            return Violated(
                "queues drained", f"{length} inputs wait at {story.name(process)} when all scripts are done"
            )
    return Held("queues drained")


def did_what_it_says(story: Story) -> Finding:
    """The run came to its end, every fault struck, and what the scenario is about happened."""
    name = "did what it says"
    if not story.outcome.finished:
        return Unknown(name, _cut_off(story))
    missing = [*_scripts_without_effect(story), *_planned_without_effect(story)]
    missing += [happening.text for happening in story.plan.expect.happens if not _happened(story, happening)]
    if missing:
        return Unknown(name, "did not happen: " + "; ".join(missing))
    return Held(name)


def warnings(story: Story) -> list[str]:
    """What a reader should know and no property forbids."""
    return [
        f"{length} inputs wait at {story.name(process)} when all scripts are done"
        for process, length in sorted(story.outcome.queues.items())
        if length
    ]


def _cut_off(story: Story) -> str:
    plan, outcome = story.plan, story.outcome
    if outcome.ending is Ending.CUT:
        return (
            f"cut off after {plan.most_events} events: processes may be chasing each other;"
            " raise max_events if not"
        )
    if outcome.ending is Ending.DRY:
        return "nothing was left to happen before all scripts were done"
    return f"cut off at {show_us(plan.limit_us)} of virtual time; raise limit if that is too early"


def _scripts_without_effect(story: Story) -> list[str]:
    """Scripts with a fault in them during which that fault never struck."""
    struck = {(strike.process, type(strike.content.fault).__name__) for strike in _by(story, "script")}
    died = story.deaths()
    return [
        f"{word.lower()} of {story.name(process)} by its script"
        for process, script in enumerate(story.plan.scripts)
        for word in sorted(_faults_in(script))
        if (process, word) not in struck and not (word == "Kill" and process in died)
    ]


def _faults_in(script: tuple[Step, ...]) -> set[str]:
    found = set()
    for step in script:
        if isinstance(step, Repeat):
            found |= _faults_in(step.body)
        elif isinstance(step, (Kill, Suspend, Resume)):
            found.add(type(step).__name__)
    return found


def _planned_without_effect(story: Story) -> list[str]:
    struck = {strike.content.reason for strike in _by(story, "schedule") if strike.process >= 0}
    return [
        f"fault {fault.name!r}"
        for fault in story.plan.faults
        if fault.must_happen and fault.name not in struck
    ]


def _by(story: Story, whom: str) -> list[Said]:
    return [said for said in story.strikes if isinstance(said.content, Strike) and said.content.by == whom]


def _happened(story: Story, happening: Happening) -> bool:
    decided = story.said(Decided)
    end = decided[0].place if decided and happening.before_decision else len(story.records)
    done = {said.process for said in _witnesses(story, happening.what) if said.place < end}
    return bool(happening.processes) and done.issuperset(happening.processes)


def _witnesses(story: Story, what: str) -> list[Said]:
    if what == "killed":
        return list(story.deaths().values())
    if what == "decided":
        return story.said(Decided)
    if what == "aborted":
        answers = [said for said in story.returns if isinstance(said.content, Answer)]
        return [said for said in answers if isinstance(said.content.reply, Abort)]
    fault = {"suspended": "Suspend", "resumed": "Resume"}[what]
    return [said for said in story.strikes if type(said.content.fault).__name__ == fault]
