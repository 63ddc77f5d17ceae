"""What a run did that followed the times of a network is done again by moves."""

from __future__ import annotations

from typing import Any

import pytest

from simulation import Run, Runner, load
from simulation.protocols.inputs import Restarted
from simulation.protocols.reports import Accepted, BallotStarted, Decided, Promised
from simulation.scenario import Scenario, parse
from simulation.search.moves import Again, GiveUp, Kill, Lose, Restart
from simulation.shrink.plain import plain
from simulation.shrink.trial import Trial
from simulation.trace import Trace
from simulation.trace.record import CONTENT, PROCESS

SAID = (BallotStarted, Promised, Accepted, Decided)

TORN = parse(
    "\n".join(
        [
            "format = 1",
            "participants = 5",
            'protocol = "textbook"',
            "[network]",
            'sync = "20us..3ms"',
            "[script]",
            'all = ["6 times: sleep 1..60ms, propose for 100ms"]',
            *[
                f'[[fault]]\nat = "{15 + 25 * place}ms"\ndo = "kill p{place % 5 + 1}"\nfor = "20ms"'
                for place in range(10)
            ],
        ]
    ),
    name="torn",
    source="torn.toml",
)
"""Processes die while their disks write."""


def scenario(name: str) -> Scenario:
    """A scenario by its name, with the protocol behind a colon, if any."""
    name, _, protocol = name.partition(":")
    return load(name, **({"protocol": protocol} if protocol else {}))


def retraced(run: Run) -> tuple[Trial, Any]:
    """The cluster on which the run was done again, and the moves."""
    trial = Trial(plain(run.scenario, run.plan), run.seed, "agreement")
    return trial, trial.retraced(run)


def by_process(trace: Trace, kinds: tuple[type, ...]) -> dict[int, list[Any]]:
    """What of these kinds each machine said or was given, in its order."""
    found: dict[int, list[Any]] = {}
    for record in trace:
        if isinstance(record[CONTENT], kinds):
            found.setdefault(record[PROCESS], []).append(record[CONTENT])
    return found


@pytest.mark.parametrize(
    "name",
    [
        "duel",
        "simple",
        "many_1",
        "leader_crash_complex",
        "leader_crash_before_decision",
        "storm_links",
        "storm_loss:textbook",
        "storm_partitions",
        "storm_paces",
        "storm_restarts",
        "storm_restarts:textbook",
        "storm_rates",
        "storm_rates:textbook",
    ],
)
def test_every_machine_says_what_it_said(name: str) -> None:
    runner = Runner(scenario(name))
    for seed in range(4):
        run = runner.run(seed)
        trial, _ = retraced(run)
        assert by_process(trial.cluster.trace, SAID) == by_process(run.trace, SAID)


def test_who_died_while_the_disk_wrote_comes_back_with_what_was_written() -> None:
    runner = Runner(TORN)
    for seed in range(20):
        run = runner.run(seed)
        trial, _ = retraced(run)
        assert by_process(trial.cluster.trace, (Restarted,)) == by_process(run.trace, (Restarted,))


def test_the_storms_hold_every_move_that_a_timed_run_comes_down_to() -> None:
    names = ("storm_loss", "storm_restarts", "storm_partitions")
    moves = [move for name in names for move in retraced(Runner(load(name)).run(0))[1]]
    assert {Again, GiveUp, Kill, Lose, Restart} <= {type(move) for move in moves}
