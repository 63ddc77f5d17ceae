"""Every check finds a bug that was planted for it, and names the records that prove it."""

from __future__ import annotations

import pytest

from simulation.checks import CHECKS
from simulation.protocols import Protocol
from tests.checks.planted import PLANTED, Planted, finds
from tests.checks.telling import Telling
from tests.mutants import catalogue

OF_THE_CLUSTER = {"dead are silent"}
"""What no protocol can violate: ``test_silence`` plants its bugs in the cluster."""

CONSEQUENCES = {"agreement", "one value chosen", "chosen value stays"}
"""Theorems: they fail only where another invariant has failed before. They say what it cost."""

NAMES = [check(Telling().expecting("allowed").story()).check for check in CHECKS]


def described(planted: Planted) -> str:
    """The planted bug as the test's name shows it."""
    return f"{planted.mutant}-{planted.scene}-{planted.seed}"


@pytest.mark.parametrize("planted", PLANTED, ids=described)
def test_planted_bug_is_found_with_the_records_that_prove_it(planted: Planted) -> None:
    assert finds(planted.run()) == planted.finds


@pytest.mark.parametrize("check", [name for name in NAMES if name not in OF_THE_CLUSTER])
def test_check_finds_a_planted_bug(check: str) -> None:
    assert any(check in planted.finds for planted in PLANTED)


@pytest.mark.parametrize("check", [name for name in NAMES if name not in OF_THE_CLUSTER | CONSEQUENCES])
def test_check_is_needed_for_a_bug_that_no_other_check_finds(check: str) -> None:
    assert any(set(planted.finds) == {check} for planted in PLANTED)


def test_every_mutant_but_the_harmless_one_is_found() -> None:
    mutants = {name for name in vars(catalogue) if isinstance(getattr(catalogue, name), Protocol)}
    known = {"PAXOS", "TEXTBOOK", "SHARES_BALLOTS"}
    assert mutants - known == {planted.mutant for planted in PLANTED}
