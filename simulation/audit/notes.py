"""What is out of the ordinary in a run that was re-enacted, in a sentence each.

The log shows that something odd happened; the execution behind it shows what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from simulation.checks import RunStory
from simulation.checks.story import Said
from simulation.harness.reports import ScriptStarted, WaitEnded
from simulation.protocols.paxos.messages import Proposal
from simulation.protocols.paxos.reports import InstanceUnknown, PromiseDeferred
from simulation.protocols.reports import (
    Accepted,
    AcceptedHeard,
    BallotStarted,
    Decided,
    LeaderNamed,
    PrepareHeard,
    PromiseHeard,
    Proposed,
)
from simulation.reenact.freedom import Freedom
from simulation.run import Run
from simulation.trace import Kind
from simulation.trace.record import CONTENT, KIND, PROCESS, SOURCE


def notes(run: Run, freedom: Freedom) -> list[str]:
    """Everything odd about a re-enacted run; nothing about most."""
    found = [note for odd in _ODDITIES for note in odd(run.story)]
    if freedom.late_deaths:
        found.append("who was killed had to live on in silence until all scripts were done")
    if freedom.held:
        count = len(freedom.held)
        found.append(f"{_many(count, 'message')} had to be handled later than in the order sent")
    return found


def _cut_off(story: RunStory) -> Iterator[str]:
    if story.outcome.finished:
        return
    if story.learned:
        how_far = f"{_many(len({said.process for said in story.learned}), 'process')} had decided"
    elif story.said(LeaderNamed):
        how_far = "a leader was named, and nothing decided"
    else:
        how_far = "no leader was named yet"
    proposed = _many(len(story.said(Proposed)), "proposal")
    yield f"cut off after {proposed}: {how_far}, and there is no result"


def _late_relays(story: RunStory) -> Iterator[str]:
    for unknown in story.said(InstanceUnknown):
        heard = [said for said in story.said(PrepareHeard) if said.process == unknown.process]
        leader = next(said.content.proposer for said in reversed(heard) if said.place < unknown.place)
        name = story.name(unknown.process)
        yield f"{name} got {story.name(leader)}'s prepare before any relayed proposal had reached it"


def _overtaken(story: RunStory) -> Iterator[str]:
    for process, count in sorted(Counter(said.process for said in story.said(PromiseDeferred)).items()):
        name = story.name(process)
        promises = _many(count, "promise")
        yield f"{promises} overtook {name}'s own prepare to itself: put off, and counted later"


def _told_again(story: RunStory) -> Iterator[str]:
    decided = Counter((said.process, said.content.instance) for said in story.said(Decided))
    again = sum(count - 1 for count in decided.values())
    if not again:
        return
    first: dict[tuple[int, int], int] = {}
    for said in story.said(Decided):
        first.setdefault((said.process, said.content.instance), said.place)
    late, proposers = set[int](), set[int]()
    for place, record in enumerate(story.records):
        if record[KIND] == Kind.MESSAGE and type(record[CONTENT]) is Proposal:
            known = first.get((record[PROCESS], record[CONTENT].instance))
            if known is not None and place > known:
                late.add(record[PROCESS])
                proposers.add(record[SOURCE])
    text = f"the decision was told {_many(again, 'more time')}"
    if late:
        who = " and ".join(story.name(process) for process in sorted(proposers))
        text += (
            f": the proposal of {who} came to {_many(len(late), 'process')} that had decided, and each of"
            " them told everybody"
        )
    yield text


def _early_election(story: RunStory) -> Iterator[str]:
    leaders = story.said(LeaderNamed)
    if leaders:
        late = [said for said in story.said(ScriptStarted) if said.place > leaders[0].place]
        if late:
            why = "that node started late" if len(late) == 1 else "the nodes started far apart"
            scripts = _many(len(late), "process")
            name = story.name(leaders[0].process)
            yield f"{name} named a leader before the scripts of {scripts} had begun: {why}"


def _taken_over(story: RunStory) -> Iterator[str]:
    """A ballot that repeats the vote of an earlier one, whose leader was killed in its middle."""
    deaths = _deaths(story)
    for ballot in story.said(BallotStarted):
        told = [
            said.content.vote_ballot
            for said in story.said(PromiseHeard)
            if said.process == ballot.process
            and (said.content.instance, said.content.ballot)
            == (ballot.content.instance, ballot.content.ballot)
            and said.content.vote_ballot is not None
        ]
        if not told:
            continue
        earlier = [
            said
            for said in story.said(BallotStarted)
            if said.content.instance == ballot.content.instance and said.content.ballot == max(told)
        ]
        for before in earlier:
            death = deaths.get(before.process)
            if death is not None:
                votes = _votes(story, before)
                dead, heir = story.name(before.process), story.name(ballot.process)
                old, new = before.content.ballot, ballot.content.ballot
                yield (
                    f"{dead} was killed in the middle of ballot {old}, with {_many(votes, 'vote')} cast;"
                    f" {heir} took over its value in ballot {new}"
                )


def _uncounted(story: RunStory) -> Iterator[str]:
    """Votes that their leader was killed before hearing of, in a ballot that decided."""
    deaths = _deaths(story)
    for ballot in story.said(BallotStarted):
        death = deaths.get(ballot.process)
        if death is None:
            continue
        key = (ballot.content.instance, ballot.content.ballot)
        heard = sum(
            (said.content.instance, said.content.ballot) == key and said.process == ballot.process
            for said in story.said(AcceptedHeard)
        )
        votes = _votes(story, ballot)
        if votes > heard >= story.quorum:
            yield (
                f"{story.name(ballot.process)} had its decision and was killed before it heard of"
                f" {_many(votes - heard, 'more vote')}"
            )


def _client_first(story: RunStory) -> Iterator[str]:
    own: dict[int, int] = {}
    for said in story.said(Decided):
        own.setdefault(said.process, said.place)
    for said in story.said(WaitEnded):
        if said.content.value is not None and own.get(said.process, len(story.records)) > said.place:
            name = story.name(said.process)
            yield f"{name} counted the votes, and its client knew the decision before its own word came"


def _deaths(story: RunStory) -> dict[int, Said]:
    """Who was killed by somebody else."""
    return {p: said for p, said in story.dead().items() if said.content.by != "machine"}


def _votes(story: RunStory, ballot: Said) -> int:
    key = (ballot.content.instance, ballot.content.ballot)
    return sum((said.content.instance, said.content.ballot) == key for said in story.said(Accepted))


def _many(count: int, what: str) -> str:
    if count == 1:
        return f"one {what}"
    plural = f"{what}es" if what.endswith("ss") else f"{what}s"
    return f"{count} {plural}"


_ODDITIES: tuple[Callable[[RunStory], Iterator[str]], ...] = (
    _cut_off,
    _late_relays,
    _overtaken,
    _told_again,
    _early_election,
    _taken_over,
    _uncounted,
    _client_first,
)
