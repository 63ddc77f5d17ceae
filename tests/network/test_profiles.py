"""The named conditions hold together."""

from __future__ import annotations

import pytest

from simulation.network import ABOUT, DIST, LOCAL, PROFILES, Conditions

RANGES = (
    "delay_us",
    "own_delay_us",
    "send_us",
    "sync_us",
    "print_us",
    "node_start_us",
    "last_node_us",
    "start_jitter_us",
)


@pytest.mark.parametrize("field", RANGES)
@pytest.mark.parametrize("conditions", PROFILES.values(), ids=PROFILES)
def test_every_range_begins_at_zero_or_later_and_ends_after_its_beginning(
    conditions: Conditions, field: str
) -> None:
    low_us, high_us = getattr(conditions, field)
    assert 0 <= low_us <= high_us


@pytest.mark.parametrize("conditions", PROFILES.values(), ids=PROFILES)
def test_every_range_of_the_conditions_is_tested_here(conditions: Conditions) -> None:
    ranges = [name for name in conditions.__struct_fields__ if isinstance(getattr(conditions, name), tuple)]
    assert sorted(ranges) == sorted(RANGES)


@pytest.mark.parametrize("conditions", PROFILES.values(), ids=PROFILES)
def test_every_time_is_a_whole_number(conditions: Conditions) -> None:
    boot = conditions.boot
    ranges = [time_us for field in RANGES for time_us in getattr(conditions, field)]
    single = [conditions.own_decision_us, conditions.visible_after_us, conditions.slice_us, boot.least_us]
    boots = [*boot.mean_us.values(), *boot.deviation_us.values()]
    assert {type(time_us) for time_us in (*ranges, *single, *boots)} == {int}


@pytest.mark.parametrize("conditions", PROFILES.values(), ids=PROFILES)
def test_a_replica_runs_between_two_suspensions_in_some_of_a_thousand_cases(conditions: Conditions) -> None:
    assert 0 < conditions.slice_per_mille < 1_000


def test_every_profile_says_what_it_is() -> None:
    assert list(ABOUT) == list(PROFILES)


def test_processes_of_one_machine_start_together_and_see_each_other_at_once() -> None:
    assert (LOCAL.node_start_us, LOCAL.registered_at_once, LOCAL.visible_after_us) == ((0, 0), True, 0)


def test_nodes_start_apart_and_see_each_other_later() -> None:
    assert DIST.node_start_us[1] > 0
    assert not DIST.registered_at_once
    assert DIST.visible_after_us > 0


def test_more_nodes_take_longer_to_boot() -> None:
    means_us = [DIST.boot.mean_us[participants] for participants in sorted(DIST.boot.mean_us)]
    assert means_us == sorted(means_us)


def test_a_message_between_nodes_takes_longer_than_one_within_a_machine() -> None:
    assert DIST.delay_us[0] > LOCAL.delay_us[1]
