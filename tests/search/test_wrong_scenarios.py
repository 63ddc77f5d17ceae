"""A strategy that there is not, and scenarios with which a strategy cannot begin anything."""

from __future__ import annotations

import pytest

from simulation import load
from simulation.errors import InputError
from simulation.scenario import parse

FAULTS = """
format = 1
participants = 3
strategy = "reach"
[script]
all = ["propose", "wait 1s"]
[[fault]]
at = "5ms"
do = "kill leader"
"""


def test_an_unknown_strategy_is_told_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"strategy: there is no 'reech'.* Did you mean 'reach'\?"):
        load("duel", strategy="reech")


def test_a_script_that_kills_cannot_be_used() -> None:
    with pytest.raises(InputError, match="scripts may only propose, wait and sleep"):
        load("leader_crash_complex", strategy="reach")


def test_an_action_of_a_proposal_cannot_be_used() -> None:
    with pytest.raises(InputError, match="scripts may only propose, wait and sleep"):
        load("leader_crash_before_decision", strategy="reach")


def test_a_fault_of_the_file_cannot_be_used() -> None:
    with pytest.raises(InputError, match="'kill leader at 5ms' has no place under the strategy 'reach'"):
        parse(FAULTS)


def test_somebody_has_to_propose() -> None:
    text = FAULTS.partition("[[fault]]")[0].replace('"propose", ', "") + '[expect]\ndecision = "allowed"\n'
    with pytest.raises(InputError, match="no script proposes anything: nothing would happen"):
        parse(text)


def test_more_acceptors_than_participants_are_too_many() -> None:
    with pytest.raises(InputError, match="acceptors: is 6, and there are 5 participants"):
        load("duel", acceptors=6)


def test_processes_that_do_not_vote_are_not_for_every_protocol() -> None:
    with pytest.raises(InputError, match="acceptors: is 3 of 5, and all processes of 'paxos' have to vote"):
        load("duel", protocol="paxos")


def test_a_quorum_is_one_of_those_who_vote() -> None:
    with pytest.raises(InputError, match="2 of 3 are killed: 1 left, a majority is 2"):
        load(
            "duel",
            **{
                "expect.decision": "required",
                "script.others": ["kill"],
                "roles.others": ["p1", "p2"],
                "roles.rest": "all except rivals, others",
                "script.rest": ["wait 1s"],
            },
        )
