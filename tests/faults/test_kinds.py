"""Faults are values: compared, hashed, stored."""

from __future__ import annotations

import pytest
from msgspec import msgpack

from simulation.faults import FAULTS, Fault, Kill, PlannedFault, Restart, Resume, Strike, Suspend, Target


@pytest.mark.parametrize(
    ("word", "kind"), [("kill", Kill), ("suspend", Suspend), ("resume", Resume), ("restart", Restart)]
)
def test_a_word_of_scenario_files_means_a_fault(word: str, kind: type[Fault]) -> None:
    assert FAULTS[word] is kind


@pytest.mark.parametrize("kind", FAULTS.values(), ids=FAULTS)
def test_a_fault_equals_another_of_its_kind(kind: type[Fault]) -> None:
    assert (kind(), hash(kind())) == (kind(), hash(kind()))


def test_faults_of_different_kinds_differ() -> None:
    assert len({kind() for kind in FAULTS.values()}) == len(FAULTS)


@pytest.mark.parametrize("kind", FAULTS.values(), ids=FAULTS)
def test_a_stored_strike_says_which_fault_it_was(kind: type[Fault]) -> None:
    struck = Strike(kind(), 3, "schedule", "first")
    assert msgpack.decode(msgpack.encode(struck)) == ["Strike", [kind.__name__], 3, "schedule", "first"]


@pytest.mark.parametrize("kind", FAULTS.values(), ids=FAULTS)
def test_every_fault_says_in_one_line_what_it_does(kind: type[Fault]) -> None:
    assert (kind.__doc__ or "").partition("\n")[0].endswith(".")


def test_a_planned_fault_has_to_happen_unless_the_scenario_says_otherwise() -> None:
    planned = PlannedFault("first", 1_000, Kill(), Target("p1", (0,)))
    assert planned.must_happen
