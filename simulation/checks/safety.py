"""What must never happen, whatever dies and however late messages come.

The properties are those of Lamport, *Paxos Made Simple* (2001), section 2: consensus
itself, and the invariants P1a (promises), P2b (chosen values stay) and P2c (what a
proposer may ask for), judged on what processes report that they did.
"""

from __future__ import annotations

from typing import Any

from simulation.checks.story import LAST_ACT, Said, Story
from simulation.checks.verdict import Finding, Held, Violated
from simulation.faults import Kill
from simulation.protocols.reports import (
    Accepted,
    BallotStarted,
    Decided,
    Promised,
    PromiseHeard,
    ValueAsked,
)
from simulation.trace.record import ID, KIND, PROCESS


def agreement(story: Story) -> Finding:
    """No two processes decide differently about one instance, and no client is told otherwise."""
    first: dict[int, Said] = {}
    for decided in story.learned:
        other = first.setdefault(decided.content.instance, decided)
        if other.content.value != decided.content.value:
            return Violated(
                "agreement",
                f"{_learned(story, other)} and {_learned(story, decided)} as instance"
                f" {decided.content.instance}",
                (other.id, decided.id),
            )
    return Held("agreement")


def one_value_chosen(story: Story) -> Finding:
    """No two values have a quorum of votes in a ballot each, whether anybody learns of it or not."""
    first: dict[int, tuple[int, list[Said]]] = {}
    for (instance, _, value), votes in story.votes().items():
        if len({vote.process for vote in votes}) < story.quorum:
            continue
        other, before = first.setdefault(instance, (value, votes))
        if other != value:
            return Violated(
                "one value chosen",
                f"{other} and {value} are both chosen as instance {instance}: each has the votes of a"
                " quorum in one ballot",
                (*[vote.id for vote in before], *[vote.id for vote in votes]),
            )
    return Held("one value chosen")


def validity(story: Story) -> Finding:
    """What is decided was proposed before, for that instance, by a client of this run."""
    proposed: dict[tuple[int, int], int] = {}
    for call in story.proposals:
        proposed.setdefault((call.content.instance, call.content.value), call.place)
    for decided in story.learned:
        place = proposed.get((decided.content.instance, decided.content.value))
        if place is None or place > decided.place:
            return Violated(
                "validity",
                f"{_learned(story, decided)} as instance {decided.content.instance}: nobody had"
                " proposed that",
                (decided.id,),
            )
    return Held("validity")


def one_value_per_ballot(story: Story) -> Finding:
    """In one ballot of one instance at most one value is asked for, and voted for."""
    first: dict[tuple[int, Any], Said] = {}
    for said in story.said(ValueAsked, Accepted):
        key = (said.content.instance, said.content.ballot)
        other = first.setdefault(key, said)
        if other.content.value != said.content.value:
            return Violated(
                "one value per ballot",
                f"ballot {story.ballot(key[1])} of instance {key[0]} carries {other.content.value} at"
                f" {story.name(other.process)} and {said.content.value} at {story.name(said.process)}",
                (other.id, said.id),
            )
    return Held("one value per ballot")


def promises_kept(story: Story) -> Finding:
    """P1a: who promised a ballot votes in no lower one, and tells its last vote truly.

    A vote is a promise too: who voted in a ballot promises no lower one. Who died before it
    could say that it voted may tell that vote in its next life, or the one before it.
    """
    promised: dict[tuple[int, int], Said] = {}
    voted: dict[tuple[int, int], Said] = {}
    unsaid = _unsaid_votes(story)
    for said in story.said(Promised, Accepted):
        content = said.content
        key = (said.process, content.instance)
        before = promised.get(key)
        if isinstance(content, Accepted):
            if before is not None and content.ballot < before.content.ballot:
                return Violated(
                    "promises kept",
                    f"{story.name(said.process)} promised ballot"
                    f" {story.ballot(before.content.ballot)} of instance {content.instance} and"
                    f" then voted in ballot {story.ballot(content.ballot)}",
                    (before.id, said.id),
                )
            voted[key] = said
        else:
            for maybe in unsaid.get(key, ()):
                last = voted.get(key)
                # Later than the last vote that was said, and before this promise.
                if (last.place if last else -1) < maybe.place < said.place and _tells(content, maybe):
                    voted[key] = maybe
            broken = _broken_vote(story, said, voted.get(key))
            if broken is not None:
                return broken
            if before is None or content.ballot > before.content.ballot:
                promised[key] = said
    return Held("promises kept")


def _unsaid_votes(story: Story) -> dict[tuple[int, int], list[Said]]:
    votes: dict[tuple[int, int], list[Said]] = {}
    for said in story.unsaid(Accepted):
        votes.setdefault((said.process, said.content.instance), []).append(said)
    return votes


def _tells(promise: Promised, vote: Said) -> bool:
    return (promise.vote_ballot, promise.vote) == (vote.content.ballot, vote.content.value)


def _broken_vote(story: Story, promise: Said, vote: Said | None) -> Violated | None:
    if vote is not None and promise.content.ballot < vote.content.ballot:
        return Violated(
            "promises kept",
            f"{story.name(promise.process)} voted in ballot {story.ballot(vote.content.ballot)} of instance"
            f" {promise.content.instance} and then promised ballot {story.ballot(promise.content.ballot)}",
            (vote.id, promise.id),
        )
    told = (promise.content.vote_ballot, promise.content.vote)
    true = (None, None) if vote is None else (vote.content.ballot, vote.content.value)
    if told == true:
        return None
    said, was = _vote(story, *told), _vote(story, *true)
    return Violated(
        "promises kept",
        f"{story.name(promise.process)} promised ballot {story.ballot(promise.content.ballot)} of instance"
        f" {promise.content.instance} and told {said} as its last; it was {was}",
        (promise.id,) if vote is None else (vote.id, promise.id),
    )


