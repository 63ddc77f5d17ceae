"""Every form is read as it is printed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation
from simulation.network import PROFILES
from simulation.protocols.reports import Report
from simulation.seedlog.fields import SPELLINGS
from simulation.seedlog.forms import FORMS, Form, form_of
from simulation.seedlog.lines import read_line
from simulation.trace import Kind
from simulation.trace.record import CONTENT, KIND, PROCESS
from tests.golden.table import FAMILY
from tests.seedlog.samples import (
    FIELDS,
    PROCESSES,
    as_told,
    lines_of,
    printed,
    reports_of,
    simulated,
)

SEEDS = (0, 1, 7)

EVERY_FORM = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.template)
EVERY_SCENARIO = pytest.mark.parametrize("scenario", FAMILY)
EVERY_PROFILE = pytest.mark.parametrize("profile", sorted(PROFILES))

NO_LINES = {
    "nothing": "",
    "a name alone": "p1",
    "a process that no log names": "p0 accepted 1 1",
    "a name with a nought in front": "p01 accepted 1 1",
    "half a line": "p1 accepted 1",
    "a line and more": "p1 accepted 1 1 1",
    "a line with a space before it": " p1 accepted 1 1",
    "a line with a space behind it": "p1 accepted 1 1 ",
    "a line with a newline": "p1 accepted 1 1\n",
    "two spaces for one": "p1  accepted 1 1",
    "another case": "P1 Accepted 1 1",
    "a negative value": "p1 decided 1 {:val, -5}",
    "a value that is no number": "p1 decided 1 {:val, ten}",
    "a number beyond all measure": "p1 accepted 1 " + 19 * "1",
    "a name without its colon": "p1: started with [p1]",
    "an action without its colon": "p1 - Propose 1 with action kill",
    "a flag that is neither": "p1 3 1 maybe",
    "results without spaces": "[val: 1,val: 2]",
}

NOT_AS_PRINTED = {
    "a value with a nought in front": "p1 decided 1 {:val, 0205}",
    "an instance with a nought in front": "p1 decided 01 {:val, 205}",
    "a count with a nought in front": "p1 03 1 false",
    "digits of another script": "p1 decided 1 {:val, \u0662\u0660\u0665}",
    "a name in digits of another script": "p1\u0662 accepted 1 1",
}


def printing(run: simulation.Run) -> Iterator[tuple[int, Report]]:
    """Who said what in a run, of all that has a line."""
    for record in run.trace.records:
        if record[KIND] == Kind.REPORT and (form := form_of(record[CONTENT])):
            yield run.places.process(record[PROCESS]) if form.named else -1, record[CONTENT]


def test_every_spelling_is_tried_here() -> None:
    assert FIELDS.keys() == SPELLINGS.keys()


@EVERY_FORM
@settings(max_examples=25)
@given(data=st.data())
def test_reading_gives_what_was_printed(form: Form, data: st.DataObject) -> None:
    said, process = data.draw(reports_of(form)), data.draw(PROCESSES)
    assert read_line(printed(process, said)) == (process if form.named else -1, as_told(said))


@EVERY_FORM
@settings(max_examples=10)
@given(data=st.data())
def test_a_line_has_one_form_only(form: Form, data: st.DataObject) -> None:
    line = printed(data.draw(PROCESSES), data.draw(reports_of(form)))
    assert [other.template for other in FORMS if other.read(line)] == [form.template]


@pytest.mark.parametrize("text", NO_LINES.values(), ids=NO_LINES)
def test_anything_else_is_no_line(text: str) -> None:
    assert read_line(text) is None


@pytest.mark.parametrize("text", NOT_AS_PRINTED.values(), ids=NOT_AS_PRINTED)
def test_what_would_be_printed_otherwise_is_no_line(text: str) -> None:
    assert read_line(text) is None


@EVERY_SCENARIO
@EVERY_PROFILE
def test_lines_of_a_simulated_run_are_read_as_what_was_said(scenario: str, profile: str) -> None:
    loaded = simulation.load(scenario, profile=profile)
    for seed in SEEDS:
        run = simulation.run(loaded, seed=seed)
        read = [read_line(line) for line in run.log().split("\n")]
        assert read == [(process, as_told(said)) for process, said in printing(run)]


@EVERY_SCENARIO
@EVERY_PROFILE
def test_lines_of_a_simulated_run_are_printed_again_as_they_were(scenario: str, profile: str) -> None:
    for seed in SEEDS:
        for text in simulated(scenario, profile, seed).split("\n"):
            process, said = read_line(text) or pytest.fail(f"cannot be read: {text}")
            assert printed(process, said) == text


def test_every_line_of_the_seed_log_is_read(seed_text: str) -> None:
    assert [line for line in lines_of(seed_text) if line.said is None] == []


def test_lines_of_the_seed_log_are_printed_again_as_they_are(seed_text: str) -> None:
    again = [printed(line.process, line.said) for line in lines_of(seed_text) if line.said]
    assert " ".join(again) == " ".join(seed_text.split())
