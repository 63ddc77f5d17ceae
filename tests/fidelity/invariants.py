"""What no run may break: safety, read from the lines alone.

Each invariant is a function from a run to the texts of what breaks it; none means that it
holds. The bookkeeping that a run of the seed also keeps is in ``bookkeeping``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from .lines import Line
from .measure import PREPARED
from .runs import Run, names

Invariant = Callable[[Run], Iterator[str]]

LEGAL_VALUES = range(201, 211)


def broken(run: Run, invariants: Mapping[str, Invariant]) -> list[str]:
    """Every breach of these invariants as ``name: evidence``."""
    return [f"{name}: {evidence}" for name, invariant in invariants.items() for evidence in invariant(run)]


def agreement(run: Run) -> Iterator[str]:
    """One value per instance, and one for all clients."""
    for instance in sorted(run.instances):
        values = sorted({_value(line) for line in run.of("decided") if line.fields["instance"] == instance})
        if len(values) > 1:
            yield f"instance {instance} decided {values}"
    answers = sorted({_value(line) for line in run.of("client_decided")})
    if len(answers) > 1:
        yield f"clients were told {answers}"


def results_are_the_answers(run: Run) -> Iterator[str]:
    """The final list holds what the clients were told, once for each of them."""
    answers = Counter(_value(line) for line in run.of("client_decided"))
    for line in run.of("result"):
        listed = Counter(re.findall(r"\d+", line.text))
        if listed != answers:
            yield f"{line.text} for {dict(answers)}"


def legal_values(run: Run) -> Iterator[str]:
    """Only values that could have been proposed are decided."""
    for line in run.of("decided", "client_decided"):
        if int(_value(line)) not in LEGAL_VALUES:
            yield line.text


def one_value_per_ballot(run: Run) -> Iterator[str]:
    """All accepts of one ballot carry one value."""
    by_ballot: dict[tuple[str, str], set[str]] = {}
    for line in run.of("accept"):
        by_ballot.setdefault(_ballot(line), set()).add(_value(line))
    yield from (
        f"{ballot} carries {sorted(values)}" for ballot, values in by_ballot.items() if len(values) > 1
    )


def quorum_before_decision(run: Run) -> Iterator[str]:
    """A quorum had accepted, and one leader had seen it, before the first decision line."""
    for instance in sorted(run.instances):
        for place in run.places("decided"):
            if run.lines[place].fields["instance"] == instance:
                yield from _short_of_quorum(run, instance, place)
                break


def only_leaders_count(run: Run) -> Iterator[str]:
    """``accepted`` is printed by the process that sent the prepare of that ballot."""
    sent: set[tuple[str, str, str]] = set()
    for line in run.of("send_prepare", "accepted"):
        key = (line.process, *_ballot(line))
        if line.kind == "send_prepare":
            sent.add(key)
        elif key not in sent:
            yield line.text


def ballots_increase(run: Run) -> Iterator[str]:
    """The ballots that one process sends for an instance ascend strictly."""
    last: dict[tuple[str, str], int] = {}
    for line in run.of("send_prepare"):
        key = (line.process, line.fields["instance"])
        ballot = int(line.fields["ballot"])
        if ballot <= last.get(key, 0):
            yield line.text
        last[key] = ballot


def accepts_never_regress(run: Run) -> Iterator[str]:
    """The ballots that one process accepts for an instance never descend."""
    last: dict[tuple[str, str], int] = {}
    for line in run.of("accept"):
        key = (line.process, line.fields["instance"])
        ballot = int(line.fields["ballot"])
        if ballot < last.get(key, 0):
            yield line.text
        last[key] = ballot


def accepted_value_is_proposed_again(run: Run) -> Iterator[str]:
    """A ballot whose quorum of promises carried a value asks for the one of the highest ballot."""
    for process, instance, ballot in [(line.process, *_ballot(line)) for line in run.of("send_prepare")]:
        promises = _counted_promises(run, process, (instance, ballot))[: run.quorum]
        carried = [
            (int(line.fields["accepted_ballot"]), _value(line)) for line in promises if "value" in line.fields
        ]
        asked = {_value(line) for line in run.of("accept") if _ballot(line) == (instance, ballot)}
        if carried and asked and asked != {max(carried)[1]}:
            yield f"{process} asks for {sorted(asked)} in ballot {ballot}, promises carried {carried}"


def death_at_the_quorum(run: Run) -> Iterator[str]:
    """A leader that dies by its action does so at its quorum of answers, and is silent then."""
    for place in run.places("die"):
        dead = run.lines[place]
        mine = [(at, line) for at, line in enumerate(run.lines) if line.process == dead.process]
        answers = sum(line.kind == "accepted" for at, line in mine if at < place)
        if answers != run.quorum:
            yield f"{dead.process} died at {answers} answers, a quorum is {run.quorum}"
        yield from (f"{line.text} after its death" for at, line in mine if at > place)


def nothing_decided_is_prepared(run: Run) -> Iterator[str]:
    """No process sends a prepare for an instance that it has printed as decided."""
    decided: set[tuple[str, str]] = set()
    for line in run.of("decided", "send_prepare"):
        key = (line.process, line.fields["instance"])
        if line.kind == "decided":
            decided.add(key)
        elif key in decided:
            yield line.text


def already_means_decided(run: Run) -> Iterator[str]:
    """``Has already decided`` follows the process's own decision, or its quorum of answers."""
    answers: Counter[tuple[str, str]] = Counter()
    decided: set[tuple[str, str]] = set()
    for line in run.of("decided", "accepted", "already"):
        key = (line.process, line.fields["instance"])
        if line.kind == "already" and key not in decided and answers[key] < run.quorum:
            yield line.text
        answers[key] += line.kind == "accepted"
        if line.kind == "decided":
            decided.add(key)


