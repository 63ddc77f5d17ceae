"""Small programs of things to happen, run by the kernel and by a model that sorts a list.

A ``Thing`` happens ``after_us`` and then schedules its ``then``, in their order. What kind
of entry it is must not matter for when its turn comes, except that SimPy gives urgent
events priority 0 and starts every process by one of those.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Any, NamedTuple

import simpy
from hypothesis import strategies as st
from simpy.events import NORMAL, URGENT

from simulation.kernel import Entry, Kernel

LANE = 3
Happened = list[tuple[int, int]]
"""(time in microseconds, number of the thing), in the order in which things happened."""


class Thing(NamedTuple):
    """One thing to happen: ``kind`` says what kind of entry stands for it in the queue."""

    kind: str
    after_us: int
    number: int
    then: tuple[Thing, ...]


def programs() -> st.SearchStrategy[tuple[Thing, ...]]:
    """Programs of a few things, nested, many of them at the same time."""
    kinds = st.sampled_from(("lane", "timeout", "sleep", "process", "urgent", "succeeded"))
    delays_us = st.integers(0, 3)
    bare = st.builds(Thing, kinds, delays_us, st.just(0), st.just(()))
    nested = st.recursive(
        bare,
        lambda inner: st.builds(Thing, kinds, delays_us, st.just(0), st.lists(inner, max_size=3).map(tuple)),
        max_leaves=12,
    )
    return st.lists(nested, max_size=6).map(lambda things: _numbered(things, iter(range(1_000_000))))


def _numbered(things: Sequence[Thing], numbers: Iterator[int]) -> tuple[Thing, ...]:
    return tuple(
        [thing._replace(number=next(numbers), then=_numbered(thing.then, numbers)) for thing in things]
    )


def by_kernel(program: Sequence[Thing], kernel: Kernel) -> Happened:
    """What happens when the kernel runs the program."""
    happened: Happened = []

    def do(thing: Thing) -> None:
        happened.append((kernel.now, thing.number))
        schedule_all(thing.then)

    def on_lane(entry: Entry) -> None:
        do(entry[4])

    def process(thing: Thing) -> Generator[simpy.Event, Any, None]:
        yield kernel.timeout(thing.after_us)
        do(thing)

    def schedule_all(things: Sequence[Thing]) -> None:
        for thing in things:
            if thing.kind == "lane":
                kernel.push(kernel.now + thing.after_us, LANE, thing)
            elif thing.kind == "process":
                kernel.process(process(thing))
            else:
                _event(kernel, thing).callbacks.append(lambda _, thing=thing: do(thing))

    kernel.lanes[LANE] = on_lane
    schedule_all(program)
    kernel.run()
    return happened


def _event(kernel: Kernel, thing: Thing) -> Any:
    if thing.kind == "timeout":
        return kernel.timeout(thing.after_us)
    if thing.kind == "sleep":
        return kernel.sleep(thing.after_us)
    if thing.kind == "succeeded":
        return kernel.event().succeed()
    urgent = kernel.event()
    urgent._ok, urgent._value = True, None
    kernel.schedule(urgent, priority=URGENT, delay=thing.after_us)
    return urgent


def by_model(program: Sequence[Thing]) -> Happened:
    """What happens when the least (time, priority, sequence) of a plain list is always next."""
    happened: Happened = []
    waiting: list[tuple[int, int, int, Thing]] = []
    sequence = iter(range(1_000_000))

    def schedule(things: Sequence[Thing], now_us: int) -> None:
        for thing in things:
            if thing.kind == "process":
                waiting.append((now_us, URGENT, next(sequence), thing))
            else:
                priority = URGENT if thing.kind == "urgent" else NORMAL
                after_us = 0 if thing.kind == "succeeded" else thing.after_us
                waiting.append((now_us + after_us, priority, next(sequence), thing))

    schedule(program, 0)
    while waiting:
        waiting.sort(key=lambda entry: entry[:3])
        now_us, _, _, thing = waiting.pop(0)
        if thing.kind == "process":
            # It has only been started: now it sets its timeout.
            begun = thing._replace(kind="timeout")
            schedule((begun,), now_us)
        else:
            happened.append((now_us, thing.number))
            schedule(thing.then, now_us)
    return happened
