"""Runs of every kind: with the times of a network, in storms, under strategies, re-enacted, tiny."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import simulation
from simulation.audit import Auditor
from simulation.scenario import parse

LOGS = Path(__file__).parents[1] / "golden" / "logs"

STORM = """\
format = 1
participants = 5

[roles]
proposer = "last of sorted all"
shaken   = "first of sorted all"
waiting  = "all except proposer, shaken"

[script]
proposer = ["sleep 100ms", "propose until commit for 2s"]
shaken   = ["5 times: suspend, sleep 1..50ms, resume", "propose for 500ms"]
waiting  = ["sleep 2s"]

[[fault]]
at = "0ms"
do = "lose 10%"

[[fault]]
at = "0ms"
do = "duplicate 30%"

[[fault]]
name = "split\\nin two"
at   = "300ms"
do   = "partition p1 from p2"
for  = "500ms"

[[fault]]
at  = "400ms"
do  = "slow p3 by 3x"
for = "300ms"

[[fault]]
at  = "600ms"
do  = "kill p3"
for = "200ms"

[[fault]]
at = "900ms"
do = "kill p4"

[expect]
decision = "allowed"
"""
"""Everything that lasts, and what does not; messages are lost, doubled and come to the dead."""

TIMED = ("simple", "leader_crash_complex", "leader_crash_complex_2", "many_2")

REENACTED = tuple(sorted(log.stem for log in LOGS.glob("*.log")))


@cache
def runner(name: str, **overrides: Any) -> simulation.Runner:
    """The runner of a scenario of the library, or of the storm."""
    if name == "storm":
        return simulation.Runner(parse(STORM, name=name, overrides=overrides))
    return simulation.Runner(simulation.load(name, **overrides))


def storm(seed: int = 0, **overrides: Any) -> simulation.Run:
    """A run of the storm."""
    return runner("storm", **overrides).run(seed)


@cache
def reenacted(name: str) -> simulation.Run:
    """The execution that prints one of the golden logs."""
    (audited,) = Auditor().judge_all([(LOGS / f"{name}.log").read_text(encoding="utf-8")])
    assert audited.run is not None
    return audited.run


SEEDS = st.integers(0, 1000)

RUNNERS = st.one_of(
    st.builds(runner, st.sampled_from(TIMED), profile=st.sampled_from(["local", "dist"])),
    st.builds(runner, st.just("storm"), protocol=st.sampled_from(["paxos", "textbook"])),
    st.builds(runner, st.just("duel"), strategy=st.sampled_from(["portfolio", "reach", "swarm"])),
    st.builds(runner, st.just("simple"), participants=st.integers(1, 3)),
)

RUNS = st.one_of(
    st.builds(lambda runner, seed: runner.run(seed), RUNNERS, SEEDS),
    st.sampled_from(REENACTED).map(reenacted),
)
"""Any run at all."""
