"""A log of another protocol: ours does not explain it, and its own does, with what it violates."""

from __future__ import annotations

import pytest

import simulation
from simulation.audit import Auditor
from simulation.errors import InputError
from simulation.protocols import Protocol
from simulation.protocols.paxos import PAXOS, Elector
from simulation.reenact import Reenactor
from tests.mutants.paxos import HalfIsEnough

HALF = Protocol(
    name="tests.reenact.test_protocols:HALF",
    about="half of the participants decide",
    components=(HalfIsEnough, Elector),
    steps=PAXOS.steps,
    actions=PAXOS.actions,
    apart=PAXOS.apart,
)


@pytest.fixture(scope="module")
def log() -> str:
    """What a run prints in which two of five are taken for a quorum."""
    return simulation.run(simulation.load("simple", participants=5, protocol=HALF.name), 0).log()


def test_a_log_of_another_protocol_diverges(log: str) -> None:
    (audited,) = Auditor().judge_all([log])
    assert audited.divergence is not None
    assert "SET BALLOT VALUE" in audited.divergence.message


def test_its_printed_lines_violate_what_they_show(log: str) -> None:
    (audited,) = Auditor().judge_all([log])
    assert [breach.check for breach in audited.breaches] == ["highest vote adopted"]


def test_its_own_protocol_re_enacts_it_and_is_blamed(log: str) -> None:
    (audited,) = Auditor(HALF.name).judge_all([log])
    assert audited.reenacted
    assert "highest vote adopted" in {breach.check for breach in audited.breaches}


def test_a_re_enactment_by_another_protocol_replays(log: str) -> None:
    (audited,) = Auditor(HALF.name).judge_all([log])
    assert audited.run is not None
    assert simulation.replay(audited.run).digest == audited.run.digest


def test_a_protocol_without_an_elector_cannot_re_enact() -> None:
    with pytest.raises(InputError, match="no replica with an elector"):
        Reenactor("textbook")
