"""Three replicas of the seed's protocol, to be given inputs one at a time without a world."""

from __future__ import annotations

from simulation.protocols.effects import CancelTimer, Effect, Persist, SetTimer
from simulation.protocols.inputs import Propose
from simulation.protocols.paxos import PAXOS, PaxosReplica
from simulation.protocols.paxos.messages import Leader, Prepare, Prepared, Proposal
from simulation.protocols.paxos.state import Instance, Replica
from tests.protocols.playground import build_machines

ME = 0
EVERYBODY = (0, 1, 2)
FRESH = Replica()

_MACHINE = build_machines(PAXOS, 3)[ME]
assert isinstance(_MACHINE, PaxosReplica)
REPLICA: PaxosReplica = _MACHINE

SILENT = (Persist, SetTimer, CancelTimer)


def hearing(*inputs: tuple[int, object], state: Replica = FRESH) -> tuple[Replica, tuple[Effect, ...]]:
    """The state of ``ME`` after these (sender, input), and the effects of the last one."""
    wanted: tuple[Effect, ...] = ()
    for sender, content in inputs:
        state, wanted = REPLICA.step(state, sender, content)
    return state, wanted


def course(wanted: tuple[Effect, ...]) -> list[Effect]:
    """What is printed, sent and answered, in this order."""
    return [effect for effect in wanted if not isinstance(effect, SILENT)]


def knowing(instance: Instance, leader: int | None = None) -> Replica:
    """The state of a replica that knows one instance."""
    return Replica(leader=leader, instances=(instance,))


def the_instance(state: Replica) -> Instance:
    """What a replica knows of instance 1."""
    found = state.find(1)
    assert found is not None
    return found


def free(ballot: int = 1) -> Prepared:
    """A promise of an acceptor that has not voted."""
    return Prepared(1, ballot, None, None)


def leading(own: int | None = None, relayed: int | None = None, action: str | None = None) -> Replica:
    """The state of a leader that has begun ballot 1, with these values at hand."""
    inputs: list[tuple[int, object]] = []
    if own is not None:
        inputs.append((ME, Propose(call=1, instance=1, value=own, action=action)))
    if relayed is not None:
        inputs.append((1, Proposal(1, relayed)))
    start = FRESH if inputs else knowing(Instance(1))
    return hearing(*inputs, (ME, Leader(ME)), state=start)[0]


def promised(own: int | None = 7, relayed: int | None = None, action: str | None = None) -> Replica:
    """The same when its own acceptor has promised too: from now on promises are counted."""
    return hearing((ME, Prepare(1, 1)), state=leading(own, relayed, action))[0]


def asking(action: str | None = None) -> Replica:
    """The same with a quorum of promises: 7 is asked for in ballot 1."""
    return hearing((ME, free()), (1, free()), state=promised(action=action))[0]
