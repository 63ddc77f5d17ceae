"""Signals: events that happen the moment they are fired."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from simulation.kernel import Kernel
from tests.kernel.programs import LANE


def test_a_fired_signal_resumes_who_waits_before_fire_returns() -> None:
    kernel = Kernel()
    signal = kernel.signal()
    got: list[str] = []

    def waiter() -> Generator[simpy.Event, Any, None]:
        got.append((yield signal))

    kernel.process(waiter())
    kernel.run()
    signal.fire("now")
    assert got == ["now"]


def test_a_signal_resumes_all_who_wait_in_the_order_of_their_coming() -> None:
    kernel = Kernel()
    signal = kernel.signal()
    resumed: list[int] = []

    def waiter(number: int) -> Generator[simpy.Event, Any, None]:
        yield signal
        resumed.append(number)

    for number in range(3):
        kernel.process(waiter(number))
    kernel.run()
    signal.fire()
    assert resumed == [0, 1, 2]


def test_a_signal_fired_by_a_lane_overtakes_what_is_scheduled_for_the_same_time() -> None:
    kernel = Kernel()
    signal = kernel.signal()
    order: list[str] = []

    def waiter() -> Generator[simpy.Event, Any, None]:
        yield signal
        order.append("waiter")

    def on_lane(entry: object) -> None:
        signal.fire()

    kernel.lanes[LANE] = on_lane
    kernel.process(waiter())
    kernel.push(5, LANE)
    kernel.timeout(5).callbacks.append(lambda event: order.append("timeout"))
    kernel.run()
    assert order == ["waiter", "timeout"]


def test_who_waits_for_a_fired_signal_gets_its_value() -> None:
    kernel = Kernel()
    signal = kernel.signal()
    signal.fire("before")
    got: list[str] = []

    def late() -> Generator[simpy.Event, Any, None]:
        got.append((yield signal))

    kernel.process(late())
    kernel.run()
    assert got == ["before"]


def test_a_sleep_ends_after_its_duration() -> None:
    kernel = Kernel()

    def sleeper() -> Generator[simpy.Event, Any, None]:
        yield kernel.sleep(30)
        yield kernel.sleep(12)

    kernel.process(sleeper())
    kernel.run()
    assert kernel.now == 42
