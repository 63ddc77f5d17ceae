"""A reader of the Trace Event Format that does with slices and flows what Perfetto does.

Events are taken by time, and in the order of the file where times are equal. A flow belongs to
the slice that was begun last on its thread, or, where its end does not say that it wants that
one, to the next. A slice that begins inside of another and ends after it is dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

Event = dict[str, Any]
Thread = tuple[int, int]


class Imported:
    """What became of the events of a file."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.events: list[Event] = json.loads("\n".join(lines))["traceEvents"]
        self.slices: list[Event] = []
        self.dropped: list[Event] = []
        self.flows: list[tuple[Event, Event]] = []
        self._open: dict[Thread, list[Event]] = {}
        self._begun: dict[tuple[str, str, int], Event] = {}
        self._awaiting: dict[Thread, list[Event]] = {}
        timed = [event for event in self.events if event["ph"] != "M"]
        for event in sorted(timed, key=lambda event: event["ts"]):
            match event["ph"]:
                case "X":
                    self._begin(event)
                case "s":
                    self._begun[_flow(event)] = self._last(event)
                case "f" if event.get("bp") == "e":
                    self.flows.append((self._begun.pop(_flow(event)), self._last(event)))
                case "f":
                    self._awaiting.setdefault(_thread(event), []).append(event)

    def of(self, phase: str, category: str) -> list[Event]:
        """The events of a phase and a category, in the order of the file."""
        return [event for event in self.events if event["ph"] == phase and event["cat"] == category]

    def thread(self, event: Event) -> str:
        """The names of the process and the thread of an event."""
        return f"{self._name('process', 'pid', event)}.{self._name('thread', 'tid', event)}"

    @property
    def unfinished(self) -> list[Event]:
        """The slices that flows begin at which end nowhere."""
        return list(self._begun.values())

    def _begin(self, event: Event) -> None:
        stack = self._open.setdefault(_thread(event), [])
        while stack and _is_over(stack[-1], event):
            stack.pop()
        if stack and event["ts"] + event["dur"] > stack[-1]["ts"] + stack[-1]["dur"]:
            self.dropped.append(event)
            return
        stack.append(event)
        self.slices.append(event)
        for flow in self._awaiting.pop(_thread(event), ()):
            self.flows.append((self._begun.pop(_flow(flow)), event))

    def _last(self, event: Event) -> Event:
        return self._open[_thread(event)][-1]

    def _name(self, what: str, key: str, event: Event) -> str:
        (name,) = [
            each["args"]["name"]
            for each in self.events
            if each["name"] == f"{what}_name" and each[key] == event[key]
        ]
        return str(name)


def _thread(event: Event) -> Thread:
    return event["pid"], event["tid"]


def _flow(event: Event) -> tuple[str, str, int]:
    return event["cat"], event["name"], event["id"]


def _is_over(earlier: Event, later: Event) -> bool:
    """Whether a slice has ended when another begins; two that take no time at one moment are stacked."""
    end_us = earlier["ts"] + earlier["dur"]
    both_take_no_time = earlier["dur"] == later["dur"] == 0
    return bool(end_us < later["ts"] or (end_us == later["ts"] and not both_take_no_time))
