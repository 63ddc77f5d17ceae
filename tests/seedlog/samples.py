"""Reports, lines and logs to read, made by hand, by hypothesis and by simulation."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from functools import lru_cache

from hypothesis import strategies as st
from msgspec import structs

import simulation
from simulation.protocols.reports import Report
from simulation.seedlog.forms import FORMS, Form, form_of
from simulation.seedlog.lines import Line, cut
from simulation.seedlog.runs import LoggedRun, split
from simulation.units import SECOND

NAMES = [f"p{number}" for number in range(1, 1001)]

PROCESSES = st.integers(0, len(NAMES) - 1)
NUMBERS = st.integers(0, 10**18 - 1)
WORDS = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=12)

FIELDS: dict[str, st.SearchStrategy[object]] = {
    "name": PROCESSES,
    "names": st.lists(PROCESSES, max_size=12).map(tuple),
    "number": NUMBERS,
    "or nil": st.none() | NUMBERS,
    "value": st.none() | NUMBERS,
    "flag": st.booleans(),
    "action": st.none() | WORDS,
    "seconds": st.integers(0, 1000).map(lambda seconds: seconds * SECOND),
    "results": st.lists(st.none() | NUMBERS, max_size=12).map(tuple),
}
"""Values for each spelling."""

_PLACEHOLDER = re.compile(r"\{(\w+)(?::([\w ]+))?\}")


def shown_fields(form: Form) -> dict[str, st.SearchStrategy[object]]:
    """Values for each field that a form shows."""
    found = _PLACEHOLDER.findall(form.template)
    return {field: FIELDS[spelling or "name"] for field, spelling in found if field != "me"}


def hidden_fields(form: Form) -> list[str]:
    """The fields of a form's report that its lines do not tell."""
    return [name for name in form.report.__struct_fields__ if name not in {*form.shown, *form.where}]


def reports_of(form: Form) -> st.SearchStrategy[Report]:
    """Everything that is printed in this form."""
    hidden = dict.fromkeys(hidden_fields(form), NUMBERS)
    fixed = {field: st.just(value) for field, value in form.where.items()}
    made = st.builds(form.report, **{**hidden, **shown_fields(form), **fixed})
    return made.filter(lambda said: form_of(said) is form)


def as_told(said: Report) -> Report:
    """A report as its line tells it: without what the line does not show."""
    form = form_of(said)
    assert form is not None
    return structs.replace(said, **dict.fromkeys(hidden_fields(form)))


def printed(process: int, said: Report) -> str:
    """The line that a process prints for a report."""
    form = form_of(said)
    assert form is not None
    return form.show(NAMES[process], said, NAMES)


LINES = st.one_of([st.builds(printed, PROCESSES, reports_of(form)) for form in FORMS])
"""Lines of every form."""

GARBAGE = st.sampled_from(["oops", "p1 accepted", "** (EXIT) killed", "Starting paxos for", "é", "[val: ,"])
"""What no log of the real system has a line of."""


@lru_cache(maxsize=64)
def simulated(scenario: str, profile: str, seed: int) -> str:
    """The log of one simulated run."""
    return simulation.run(simulation.load(scenario, profile=profile), seed=seed).log()


def lines_of(*pieces: str) -> list[Line]:
    """The lines of a log that comes in these pieces."""
    return list(cut(pieces))


def runs_of(lines: Iterable[str]) -> list[LoggedRun]:
    """The runs of a log with these lines."""
    return list(split(cut(["\n".join(lines)])))


def run_of(*lines: str) -> LoggedRun:
    """The one run that has these lines."""
    (run,) = runs_of(lines)
    return run


def starting(*processes: int) -> list[str]:
    """The lines of processes that start: ``starting(1)`` is that of ``p1``."""
    return [f"Starting paxos for p{process}" for process in processes]


def started(*processes: int) -> list[str]:
    """The lines of scripts that begin."""
    return [f":p{process}: started" for process in processes]