def one_record_per_instance(run: Run) -> Iterator[str]:
    """A process makes at most one record of an instance."""
    made = Counter(line.process for line in run.of("set_3"))
    yield from (f"{name} made {many}" for name, many in made.items() if many > len(run.instances))


def queues_are_drained(run: Run) -> Iterator[str]:
    """Nothing waits in a survivor's mailbox at the end."""
    yield from (line.text for line in run.of("queue") if line.fields["length"] != "0")


def all_start_first(run: Run) -> Iterator[str]:
    """Every replica is there before the first script starts."""
    if run.places("starting") and run.places("starting")[-1] > run.first("started", "started_with"):
        yield run.lines[run.places("starting")[-1]].text


def roles_by_order(run: Run) -> Iterator[str]:
    """Of eleven, the first two are the killed proposers, the next three followers, six survive."""
    order = participants(run)
    if run.n == 11 and order:
        spare = order[5:]
        proposers = {*order[:2], spare[0], *(spare[-1:] if run.of("spare") else [])}
        if run.survivors != set(spare):
            yield f"survivors {sorted(run.survivors)} of {order}"
        if run.proposers != proposers:
            yield f"proposers {sorted(run.proposers)} of {order}"


def participants(run: Run) -> list[str]:
    """The participants' order where a run prints it, else nothing."""
    for line in run.of("started_with"):
        return names(line.fields["participants"])
    for killed, spare in zip(run.of("kill"), run.of("spare"), strict=False):
        return (
            names(killed.fields["leaders"]) + names(killed.fields["followers"]) + names(spare.fields["spare"])
        )
    return []


SAFETY: dict[str, Invariant] = {
    "agreement": agreement,
    "results are the answers": results_are_the_answers,
    "legal values": legal_values,
    "one value per ballot": one_value_per_ballot,
    "quorum before decision": quorum_before_decision,
    "only leaders count": only_leaders_count,
    "ballots increase": ballots_increase,
    "accepts never regress": accepts_never_regress,
    "accepted value is proposed again": accepted_value_is_proposed_again,
    "death at the quorum": death_at_the_quorum,
    "nothing decided is prepared": nothing_decided_is_prepared,
    "already means decided": already_means_decided,
    "one record per instance": one_record_per_instance,
    "queues are drained": queues_are_drained,
    "all start first": all_start_first,
    "roles by order": roles_by_order,
}
"""What holds in every run, whatever the network does."""


def _value(line: Line) -> str:
    return line.fields["value"]


def _ballot(line: Line) -> tuple[str, str]:
    return line.fields["instance"], line.fields["ballot"]


def _short_of_quorum(run: Run, instance: str, end: int) -> Iterator[str]:
    early = [run.lines[place] for place in run.places("accept", "accepted") if place < end]
    early = [line for line in early if line.fields["instance"] == instance]
    counted = Counter((line.process, *_ballot(line)) for line in early if line.kind == "accepted")
    accepts = Counter(_ballot(line) for line in early if line.kind == "accept")
    if max(counted.values(), default=0) < run.quorum:
        yield f"instance {instance} decided after {dict(counted)} accepted lines"
    if max(accepts.values(), default=0) < run.quorum:
        yield f"instance {instance} decided after {dict(accepts)} accept lines"


def _counted_promises(run: Run, process: str, ballot: tuple[str, str]) -> list[Line]:
    """The promises of a ballot that its leader counted, those sent to itself again left out."""
    mine = run.of_process(process)
    return [
        line
        for line, after in pairwise(mine)
        if line.kind in PREPARED and after.kind == "try_run" and _ballot(line) == ballot
    ]
