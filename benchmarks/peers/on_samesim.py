"""samesim: a behavior and a metric as plugins, an experiment as a dictionary.

``samesim.run(config, seed=)`` makes one run and keeps its results in memory. Event
activation, its own latency protocol and its own complete graph, as in its Raft example; of
that example's four metrics none is on. The one metric here is how a result gets out of a
run: it keeps each agent's last state. No exporter, and ticks only at both ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import samesim
from samesim.domain.event import AgentStateChangedEvent
from samesim.domain.message import Message
from samesim.domain.metric import MetricSeries
from samesim.domain.state import AgentState
from samesim.ports.behavior import BehaviorPort, BehaviorResult
from samesim.ports.metric_collector import MetricCollectorPort

from benchmarks.workloads import ACCEPTORS, BALLOT, HIGH_US, LOW_US, QUORUM, VALUE, Decree

PROPOSER: Final = ACCEPTORS
"""Agents 0..4 are the acceptors, the agent after them is the proposer."""

LONGEST_US: Final = 20 * HIGH_US
"""Everything has arrived after a quarter of it."""

SERIES: Final = "received"

CONFIG: Final = {
    "schema_version": "1.0",
    "experiment": {"name": "paxos", "seed": 0},
    "simulation": {
        "num_agents": ACCEPTORS + 1,
        "max_virtual_time": LONGEST_US,
        "tick_interval": LONGEST_US,
        "activation": "event",
    },
    "plugins": {
        "behavior": f"{__name__}.Paxos",
        "communication": "samesim.plugins.communication.latency.LatencyProtocol",
        "topology": "samesim.plugins.topologies.random_graph.ErdosRenyiTopology",
        "metrics": [f"{__name__}.Received"],
    },
    "plugin_configs": {
        "LatencyProtocol": {"distribution": "uniform", "low": LOW_US, "high": HIGH_US},
        "ErdosRenyiTopology": {"edge_probability": 1.0},
    },
}


class Paxos(BehaviorPort):
    """Both roles: which one an agent has, its number says."""

    activation_modes = frozenset({"event"})

    def __init__(self) -> None:
        self.sent = 0

    def initialize(self, agent_id: int, config: Any, rng: Any) -> AgentState:
        """The proposer has counts, an acceptor has its promise and its vote."""
        if agent_id == PROPOSER:
            data = {"promises": 0, "votes": 0, "vote_ballot": 0, "value": VALUE}
        else:
            data = {"promised": 0, "vote_ballot": 0, "vote": 0, "learned": None}
        return AgentState(data={**data, "received": 0})

    def step(self, agent_id: Any, current_state: Any, inbox: Any, *_: Any, **__: Any) -> BehaviorResult:
        """All messages of this instant; the first step of all opens phase 1."""
        state = dict(current_state.data)
        state["received"] += len(inbox)
        if agent_id != PROPOSER:
            answers = [self._accept(agent_id, state, message) for message in inbox]
        elif inbox:
            answers = [self._propose(state, message) for message in inbox]
        else:
            answers = [self._to_all("prepare", ballot=BALLOT)]
        return BehaviorResult(AgentState(state), [answer for answer in answers if answer])

    def _propose(self, state: dict[str, Any], message: Message) -> Message | None:
        if message.get("kind") == "promise":
            if message.get("vote_ballot") > state["vote_ballot"]:
                state["vote_ballot"], state["value"] = message.get("vote_ballot"), message.get("vote")
            state["promises"] += 1
            if state["promises"] == QUORUM:
                return self._to_all("accept", ballot=BALLOT, value=state["value"])
            return None
        state["votes"] += 1
        return self._to_all("learn", value=state["value"]) if state["votes"] == QUORUM else None

    def _accept(self, agent_id: int, state: dict[str, Any], message: Message) -> Message | None:
        kind, ballot = message.get("kind"), message.get("ballot")
        if kind == "learn":
            state["learned"] = message.get("value")
            return None
        if kind == "prepare":
            if ballot <= state["promised"]:
                return None
            state["promised"] = ballot
            vote_ballot, vote = state["vote_ballot"], state["vote"]
            return self._answer(agent_id, "promise", ballot=ballot, vote_ballot=vote_ballot, vote=vote)
        if ballot < state["promised"]:
            return None
        state.update(promised=ballot, vote_ballot=ballot, vote=message.get("value"))
        return self._answer(agent_id, "accepted", ballot=ballot)

    def _to_all(self, kind: str, **content: int) -> Message:
        self.sent += 1
        return Message(self.sent, PROPOSER, PROPOSER, {"kind": kind, **content}, broadcast=True)

    def _answer(self, sender: int, kind: str, **content: int) -> Message:
        self.sent += 1
        return Message(self.sent, sender, PROPOSER, {"kind": kind, **content})


class Received(MetricCollectorPort):
    """How many messages each agent got, tagged with what it learned."""

    def __init__(self) -> None:
        self.last: dict[int, Mapping[str, Any]] = {}

    def subscribed_events(self) -> frozenset[type]:
        """An agent's state, whenever it is new."""
        return frozenset({AgentStateChangedEvent})

    def on_event(self, event: Any, virtual_time: float) -> None:
        """Keep the last state."""
        self.last[event.agent_id] = event.state_snapshot

    def get_series(self) -> MetricSeries:
        """A record for each agent, in their order."""
        series = MetricSeries(name=SERIES)
        for agent in sorted(self.last):
            state = self.last[agent]
            series.append(0.0, state["received"], learned=str(state.get("learned")))
        return series

    def reset(self) -> None:
        """Forget."""
        self.last.clear()


def decide(seed: int) -> Decree:
    """One decree."""
    records = samesim.run(CONFIG, seed=seed).series[SERIES].records
    learned = tuple(_number(dict(record.tags)["learned"]) for record in records[:PROPOSER])
    return Decree(learned, sum(record.value for record in records))


def _number(text: str) -> int | None:
    return None if text == "None" else int(text)
