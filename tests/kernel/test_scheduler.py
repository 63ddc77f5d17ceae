"""Running, ending, emptying and withdrawing."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st
from simpy.core import EmptySchedule

from simulation.errors import HarnessError
from simulation.kernel import Ending, Entry, Kernel
from tests.kernel.programs import LANE


def idle_kernel() -> Kernel:
    """A kernel whose lane ignores what it gets."""
    kernel = Kernel()
    kernel.lanes[LANE] = lambda entry: None
    return kernel


def test_a_run_ends_when_what_it_waits_for_has_happened() -> None:
    kernel = idle_kernel()
    kernel.push(20, LANE)
    assert kernel.run_until(kernel.timeout(10), most_steps=100) is Ending.FINISHED


def test_what_comes_after_the_end_has_not_happened() -> None:
    kernel = idle_kernel()
    later = kernel.push(20, LANE)
    kernel.run_until(kernel.timeout(10), most_steps=100)
    assert (kernel.now, later in kernel.queue) == (10, True)


def test_a_run_waits_for_a_process_to_return() -> None:
    kernel = idle_kernel()

    def nap() -> Generator[simpy.Event, Any, None]:
        yield kernel.sleep(10)

    kernel.run_until(kernel.process(nap()), most_steps=100)
    assert kernel.now == 10


def test_a_run_for_what_has_happened_already_does_no_step() -> None:
    kernel = idle_kernel()
    past = kernel.timeout(10)
    kernel.run()
    kernel.push(20, LANE)
    assert (kernel.run_until(past, most_steps=100), kernel.now) == (Ending.FINISHED, 10)


def test_a_run_is_dry_when_nothing_is_left_to_happen() -> None:
    kernel = idle_kernel()
    kernel.push(20, LANE)
    assert kernel.run_until(kernel.event(), most_steps=100) is Ending.DRY


def test_a_run_is_cut_when_its_steps_are_used_up() -> None:
    kernel = idle_kernel()
    for time_us in range(5):
        kernel.push(time_us, LANE)
    assert (kernel.run_until(kernel.event(), most_steps=3), len(kernel.queue)) == (Ending.CUT, 2)


def test_a_run_that_finishes_with_its_last_step_is_finished() -> None:
    kernel = idle_kernel()
    kernel.push(5, LANE)
    assert kernel.run_until(kernel.timeout(10), most_steps=2) is Ending.FINISHED


def test_a_cut_run_can_be_carried_on() -> None:
    kernel = idle_kernel()
    for time_us in range(5):
        kernel.push(time_us, LANE)
    finished = kernel.timeout(10)
    kernel.run_until(finished, most_steps=3)
    assert (kernel.run_until(finished, most_steps=100), kernel.now) == (Ending.FINISHED, 10)


def test_a_step_without_anything_to_do_is_an_empty_schedule() -> None:
    with pytest.raises(EmptySchedule):
        Kernel().step()


def test_a_reset_kernel_has_an_empty_queue_at_time_and_sequence_zero() -> None:
    kernel = idle_kernel()
    kernel.push(5, LANE)
    kernel.run()
    kernel.push(20, LANE)
    kernel.reset()
    assert (kernel.queue, kernel.now, kernel.sequence()) == ([], 0, 0)


def test_a_reset_kernel_keeps_its_lanes() -> None:
    kernel = Kernel()
    handled: list[Entry] = []
    kernel.lanes[LANE] = handled.append
    kernel.reset()
    pushed = kernel.push(5, LANE)
    kernel.run()
    assert handled == [pushed]


def test_simpy_and_the_lanes_draw_from_one_sequence() -> None:
    kernel = idle_kernel()
    kernel.push(5, LANE)
    kernel.timeout(5)
    assert kernel.sequence() == 2


@given(st.lists(st.integers(0, 5)), st.sets(st.integers(0, 20)))
def test_what_is_withdrawn_does_not_happen_and_the_rest_keeps_its_order(
    times_us: list[int], withdrawn: set[int]
) -> None:
    kernel = Kernel()
    handled: list[Entry] = []
    kernel.lanes[LANE] = handled.append
    pushed = [kernel.push(time_us, LANE) for time_us in times_us]
    kernel.withdraw(withdrawn)
    kernel.run()
    assert handled == sorted(entry for entry in pushed if entry[2] not in withdrawn)


def test_a_handler_may_withdraw_what_has_not_happened_yet() -> None:
    kernel = Kernel()
    handled: list[Entry] = []

    def withdraw_the_last(entry: Entry) -> None:
        handled.append(entry)
        kernel.withdraw([last[2]])

    kernel.lanes[LANE] = withdraw_the_last
    first, last = kernel.push(5, LANE), kernel.push(6, LANE)
    kernel.run_until(kernel.timeout(10), most_steps=100)
    assert handled == [first]


def test_an_entry_for_a_lane_that_nobody_owns_is_a_harness_error() -> None:
    kernel = Kernel()
    kernel.push(5, 9, "lost")
    with pytest.raises(HarnessError, match="nobody owns lane 9"):
        kernel.run()
