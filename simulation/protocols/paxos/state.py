"""What a replica knows, as frozen values that hash and compare by content."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from simulation.protocols.fields import ProcessBits


class Instance(Struct, frozen=True, gc=False):
    """One decree at one replica, in its three roles.

    Acceptor: ``promised`` (0: nothing yet), ``vote_ballot`` and ``vote``.
    Proposer: ``own`` is its client's value, ``relayed`` the last one that anybody
    relayed, ``call`` its waiting client, ``action`` what that client asked for.
    Leader: ``ballot`` is the last one it started (0: none), ``tries`` how many it started
    in this life, ``refused_for`` the highest promise that a refusal named, ``running``
    whether the last ballot still stands, ``retrying`` whether a refused one waits for its
    timer, ``asked`` the value it asked acceptors for, ``promises`` and ``votes`` who answered
    (bit ``k`` is acceptor ``k``, so nobody counts twice), ``best_ballot`` and ``best_vote``
    the highest vote among the promises.
    Learner: ``decision``.
    """

    number: int
    promised: int = 0
    vote_ballot: int | None = None
    vote: int | None = None
    own: int | None = None
    relayed: int | None = None
    call: int | None = None
    action: str | None = None
    ballot: int = 0
    tries: int = 0
    refused_for: int = 0
    running: bool = False
    retrying: bool = False
    asked: int | None = None
    promises: ProcessBits = 0
    votes: ProcessBits = 0
    best_ballot: int | None = None
    best_vote: int | None = None
    decision: int | None = None

    @property
    def proposal(self) -> int | None:
        """The value to propose: the own one, else the last relayed, else there is none."""
        return self.own if self.own is not None else self.relayed


class Replica(Struct, frozen=True, gc=False):
    """A replica's state: whom it believes to lead, and its instances by ascending number."""

    leader: int | None = None
    instances: tuple[Instance, ...] = ()

    def find(self, number: int) -> Instance | None:
        """The instance of this number, or None where it was never heard of."""
        for instance in self.instances:
            if instance.number == number:
                return instance
        return None

    def put(self, instance: Instance) -> Replica:
        """This state with ``instance`` in the place of the one with its number, or added."""
        others = self.instances
        if not others or (len(others) == 1 and others[0].number == instance.number):
            return replace(self, instances=(instance,))
        rest = [other for other in others if other.number != instance.number]
        rest.append(instance)
        rest.sort(key=_number)
        return replace(self, instances=tuple(rest))


def _number(instance: Instance) -> int:
    return instance.number


class Kept(Struct, frozen=True, array_like=True, gc=False):
    """What of an instance is durable: promise, vote, the last ballot started, the decision."""

    number: int
    promised: int
    ballot: int
    vote_ballot: int | None
    vote: int | None
    decision: int | None


def kept(state: Replica) -> tuple[Kept, ...]:
    """The durable part of ``state``."""
    return tuple(
        [Kept(i.number, i.promised, i.ballot, i.vote_ballot, i.vote, i.decision) for i in state.instances]
    )


def restored(durable: tuple[Kept, ...] | None) -> Replica:
    """The state of a replica that begins another life with ``durable``."""
    return Replica(
        instances=tuple(
            Instance(
                number=record.number,
                promised=record.promised,
                vote_ballot=record.vote_ballot,
                vote=record.vote,
                ballot=record.ballot,
                decision=record.decision,
            )
            for record in durable or ()
        )
    )
