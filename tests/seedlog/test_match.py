"""A report is compared with a line by what the line shows, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from simulation.harness.reports import Collected, WaitEnded
from simulation.protocols.paxos.reports import BallotReset, DyingUndecided, InstanceCreated
from simulation.protocols.reports import Accepted, Decided, Promised, PromiseHeard, Refused
from simulation.seedlog.forms import FORMS, Form, form_of
from simulation.seedlog.match import tells
from tests.seedlog.samples import NUMBERS, as_told, hidden_fields, reports_of, shown_fields

UNKNOWN = -1
OTHER = -2

NO_DECISION = next(form for form in FORMS if form.report is WaitEnded and form.where)

EVERY_FORM = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.template)

SHOWN = [(form, field) for form in FORMS for field in form.shown if form is not NO_DECISION]
HIDDEN = [(form, field) for form in FORMS for field in hidden_fields(form)]


def shown(value: object) -> str:
    return value.template if isinstance(value, Form) else str(value)


@EVERY_FORM
@settings(max_examples=10)
@given(data=st.data())
def test_a_line_tells_the_report_that_it_is_the_print_of(form: Form, data: st.DataObject) -> None:
    report = data.draw(reports_of(form))
    assert tells(as_told(report), report, {})


@pytest.mark.parametrize(("form", "field"), SHOWN, ids=shown)
@settings(max_examples=10)
@given(data=st.data())
def test_a_line_tells_no_report_with_another(form: Form, field: str, data: st.DataObject) -> None:
    report = data.draw(reports_of(form))
    other = structs.replace(report, **{field: data.draw(shown_fields(form)[field])})
    assume(getattr(other, field) != getattr(report, field))
    assert not tells(as_told(report), other, {})


@pytest.mark.parametrize(("form", "field"), HIDDEN, ids=shown)
@settings(max_examples=10)
@given(data=st.data())
def test_a_line_tells_a_report_whatever_is_its(form: Form, field: str, data: st.DataObject) -> None:
    report = data.draw(reports_of(form))
    assert tells(as_told(report), structs.replace(report, **{field: data.draw(NUMBERS)}), {})


def test_how_long_nobody_decided_is_not_compared() -> None:
    assert tells(as_told(WaitEnded(1, None, 10_000_000)), WaitEnded(1, None, 3_000_000), {})


def test_reports_with_the_same_fields_are_not_the_same() -> None:
    assert not tells(as_told(InstanceCreated(1)), BallotReset(1), {})


@pytest.mark.parametrize("report", [Promised(1, 1, None, None), Refused(1, 1, 2)])
def test_what_is_not_printed_is_told_by_no_line(report: Promised | Refused) -> None:
    assert form_of(report) is None
    assert not tells(Decided(1, 205), report, {})


def test_a_line_tells_an_unknown_value() -> None:
    bindings: dict[int, int] = {}
    assert tells(Decided(1, 205), Decided(1, UNKNOWN), bindings)
    assert bindings == {UNKNOWN: 205}


def test_a_value_that_was_told_has_to_be_the_same_in_other_lines() -> None:
    bindings: dict[int, int] = {}
    tells(Accepted(1, 1, 205), Accepted(1, 1, UNKNOWN), bindings)
    assert not tells(Decided(1, 206), Decided(1, UNKNOWN), bindings)


def test_a_value_that_was_told_may_be_told_again() -> None:
    bindings: dict[int, int] = {}
    tells(Accepted(1, 1, 205), Accepted(1, 1, UNKNOWN), bindings)
    assert tells(DyingUndecided(1, 205), DyingUndecided(1, UNKNOWN), bindings)


def test_a_value_that_is_told_otherwise_stays_what_it_was() -> None:
    bindings = {UNKNOWN: 205}
    tells(Decided(1, 206), Decided(1, UNKNOWN), bindings)
    assert bindings == {UNKNOWN: 205}


def test_two_unknown_values_are_bound_apart() -> None:
    bindings = {UNKNOWN: 205}
    assert tells(Decided(1, 206), Decided(1, OTHER), bindings)
    assert bindings == {UNKNOWN: 205, OTHER: 206}


def test_nil_is_no_unknown_value() -> None:
    said = as_told(PromiseHeard(1, 2, None, None, 0))
    assert not tells(said, PromiseHeard(1, 2, None, UNKNOWN, 0), {})


def test_an_unknown_value_is_not_bound_by_a_line_that_differs_elsewhere() -> None:
    bindings: dict[int, int] = {}
    tells(Decided(2, 205), Decided(1, UNKNOWN), bindings)
    assert bindings == {}


def test_a_known_value_binds_nothing() -> None:
    bindings: dict[int, int] = {}
    tells(Decided(1, 205), Decided(1, 205), bindings)
    assert bindings == {}


def test_results_are_compared_one_by_one() -> None:
    assert not tells(Collected((205, None)), Collected((None, 205)), {})