def _vote(story: Story, ballot: Any, value: int | None) -> str:
    return "no vote" if ballot is None else f"a vote for {value} in ballot {story.ballot(ballot)}"


def ballots_rise(story: Story) -> Finding:
    """A process starts ever higher ballots of an instance, promises higher, votes never lower."""
    for kind, strictly in ((BallotStarted, True), (Promised, True), (Accepted, False)):
        last: dict[tuple[int, int], Said] = {}
        for said in story.said(kind):
            key = (said.process, said.content.instance)
            before = last.get(key)
            if before is not None:
                old, new = before.content.ballot, said.content.ballot
                if new < old or (strictly and new == old):
                    return Violated(
                        "ballots rise",
                        f"{story.name(said.process)}: {kind.__name__} of ballot {story.ballot(new)} after"
                        f" ballot {story.ballot(old)} of instance {key[1]}",
                        (before.id, said.id),
                    )
            last[key] = said
    return Held("ballots rise")


def quorum_behind_decision(story: Story) -> Finding:
    """Before anybody learns a decision, a quorum has voted for it in one ballot.

    A vote that a death cut short before it was said counts: a later life may have sent it.
    """
    votes = {ballot: list(cast) for ballot, cast in story.votes().items()}
    for maybe in story.unsaid(Accepted):
        vote = maybe.content
        votes.setdefault((vote.instance, vote.ballot, vote.value), []).append(maybe)
    first: dict[tuple[int, int], Said] = {}
    for decided in story.learned:
        # Votes are only added: what the first to learn a value has behind it, the others have.
        first.setdefault((decided.content.instance, decided.content.value), decided)
    for (instance, value), decided in first.items():
        counts = [
            len({vote.process for vote in ballot_votes if vote.place < decided.place})
            for (number, _, voted), ballot_votes in votes.items()
            if number == instance and voted == value
        ]
        most = max(counts, default=0)
        if most < story.quorum:
            return Violated(
                "quorum behind decision",
                f"{_learned(story, decided)} as instance {instance}; {most} had voted for it in one"
                f" ballot, a quorum is {story.quorum}",
                (decided.id,),
            )
    return Held("quorum behind decision")


def chosen_value_stays(story: Story) -> Finding:
    """P2b: once a quorum has voted for a value, every higher ballot asks for that value.

    A vote tells of a question too, for whoever asked may have died before it said so.
    """
    asked = story.said(ValueAsked, Accepted)
    for (instance, ballot, value), votes in story.votes().items():
        if len({vote.process for vote in votes}) < story.quorum:
            continue
        for said in asked:
            later = said.content
            if later.instance == instance and later.ballot > ballot and later.value != value:
                verb = "asked" if isinstance(later, ValueAsked) else "voted"
                return Violated(
                    "chosen value stays",
                    f"{value} was chosen in ballot {story.ballot(ballot)} of instance {instance};"
                    f" {story.name(said.process)} {verb} for {later.value} in ballot"
                    f" {story.ballot(later.ballot)}",
                    (*[vote.id for vote in votes], said.id),
                )
    return Held("chosen value stays")


def highest_vote_adopted(story: Story) -> Finding:
    """P2c: who asks for a value has promises of a quorum whose highest vote is that value.

    A promise heard need not be counted, so some quorum among those heard has to do.
    """
    heard: dict[tuple[int, int, Any], dict[int, Said]] = {}
    for said in story.said(PromiseHeard, ValueAsked):
        content = said.content
        promises = heard.setdefault((said.process, content.instance, content.ballot), {})
        if isinstance(content, PromiseHeard):
            promises[content.acceptor] = said
            continue
        votes = [p.content for p in promises.values() if p.content.vote_ballot is not None]
        mine = [vote.vote_ballot for vote in votes if vote.vote == content.value]
        above = [vote for vote in votes if not mine or vote.vote_ballot > max(mine)]
        if len(promises) - len(above) < story.quorum:
            return Violated(
                "highest vote adopted",
                f"{story.name(said.process)} asked for {content.value} in ballot"
                f" {story.ballot(content.ballot)} of instance {content.instance}: of {len(promises)} promises"
                f" {len(above)} told a higher vote for another value, and the rest is no"
                f" quorum of {story.quorum}",
                (*[promise.id for promise in promises.values()], said.id),
            )
    return Held("highest vote adopted")


def dead_are_silent(story: Story) -> Finding:
    """Nothing happens at a machine of a process that was killed, until it is restarted."""
    turns = story.turns()
    if not turns:
        return Held("dead are silent")
    dead: dict[int, Said] = {}
    ends = [*[turn.place for turn in turns[1:]], len(story.records)]
    for turn, end in zip(turns, ends, strict=True):
        for address in range(turn.process, story.places.client(0), story.places.count):
            if isinstance(turn.content.fault, Kill):
                dead[address] = turn
            else:
                del dead[address]
        begin = turn.place + 1
        if dead.keys().isdisjoint(story.acting(begin, end)):
            continue
        address, event = next(
            (record[PROCESS], record[ID])
            for record in story.records[begin:end]
            if record[KIND] <= LAST_ACT and record[PROCESS] in dead
        )
        told = f"{story.places.name(address)} was killed and acted afterwards"
        return Violated("dead are silent", told, (dead[address].id, event))
    return Held("dead are silent")


def _learned(story: Story, said: Said) -> str:
    name, value = story.name(said.process), said.content.value
    if isinstance(said.content, Decided):
        return f"{name} decided {value}"
    return f"the client of {name} was told {value}"
