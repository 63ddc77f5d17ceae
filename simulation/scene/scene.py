"""A run as something to look at: lanes, what happened in them, what lasted, what was violated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from simulation.faults import Kill, Restart, Resume, Strike, Suspend, Wipe
from simulation.protocols import find_protocol, reports
from simulation.scene.bands import Band, bands
from simulation.scene.casting import Lane, lanes
from simulation.scene.fates import fates
from simulation.scene.folds import fold
from simulation.scene.numbers import ascending, ballot_of, instance_of
from simulation.scene.words import ballot, short
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CAUSE, CONTENT, ID, KIND, PROCESS, SOURCE, TIME

if TYPE_CHECKING:
    from simulation.run import Run

SHAPES: dict[type, str] = {
    reports.Proposed: "proposal",
    reports.LeaderNamed: "leader",
    reports.BallotStarted: "ballot",
    reports.Promised: "promise",
    reports.Refused: "refusal",
    reports.ValueAsked: "question",
    reports.Accepted: "vote",
    reports.Decided: "decision",
}
"""What a report looks like; every other one is a ``report``."""

_SHAPES_OF_FAULTS: dict[type, str] = {
    Kill: "kill",
    Wipe: "kill",
    Restart: "restart",
    Suspend: "pause",
    Resume: "pause",
}


class Sight(Struct, frozen=True, gc=False):
    """One event as it is seen. ``place`` is its number in the trace, ``id`` that in the record.

    It happens in the lane ``lane`` (a process; -1 is the coordinator and the world). A message comes
    from ``source``, sent at the place ``cause`` (-1: not known), and its ``fate`` is one of
    ``fates.FATES``; for what is no message, ``fate`` is empty. ``ballot`` counts into ``Scene.ballots``
    (-1: it has none). ``fold`` is one of ``folds.FOLDS``, or empty for what is always shown.
    """

    place: int
    id: int
    time_us: int
    kind: Kind
    lane: int
    source: int
    cause: int
    what: str
    shape: str
    text: str
    fate: str
    fold: str
    ballot: int
    instance: int | None


class Scene:
    """What is to be seen of a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.places: Places = run.places
        self.records: Sequence[Record] = run.trace.records
        self.lanes: tuple[Lane, ...] = lanes(run.plan)
        self.steps = find_protocol(run.plan.protocol).steps
        self.bands: list[Band] = bands(self.records, self.places)
        self.place_of = {record[ID]: place for place, record in enumerate(self.records)}
        """Where in the trace a record of this id stands."""

    @cached_property
    def ballots(self) -> tuple[Any, ...]:
        """The ballots that anything speaks of, ascending."""
        return ascending(ballot_of(record[CONTENT]) for record in self.records)

    def ballot_names(self) -> list[str]:
        """``ballots`` as they are shown."""
        return [ballot(number, self.places) for number in self.ballots]

    @cached_property
    def sights(self) -> list[Sight]:
        """Every event of the trace, in its order."""
        order = {number: rank for rank, number in enumerate(self.ballots)}
        fate_of = fates(self.records)
        return [
            self._sight(place, record, fate_of[place], order) for place, record in enumerate(self.records)
        ]

    @property
    def evidence(self) -> dict[int, list[str]]:
        """The places that prove violations, each with the names of the violated checks."""
        found: dict[int, list[str]] = {}
        for violation in self.run.violations:
            for number in violation.events:
                if number in self.place_of:
                    found.setdefault(self.place_of[number], []).append(violation.check)
        return dict(sorted(found.items()))

    def _sight(self, place: int, record: Record, fate: str, order: dict[Any, int]) -> Sight:
        content = record[CONTENT]
        number = ballot_of(content)
        return Sight(
            place=place,
            id=record[ID],
            time_us=record[TIME],
            kind=Kind(record[KIND]),
            lane=_lane(record, self.places),
            source=self.places.process(record[SOURCE]),
            cause=self.place_of.get(record[CAUSE], -1),
            what=type(content).__name__,
            shape=_shape(record),
            text=short(record, self.places),
            fate=fate,
            fold=fold(record, self.places, self.steps),
            ballot=-1 if number is None else order[number],
            instance=instance_of(content),
        )


def _lane(record: Record, places: Places) -> int:
    content = record[CONTENT]
    if isinstance(content, Strike):
        return content.process
    return places.process(record[PROCESS])


def _shape(record: Record) -> str:
    kind, content = record[KIND], record[CONTENT]
    if kind == Kind.REPORT:
        return SHAPES.get(type(content), "report")
    if kind == Kind.STRIKE:
        return _SHAPES_OF_FAULTS.get(type(content.fault), "fault") if isinstance(content, Strike) else "fault"
    return Kind(kind).name.lower()
