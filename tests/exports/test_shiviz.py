"""A log for ShiViz keeps the rules that ShiViz checks, and its clocks are those of the order."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from hypothesis import given, settings

import simulation
from simulation.exports.shiviz import LOST, PARSER, shiviz_lines
from simulation.order import NOWHERE, Order
from simulation.trace import Kind
from tests.order.runs import RUNS, storm

DEFAULT = r"(?<event>.*)\n(?<host>\S*) (?<clock>{.*})"
"""What ShiViz reads a log with that brings no expression."""


class Told(NamedTuple):
    """An event as ShiViz reads it."""

    event: str
    host: str
    clock: dict[str, int]


def read(run: simulation.Run) -> list[Told]:
    """The events of a run's log, read as its first line says."""
    parser, delimiter, *log = shiviz_lines(run)
    assert (parser, delimiter) == (PARSER, "")
    return matches(parser, log)


def matches(parser: str, log: list[str]) -> list[Told]:
    """What an expression finds in a log. JavaScript names groups as Python does, but for a letter."""
    found = re.finditer(parser.replace("(?<", "(?P<").replace("{.*}", r"\{.*\}"), "\n".join(log))
    return [Told(each["event"], each["host"], json.loads(each["clock"])) for each in found]


@settings(max_examples=60)
@given(RUNS)
def test_every_host_counts_its_events_from_one_without_a_gap(run: simulation.Run) -> None:
    counts: dict[str, int] = {}
    for told in read(run):
        counts[told.host] = counts.get(told.host, 0) + 1
        assert told.clock[told.host] == counts[told.host]
    assert sum(counts.values()) == run.events


@settings(max_examples=60)
@given(RUNS)
def test_a_clock_names_only_events_that_are_in_the_log_before_it(run: simulation.Run) -> None:
    counts: dict[str, int] = {}
    for told in read(run):
        counts[told.host] = told.clock[told.host]
        assert [host for host, count in told.clock.items() if not 1 <= count <= counts.get(host, 0)] == []


@settings(max_examples=60)
@given(RUNS)
def test_a_host_forgets_nothing(run: simulation.Run) -> None:
    known: dict[str, dict[str, int]] = {}
    for told in read(run):
        before = known.get(told.host, {})
        assert [host for host, count in before.items() if told.clock.get(host, 0) < count] == []
        known[told.host] = told.clock


@settings(max_examples=60)
@given(RUNS)
def test_clocks_of_processes_are_those_of_the_order(run: simulation.Run) -> None:
    order = Order(run.trace.records, run.places)
    for line, clock, told in zip(order.lines, order.clocks, read(run), strict=True):
        if line != NOWHERE:
            known = {name: count for name, count in zip(order.names, clock, strict=True) if count}
            assert (told.host, told.clock) == (order.names[line], known)


def test_what_is_lost_goes_to_a_host_of_which_nobody_hears() -> None:
    run = storm()
    told = read(run)
    lost = [kind == Kind.LOST for _, _, _, kind, *_ in run.trace]
    assert any(lost)
    assert [each.host == LOST for each in told] == lost
    assert [each for each in told if LOST in each.clock and each.host != LOST] == []


def test_an_event_stands_on_one_line_whatever_a_fault_is_called() -> None:
    about = [told.event for told in read(storm()) if "split" in told.event]
    assert [event.startswith("split in two") for event in about] == [True, True]


def test_the_expression_of_shiviz_itself_reads_the_log_too() -> None:
    run = storm()
    told = matches(DEFAULT, list(shiviz_lines(run)))
    assert [(each.host, each.clock) for each in told] == [(each.host, each.clock) for each in read(run)]
