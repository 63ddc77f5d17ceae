"""The collection: what it says of each bug, and how bugs are found by name."""

from __future__ import annotations

import pytest

import simulation.planted
from simulation import load, run
from simulation.errors import InputError
from simulation.planted import BUGS, CONTROLS, Planted, find_planted
from simulation.protocols import Protocol, find_protocol, protocols
from tests.protocols.storms import chosen, learned, stormed

ALL = BUGS + CONTROLS

ANY = pytest.mark.parametrize("planted", ALL, ids=lambda planted: planted.name)


def constants() -> dict[str, Protocol]:
    """The protocols of the room, as a scenario names them."""
    return {name: found for name, found in vars(simulation.planted).items() if isinstance(found, Protocol)}


@ANY
def test_bug_is_found_by_its_name(planted: Planted) -> None:
    assert find_planted(planted.name) is planted


@ANY
def test_scenario_can_name_it(planted: Planted) -> None:
    constant = planted.name.replace("-", "_").upper()
    assert find_protocol(f"simulation.planted:{constant}") is planted.protocol


@ANY
def test_title_is_one_sentence(planted: Planted) -> None:
    assert planted.title[0].isupper()
    assert planted.title.count(". ") == 0


def test_every_protocol_of_the_room_is_listed_once() -> None:
    listed = [planted.protocol.name for planted in ALL]
    assert sorted(listed) == sorted({protocol.name for protocol in constants().values()})


def test_five_were_invented() -> None:
    assert sum(planted.invented for planted in BUGS) == 5


def test_only_controls_violate_nothing() -> None:
    assert [planted for planted in ALL if planted.violates == "nothing"] == list(CONTROLS)


def test_wrong_name_is_answered_with_the_nearest_right_one() -> None:
    with pytest.raises(InputError, match="Did you mean 'hides-its-vote'"):
        find_planted("hides-its-votes")


def test_nobody_lists_them_as_protocols() -> None:
    assert {planted.name for planted in BUGS}.isdisjoint(protocols())


@ANY
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_machine_fails_in_no_storm(planted: Planted, size: int) -> None:
    for seed in range(20):
        assert stormed(planted.protocol, size, seed, trouble=0.25).calls


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.name)
def test_control_is_safe_in_storms(control: Planted) -> None:
    for seed in range(200):
        world = stormed(control.protocol, 3, seed, trouble=0.25)
        assert len(chosen(world) | learned(world)) <= 1


def test_scenario_runs_with_a_planted_bug() -> None:
    found = run(load("simple", protocol="simulation.planted:REFUSES_ITS_PROMISE"), 0)
    assert found.verdict == "fail"
