"""What SimPy documents works on the kernel as it does on SimPy's own environment."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
import simpy

from simulation.kernel import Kernel

Process = Generator[simpy.Event, Any, None]


def test_a_resource_serves_in_the_order_of_the_requests() -> None:
    kernel = Kernel()
    desk = simpy.Resource(kernel, capacity=1)
    served: list[tuple[str, int]] = []

    def customer(name: str) -> Process:
        with desk.request() as turn:
            yield turn
            served.append((name, kernel.now))
            yield kernel.timeout(10)

    for name in ("first", "second", "third"):
        kernel.process(customer(name))
    kernel.run()
    assert served == [("first", 0), ("second", 10), ("third", 20)]


def test_a_store_hands_over_what_was_put_into_it() -> None:
    kernel = Kernel()
    store = simpy.Store(kernel)
    got: list[tuple[str, int]] = []

    def consumer() -> Process:
        got.append(((yield store.get()), kernel.now))

    def producer() -> Process:
        yield kernel.sleep(10)
        yield store.put("bread")

    kernel.process(consumer())
    kernel.process(producer())
    kernel.run()
    assert got == [("bread", 10)]


def test_any_of_happens_with_the_first_of_a_sleep_and_a_timeout() -> None:
    kernel = Kernel()
    woken_us: list[int] = []

    def sleeper() -> Process:
        yield kernel.sleep(10) | kernel.timeout(20)
        woken_us.append(kernel.now)

    kernel.process(sleeper())
    kernel.run()
    assert woken_us == [10]


def test_all_of_happens_with_the_last_of_a_sleep_and_a_timeout() -> None:
    kernel = Kernel()
    woken_us: list[int] = []

    def sleeper() -> Process:
        yield kernel.sleep(10) & kernel.timeout(20)
        woken_us.append(kernel.now)

    kernel.process(sleeper())
    kernel.run()
    assert woken_us == [20]


def test_a_sleeping_process_can_be_interrupted() -> None:
    kernel = Kernel()
    told: list[tuple[int, Any]] = []

    def sleeper() -> Process:
        try:
            yield kernel.sleep(1_000)
        except simpy.Interrupt as interrupt:
            told.append((kernel.now, interrupt.cause))

    def waker(victim: simpy.Process) -> Process:
        yield kernel.timeout(10)
        victim.interrupt("fire alarm")

    kernel.process(waker(kernel.process(sleeper())))
    kernel.run()
    assert told == [(10, "fire alarm")]


def test_an_interrupted_sleep_wakes_nobody_when_its_time_comes() -> None:
    kernel = Kernel()
    woken_us: list[int] = []

    def sleeper() -> Process:
        try:
            yield kernel.sleep(20)
        except simpy.Interrupt:
            yield kernel.sleep(100)
        woken_us.append(kernel.now)

    def waker(victim: simpy.Process) -> Process:
        yield kernel.timeout(10)
        victim.interrupt()

    kernel.process(waker(kernel.process(sleeper())))
    kernel.run()
    assert woken_us == [110]


def test_a_process_returns_its_value_to_who_waits_for_it() -> None:
    kernel = Kernel()

    def child() -> Generator[simpy.Event, Any, str]:
        yield kernel.timeout(10)
        return "grown"

    assert kernel.run(until=kernel.process(child())) == "grown"


def test_a_failure_in_a_process_is_raised_where_the_kernel_runs() -> None:
    kernel = Kernel()

    def failing() -> Process:
        yield kernel.timeout(10)
        raise LookupError("lost")

    kernel.process(failing())
    with pytest.raises(LookupError, match="lost"):
        kernel.run()


def test_a_run_until_a_time_stops_before_what_happens_then() -> None:
    kernel = Kernel()
    woken_us: list[int] = []

    def sleeper() -> Process:
        for _ in range(3):
            yield kernel.sleep(10)
            woken_us.append(kernel.now)

    kernel.process(sleeper())
    kernel.run(until=20)
    assert woken_us == [10]


def test_peek_tells_the_time_of_a_lane_entry() -> None:
    kernel = Kernel()
    kernel.push(7, 0)
    assert kernel.peek() == 7
