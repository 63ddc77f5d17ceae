"""A trace as the real system would have printed it, line by line.

Every template is that system's own, with its spelling. A report that it has no line for
prints nothing; ballots of other protocols are shown as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from simulation.harness import reports as harness
from simulation.protocols import reports as shared
from simulation.protocols.paxos import reports as paxos
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CONTENT, KIND, PROCESS
from simulation.units import SECOND

Template = Callable[[str, Any, Sequence[str]], str]

_REPORT = int(Kind.REPORT)


def log_lines(records: Iterable[Record], places: Places) -> Iterator[str]:
    """The lines of a run, in order, without line ends."""
    names = places.names
    for record in records:
        if record[KIND] == _REPORT:
            content = record[CONTENT]
            template = _TEMPLATES.get(type(content))
            if template is not None:
                process = places.process(record[PROCESS])
                yield template(names[process] if process >= 0 else "", content, names)


def _nil(value: Any) -> str:
    return "nil" if value is None else str(value)


def _val(value: int | None) -> str:
    return "nil" if value is None else f"{{:val, {value}}}"


def _atoms(processes: Iterable[int], names: Sequence[str]) -> str:
    return "[" + ", ".join(f":{names[process]}" for process in processes) + "]"


def _started(me: str, said: harness.ScriptStarted, names: Sequence[str]) -> str:
    if said.participants is None:
        return f":{me}: started"
    return f":{me}: started with {_atoms(said.participants, names)}"


def _proposed(me: str, said: shared.Proposed, names: Sequence[str]) -> str:
    action = "nil" if said.action is None else f":{said.action}"
    return f"{me} - Propose {said.instance} with action {action}"


def _prepared(me: str, said: shared.PromiseHeard, names: Sequence[str]) -> str:
    vote = f"{_nil(said.vote_ballot)} {_val(said.vote)}"
    return f"{me} - prepared {said.instance} {said.ballot} {vote}"


def _counted(me: str, said: paxos.PromiseCounted, names: Sequence[str]) -> str:
    return f"{me} {said.participants} {said.count} {'true' if said.value_asked else 'false'}"


def _wait_ended(me: str, said: harness.WaitEnded, names: Sequence[str]) -> str:
    if said.value is None:
        return f"{me}: No decision after {said.waited_us // SECOND} seconds"
    return f"{me}: decided {_val(said.value)}"


def _collected(me: str, said: harness.Collected, names: Sequence[str]) -> str:
    return "[" + ", ".join(f"val: {_nil(value)}" for value in said.values) + "]"


_TEMPLATES: dict[type, Template] = {
    shared.Begun: lambda me, said, names: f"Starting paxos for {me}",
    harness.ScriptStarted: _started,
    harness.SpareAnnounced: lambda me, said, names: f"spare = {_atoms(said.spare, names)}",
    harness.KillsAnnounced: lambda me, said, names: (
        f"kill: leaders, followers = {_atoms(said.leaders, names)}, {_atoms(said.followers, names)}"
    ),
    shared.Proposed: _proposed,
    paxos.AlreadyDecided: lambda me, said, names: (
        f"{me} - Has already decided for {said.instance} sending {_val(said.value)}"
    ),
    paxos.InstanceCreated: lambda me, said, names: f"{me} SET BALLOT VALUE 3 nil",
    shared.LeaderNamed: lambda me, said, names: f"{me} - {names[said.leader]} is leader",
    shared.BallotStarted: lambda me, said, names: f"{me} sending all prepare {said.instance} {said.ballot}",
    paxos.BallotReset: lambda me, said, names: f"{me} SET BALLOT VALUE 2 nil",
    shared.PrepareHeard: lambda me, said, names: f"{me} - prepare from {names[said.proposer]}",
    paxos.InstanceUnknown: lambda me, said, names: "I think that is the cause",
    shared.PromiseHeard: _prepared,
    paxos.PromiseDeferred: lambda me, said, names: (
        "Probably recieved this before preare came to self sending with delay"
    ),
    paxos.PromiseCounting: lambda me, said, names: f"{me} Try to run prepared",
    paxos.PromiseCounted: _counted,
    shared.ValueAsked: lambda me, said, names: f"{me} SET BALLOT VALUE {_val(said.value)}",
    shared.Accepted: lambda me, said, names: (
        f"{me} - accept {said.instance} {said.ballot} {_val(said.value)}"
    ),
    shared.AcceptedHeard: lambda me, said, names: f"{me} accepted {said.instance} {said.ballot}",
    paxos.DyingUndecided: lambda me, said, names: (
        f"{me} - Leader has action to die before decision {{:decide, {said.instance}, {_val(said.value)}}}"
    ),
    shared.Decided: lambda me, said, names: f"{me} decided {said.instance} {_val(said.value)}",
    harness.WaitEnded: _wait_ended,
    harness.QueueRead: lambda me, said, names: f"{me}: {{:message_queue_len, {said.length}}}",
    harness.Collected: _collected,
}
