"""What came of a sweep: counts, failures by cause, a frame, SQL. Read from the parts when asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, to_builtins

from simulation import scenario as scenarios
from simulation.errors import InputError
from simulation.report.command import run_command
from simulation.report.sweep import html, one_line
from simulation.run import Run, Runner
from simulation.sweep.cells import Key
from simulation.sweep.folder import Manifest, Swept
from simulation.sweep.ledger import ORDER, Ledger
from simulation.sweep.records import record_path

MOST_FAILURES = 10_000
"""So many failures are listed one by one; causes and SQL tell of all."""


class Failure(Struct, frozen=True):
    """A run that violated a property. ``record`` is the path of its trace, where there is one."""

    scenario: str
    overrides: str
    seed: int
    check: str
    message: str
    cause: str
    events: int
    record: str | None
    command: str
    swept: Swept

    def run(self) -> Run:
        """The run once more, with its trace."""
        swept = self.swept
        parsed = scenarios.parse(
            swept.text, name=swept.scenario, source=swept.source, overrides=swept.settings
        )
        return Runner(parsed).run(self.seed)

    def as_json(self) -> dict[str, Any]:
        """The failure as a JSON object."""
        names = ("scenario", "overrides", "seed", "check", "message", "cause", "record", "command")
        return {name: getattr(self, name) for name in names}

    def __repr__(self) -> str:
        return f"{self.scenario} · seed {self.seed} · {self.check}: {self.message} · {self.command}"

    def _repr_html_(self) -> str:
        return self.run()._repr_html_()


class Group(Struct, frozen=True):
    """Runs of a protocol that did not pass for one ``cause``: how many, the first, and the shortest."""

    protocol: str
    check: str
    cause: str
    verdict: str
    runs: int
    first_scenario: str
    first_overrides: str
    first_seed: int
    message: str
    """What the first of them says."""
    shortest_events: int
    shortest_seed: int
    command: str


class Summary(Struct, frozen=True):
    """One cell in numbers. Times of decisions in virtual microseconds, None where nobody decided."""

    scenario: str
    overrides: str
    profile: str
    runs: int
    passed: int
    failed: int
    unknown: int
    decision_p50_us: float | None
    decision_p95_us: float | None
    decision_p99_us: float | None
    messages: float
    ballots: float


class Sweep:
    """The runs of a sweep that are there. ``len()`` counts them; iterating gives them row by row."""

    def __init__(
        self,
        ledger: Ledger,
        manifest: Manifest,
        *,
        total: int | None = None,
        ran: int = 0,
        seconds: float = 0.0,
        stopped: str = "",
        watched: int = 0,
        keeps: bool = True,
    ) -> None:
        self._ledger = ledger
        self._swept = {(swept.scenario, swept.overrides): swept for swept in manifest.cells}
        self._keeps = keeps
        self.total = total
        """How many runs were asked for; None where a folder was only read."""
        self.ran = ran
        """How many of them were done this time."""
        self.seconds = seconds
        """How long that took."""
        self.stopped = stopped
        """Why not all were done: a limit, or ``interrupted``; empty otherwise."""
        self.watched = watched
        """How many runs were done twice, with the same result."""

    @cached_property
    def summaries(self) -> list[Summary]:
        """A summary of every cell that has runs, in key order, numbers in theirs: 3 comes before 11."""
        found = [Summary(*row) for row in self._ledger.fetch(_SUMMARIES)]
        return sorted(found, key=lambda each: (_natural(each.scenario), _natural(each.overrides)))

    @property
    def runs(self) -> int:
        """How many runs are there."""
        return sum(each.runs for each in self.summaries)

    @property
    def passed(self) -> int:
        """How many of them passed."""
        return sum(each.passed for each in self.summaries)

    @property
    def failed(self) -> int:
        """How many of them violated a property."""
        return sum(each.failed for each in self.summaries)

    @property
    def unknown(self) -> int:
        """How many of them could not be judged."""
        return sum(each.unknown for each in self.summaries)

    @property
    def verdict(self) -> str:
        """``"fail"`` if a run failed, else ``"unknown"`` if one is, or none was done, else ``"pass"``."""
        if self.failed:
            return "fail"
        return "pass" if self.passed and not self.unknown else "unknown"

    @cached_property
    def digest(self) -> str:
        """The certificate of all runs that are there: the same however they were done."""
        return self._ledger.digest()

    @property
    def runs_per_second(self) -> float:
        """How many runs a second were done this time."""
        return self.ran / self.seconds if self.seconds else 0.0

    @property
    def out(self) -> str | None:
        """The folder that keeps the results, or None where they go with this process."""
        return str(self._ledger.folder.path) if self._keeps else None

    @cached_property
    def failures(self) -> Sequence[Failure]:
        """The runs that violated a property, in key order; the first ten thousand."""
        return [self._failure(*row) for row in self._ledger.fetch(f"{_FAILURES} LIMIT {MOST_FAILURES}")]

    @cached_property
    def causes(self) -> Sequence[Group]:
        """What did not pass, by cause: violations first, then by how many runs share it."""
        return [self._group(*row) for row in self._ledger.fetch(_CAUSES)]

    def query(self, sql: str) -> Any:
        """What ``sql`` gives, a DuckDB relation; the rows are called ``runs``. Raises ``InputError``."""
        return self._ledger.query(sql)

    def frame(self) -> Any:
        """One row a run, as a pandas DataFrame indexed by scenario, profile and seed."""
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise InputError(
                "a frame needs pandas: pip install 'simulation[notebook]', or pip install pandas"
            ) from error
        frame = self.query(f"SELECT * FROM runs ORDER BY {ORDER}").df()
        return frame.set_index(["scenario", "profile", "seed"])

    def as_json(self) -> dict[str, Any]:
        """The sweep as one JSON object."""
        return {
            "runs": self.runs,
            "total": self.total,
            "passed": self.passed,
            "failed": self.failed,
            "unknown": self.unknown,
            "failures": [failure.as_json() for failure in self.failures],
            "causes": to_builtins(self.causes),
            "cells": to_builtins(self.summaries),
            "watched": self.watched,
            "stopped": self.stopped,
            "out": self.out,
            "seconds": self.seconds,
            "runs_per_second": self.runs_per_second,
            "digest": self.digest,
        }

    def __len__(self) -> int:
        return self.runs

    def __iter__(self) -> Any:
        with self._ledger.opened() as duckdb:
            cursor = duckdb.execute(f"SELECT * FROM runs ORDER BY {ORDER}")
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(1_000):
                for row in rows:
                    yield dict(zip(names, row, strict=True))

    def __repr__(self) -> str:
        return one_line(self)

    def _repr_html_(self) -> str:
        return html(self)

    def _failure(self, scenario: str, overrides: str, seed: int, *told: Any) -> Failure:
        key = scenario, overrides
        path = record_path(self._ledger.folder, list(self._swept), key, seed)
        record = str(path) if self.out and path.exists() else None
        check, message, cause, events = told
        return Failure(
            scenario,
            overrides,
            seed,
            check,
            message,
            cause,
            events,
            record,
            self._command(key, seed),
            self._swept[key],
        )

    def _group(self, *told: Any) -> Group:
        *words, scenario, overrides, seed = told
        return Group(*(*words, seed, self._command((scenario, overrides), seed)))

    def _command(self, key: Key, seed: int) -> str:
        swept = self._swept[key]
        return run_command(swept.scenario, swept.source, swept.text, swept.settings, seed)


def _natural(text: str) -> list[Any]:
    """Between its numbers, which are every other part, a text is compared letter by letter."""
    return [float(part) if place % 2 else part for place, part in enumerate(_NUMBERS.split(text))]


def _firsts(columns: str, order: str) -> str:
    """These columns of the run that comes first in this order."""
    return ", ".join(f"first({name} ORDER BY {order})" for name in columns.split(", "))


_NUMBERS = re.compile(r"(\d+(?:\.\d+)?)")

_SUMMARIES = """
    SELECT scenario, overrides, profile, count(*),
        count(*) FILTER (verdict = 'pass'), count(*) FILTER (verdict = 'fail'),
        count(*) FILTER (verdict = 'unknown'),
        quantile_disc(decision_us, 0.5), quantile_disc(decision_us, 0.95), quantile_disc(decision_us, 0.99),
        avg(messages), avg(ballots)
    FROM runs GROUP BY scenario, overrides, profile ORDER BY scenario, overrides
"""

_FAILURES = f"""
    SELECT scenario, overrides, seed, failed_check, message, cause, events
    FROM runs WHERE verdict = 'fail' ORDER BY {ORDER}
"""

_CAUSES = f"""
    SELECT protocol, any_value(failed_check), cause, verdict, count(*) AS runs,
        {_firsts("scenario, overrides, seed, message", ORDER)},
        {_firsts("events, scenario, overrides, seed", f"events, {ORDER}")}
    FROM runs WHERE verdict != 'pass' GROUP BY protocol, cause, verdict
    ORDER BY verdict, runs DESC, protocol, cause
"""
