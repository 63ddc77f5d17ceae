"""A run as what the page's program reads: numbers in columns, words once.

Change together with ``model.js``, which reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.page.interned import Interned
from simulation.protocols import find_protocol
from simulation.report.command import called, run_command
from simulation.report.summary import one_line
from simulation.scene import Scene, Sight, memories
from simulation.scene.look import dashes
from simulation.scene.words import sentence
from simulation.seedlog import log_lines
from simulation.trace.record import PROCESS, SOURCE

if TYPE_CHECKING:
    from simulation.run import Run

WHO, FROM, TEXT = "{who}", "{source}", "{text}"
"""What stands in a sentence for who did it, where it came from and what is written at its mark."""


def run_data(run: Run) -> dict[str, Any]:
    """Everything that the page knows of a run, ready for JSON; the same run gives the same."""
    scene = Scene(run)
    return {
        "name": run.scenario.name,
        "about": run.scenario.model.about,
        "line": one_line(run).removeprefix(f"{run.scenario.name} · "),
        "verdict": run.verdict,
        "reasons": _reasons(scene),
        **_repeated(run),
        "lanes": [{"name": lane.name, "role": lane.role} for lane in scene.lanes],
        "addresses": [run.places.name(address) for address in range(run.places.coordinator + 1)],
        "ballots": scene.ballot_names(),
        "dashes": dashes(find_protocol(run.plan.protocol)),
        "events": _events(scene),
        "log": _log(scene),
        "bands": [
            [band.what, band.lanes, band.begin, band.end, band.text, band.others] for band in scene.bands
        ],
        "memories": _memories(run),
    }


def _reasons(scene: Scene) -> list[dict[str, Any]]:
    """Why the verdict is what it is, with the places in the trace that prove it."""
    run, place_of = scene.run, scene.place_of
    violated: list[dict[str, Any]] = [
        {
            "is": "violated",
            "check": violation.check,
            "message": violation.message,
            "places": [place_of[number] for number in violation.events if number in place_of],
        }
        for violation in run.violations
    ]
    unknown = [{"is": "unknown", "check": each.check, "message": each.message} for each in run.unknowns]
    return violated + unknown + [{"is": "warning", "message": each} for each in run.warnings]


def _repeated(run: Run) -> dict[str, str]:
    """The command that repeats the run: from its record, where no seed does or its scenario is in no file."""
    scenario = run.scenario
    known = called(scenario.name, scenario.source, scenario.text) is not None
    if run.scheduled or run.reenacts is not None or not known:
        return {
            "command": "simulation replay RECORD",
            "hint": "RECORD is the file that holds this run",
        }
    command = run_command(scenario.name, scenario.source, scenario.text, scenario.overrides, run.seed)
    return {"command": command, "hint": ""}


def _events(scene: Scene) -> dict[str, Any]:
    """A column for each number of an event. ``kinds`` has what many events have in common."""
    kinds: Interned[tuple[Any, ...]] = Interned()
    fates: Interned[str] = Interned()
    columns: dict[str, list[int]] = {
        name: [] for name in ("time", "id", "lane", "who", "source", "back", "kind", "fate")
    }
    time = number = 0
    for sight, record in zip(scene.sights, scene.records, strict=True):
        row = (
            sight.time_us - time,
            sight.id - number,
            sight.lane,
            record[PROCESS],
            record[SOURCE],
            sight.place - sight.cause if sight.cause >= 0 else 0,
            kinds.number(_kind(sight, sentence(record, scene.places, WHO, FROM))),
            fates.number(sight.fate),
        )
        time, number = sight.time_us, sight.id
        for column, cell in zip(columns.values(), row, strict=True):
            column.append(cell)
    return {**columns, "kinds": kinds.values, "fates": fates.values}


def _kind(sight: Sight, told: str) -> tuple[Any, ...]:
    # Most sentences hold the few words of the mark: they are not written twice.
    told = told.replace(sight.text, TEXT, 1) if sight.text else told
    return (
        sight.kind.name.lower(),
        sight.what,
        sight.shape,
        sight.text,
        told,
        sight.fold,
        sight.ballot,
        sight.instance,
    )


def _log(scene: Scene) -> list[list[Any]]:
    """The real system's lines, each with the place of the event that prints it."""
    return [
        [place, line]
        for place, record in enumerate(scene.records)
        for line in log_lines([record], scene.places)
    ]


def _memories(run: Run) -> dict[str, Any]:
    """``changes`` has a list for each: place, address, and then a path and a value in turn; -1 is gone."""
    paths: Interned[str] = Interned()
    values: Interned[str] = Interned()
    changes = []
    for memory in memories(run):
        change = [memory.place, memory.address]
        for path, text in memory.fields.items():
            change += [paths.number(path), -1 if text is None else values.number(text)]
        changes.append(change)
    return {"paths": paths.values, "values": values.values, "changes": changes}
