"""One total order for everything that happens: time, then priority, then sequence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulation.kernel import Entry, Kernel
from tests.kernel.programs import LANE, Thing, by_kernel, by_model, programs


@given(programs())
def test_everything_happens_in_the_order_of_time_priority_and_sequence(program: tuple[Thing, ...]) -> None:
    assert by_kernel(program, Kernel()) == by_model(program)


@given(programs(), programs())
def test_a_reset_kernel_behaves_like_a_new_one(first: tuple[Thing, ...], second: tuple[Thing, ...]) -> None:
    used = Kernel()
    by_kernel(first, used)
    used.reset()
    assert by_kernel(second, used) == by_kernel(second, Kernel())


@given(st.lists(st.integers(0, 5)))
def test_simultaneous_entries_keep_the_order_in_which_they_were_scheduled(times_us: list[int]) -> None:
    kernel = Kernel()
    handled: list[Entry] = []
    kernel.lanes[LANE] = handled.append
    pushed = [kernel.push(time_us, LANE) for time_us in times_us]
    kernel.run()
    assert handled == sorted(pushed, key=lambda entry: entry[0])


def test_a_handler_receives_the_very_tuple_that_was_pushed() -> None:
    kernel = Kernel()
    handled: list[Entry] = []
    kernel.lanes[LANE] = handled.append
    pushed = kernel.push(7, LANE, "payload", 8)
    kernel.step()
    assert handled[0] is pushed


def test_an_entry_tells_time_priority_sequence_lane_and_payload() -> None:
    kernel = Kernel()
    kernel.push(1, LANE)
    assert kernel.push(7, LANE, "payload", 8) == (7, 1, 1, LANE, "payload", 8)


def test_the_clock_shows_an_entrys_time_while_it_is_handled() -> None:
    kernel = Kernel()
    shown_us: list[int] = []
    kernel.lanes[LANE] = lambda entry: shown_us.append(kernel.now)
    kernel.push(7, LANE)
    kernel.run()
    assert shown_us == [7]


def test_payloads_are_never_compared() -> None:
    kernel = Kernel()
    handled: list[Entry] = []
    kernel.lanes[LANE] = handled.append
    kernel.push(7, LANE, "text")
    kernel.push(7, LANE, None)
    kernel.run()
    assert [entry[4] for entry in handled] == ["text", None]
