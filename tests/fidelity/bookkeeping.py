"""What every run of the seed log also keeps, with the exceptions that it names.

None of this is safety. A run in which two electors disagree early may print more prepares
than promises and still decide well: the seed has no such run among 445, and one to two in
a hundred runs of the ``dist`` profile are allowed to be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .invariants import Invariant
from .measure import PREPARED, PROPOSE
from .runs import Run


def one_leader_per_ballot(run: Run) -> Iterator[str]:
    """No two processes send the same ballot for one instance."""
    sent = Counter((line.fields["instance"], line.fields["ballot"]) for line in run.of("send_prepare"))
    yield from (f"ballot {ballot} was sent {many} times" for ballot, many in sent.items() if many > 1)


def no_prepare_after_any_decision(run: Run) -> Iterator[str]:
    """Nobody sends a prepare for an instance once anybody has printed its decision."""
    decided: set[str] = set()
    for line in run.of("decided", "send_prepare"):
        if line.kind == "decided":
            decided.add(line.fields["instance"])
        elif line.fields["instance"] in decided:
            yield line.text


def promises_balance(run: Run) -> Iterator[str]:
    """Each prepare is answered, and each promise counted, once."""
    prepares, again = len(run.places("prepare")), len(run.places("probably"))
    promises, counted = len(run.places(*PREPARED)), len(run.places("try_run"))
    if promises != prepares + again:
        yield f"{promises} promises seen, {prepares} given, {again} sent again"
    if counted != promises - again:
        yield f"{counted} promises counted of {promises} seen, {again} sent again"


def counts_are_gapless(run: Run) -> Iterator[str]:
    """A leader counts 1, 2, 3 ... of n in each ballot, and says when it is past the quorum."""
    for process in sorted(run.names_in("try_count")):
        counted: Counter[tuple[str, str]] = Counter()
        ballot = ("", "")
        for line in run.of_process(process):
            if line.kind in PREPARED:
                ballot = (line.fields["instance"], line.fields["ballot"])
            elif line.kind == "try_count":
                counted[ballot] += 1
                past = "true" if counted[ballot] > run.quorum else "false"
                wanted = (str(run.n), str(counted[ballot]), past)
                if (line.fields["participants"], line.fields["count"], line.fields["flag"]) != wanted:
                    yield f"{line.text}, expected {' '.join(wanted)}"


def accepts_are_counted(run: Run) -> Iterator[str]:
    """Each accept is answered and counted, unless a leader was killed on the way."""
    accepts, counted = len(run.places("accept")), len(run.places("accepted"))
    leader_died = bool(run.names_in("send_prepare") - run.survivors)
    if accepts != counted and not (leader_died and accepts > counted):
        yield f"{accepts} accepts, {counted} counted"


def followers_do_nothing(run: Run) -> Iterator[str]:
    """A process killed right after its start takes no part in a ballot."""
    for line in run.of("prepare", "accept", "decided"):
        if line.process in run.killed_followers:
            yield line.text


def survivors_do_everything(run: Run) -> Iterator[str]:
    """Every survivor makes a record, promises, accepts, decides, and answers its client."""
    for kind in ("set_3", "prepare", "accept", "decided", "client_decided"):
        missing = sorted(run.survivors - run.names_in(kind))
        if missing:
            yield f"no {kind} line of {missing}"


def nobody_announces_above_itself(run: Run) -> Iterator[str]:
    """An elector hears at least itself, so the leader it names is never above its own name."""
    yield from (line.text for line in run.of("leader") if line.fields["leader"] > line.process)


def prepare_follows_own_leader_line(run: Run) -> Iterator[str]:
    """A process sends its prepares directly after it names itself, each reset at once."""
    for process in sorted(run.names_in("send_prepare")):
        mine = run.of_process(process)
        for before, line, after in zip(mine, mine[1:], mine[2:], strict=False):
            named_itself = before.kind == "leader" and before.fields["leader"] == process
            if line.kind == "send_prepare" and not (named_itself or before.kind == "set_2"):
                yield f"{line.text} after {before.text}"
            if line.kind == "send_prepare" and after.kind != "set_2":
                yield f"{after.text} after {line.text}"


def first_record_by_a_proposer(run: Run) -> Iterator[str]:
    """The first record of a run is made by a process that has already proposed."""
    for place in run.places("set_3")[:1]:
        maker = run.lines[place].process
        if all(run.lines[at].process != maker for at in run.places(*PROPOSE) if at < place):
            yield run.lines[place].text


BOOKKEEPING: dict[str, Invariant] = {
    "one leader per ballot": one_leader_per_ballot,
    "no prepare after any decision": no_prepare_after_any_decision,
    "promises balance": promises_balance,
    "counts are gapless": counts_are_gapless,
    "accepts are counted": accepts_are_counted,
    "followers do nothing": followers_do_nothing,
    "survivors do everything": survivors_do_everything,
    "nobody announces above itself": nobody_announces_above_itself,
    "prepare follows own leader line": prepare_follows_own_leader_line,
    "first record by a proposer": first_record_by_a_proposer,
}
"""What holds in every complete run of the seed log but the ones that its tests name."""
