"""The language of scripts: every step, back and forth, and what is said about a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.harness.steps import Kill, Propose, Repeat, Resume, Sleep, Step, Suspend, Wait
from simulation.scenario.model import Drawn
from simulation.scenario.script import Vocabulary, parse_step
from simulation.scenario.times import Span, whole_units
from simulation.scenario.values import MistakeError
from simulation.scenario.wording import show

ACTIONS = ("kill_before_decision", "increase_ballot_number")
WORDS = Vocabulary(lets=("asked",), actions=ACTIONS, protocol="paxos")
S = 1_000_000

instances = st.integers(1, 1_000_000)
durations = st.integers(1, 3600 * S)


def slept(low: int, high: int, unit: str) -> Sleep:
    span: Span = whole_units(f"{low}..{low + high}{unit}")
    return Sleep(span.low_us, span.high_us, span.unit_us)


proposals = st.builds(
    Propose,
    instance=instances,
    timeout_us=durations,
    action=st.sampled_from([None, *ACTIONS]),
    expect=st.sampled_from([None, "abort", "decision"]),
) | st.builds(Propose, instance=instances, timeout_us=durations, until_commit=st.just(True))
waits = st.builds(Wait, instance=instances, timeout_us=durations)
sleeps = st.builds(slept, st.integers(0, 999), st.integers(0, 999), st.sampled_from(["us", "ms", "s"]))
draws = st.builds(lambda step: Drawn("asked", step), st.builds(Wait) | st.builds(Propose))
plain = st.sampled_from([Suspend(), Resume(), Kill()])
simple = proposals | waits | sleeps | draws | plain
steps = simple | st.builds(Repeat, st.integers(1, 50), st.lists(simple, min_size=1, max_size=3).map(tuple))


@given(steps)
def test_what_a_step_is_shown_as_means_the_same_step(step: Step) -> None:
    assert parse_step(show(step), WORDS) == step


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("propose", Propose()),
        ("propose for 1s", Propose(timeout_us=S)),
        ("propose until commit", Propose(until_commit=True)),
        ("propose until commit for 500ms instance 3", Propose(3, 500_000, until_commit=True)),
        ("propose instance 3 for 500ms until commit", Propose(3, 500_000, until_commit=True)),
        ("propose for 1s action kill_before_decision", Propose(timeout_us=S, action="kill_before_decision")),
        ("propose expecting abort", Propose(expect="abort")),
        ("propose instance asked", Drawn("asked", Propose())),
        ("wait 50s", Wait(timeout_us=50 * S)),
        ("wait 10s instance 2", Wait(2)),
        ("wait 10s instance asked", Drawn("asked", Wait())),
        ("sleep 10ms", Sleep(10_000, 10_000, 1_000)),
        ("sleep 1..5ms", Sleep(1_000, 5_000, 1_000)),
        ("sleep 1.5ms", Sleep(1_500, 1_500, 1)),
        ("sleep 0..3s", Sleep(0, 3 * S, S)),
        ("suspend", Suspend()),
        ("resume", Resume()),
        ("kill", Kill()),
        ("10 times: suspend, sleep 1..5ms, resume", Repeat(10, (Suspend(), Sleep(1_000, 5_000), Resume()))),
        ("  propose   for  1s ", Propose(timeout_us=S)),
    ],
)
def test_a_step_means_what_its_words_say(written: str, step: Step) -> None:
    assert parse_step(written, WORDS) == step


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("kil", "is not understood. Steps: propose, wait, sleep, suspend, resume, kill, 'N times: ...'."
                " Did you mean 'kill'?"),
        ("", "is not understood. Steps: propose, wait, sleep, suspend, resume, kill, 'N times: ...'."),
        ("kill p1", "has 'p1' too many."),
        ("sleep", "is not complete: after 'sleep' comes a time, as in '10ms'."),
        ("wait", "is not complete: after 'wait' comes a time, as in '10ms'."),
        ("wait 10s for 3s", "has 'for'. What may stand there: instance."),
        ("propose untill commit", "has 'untill'. What may stand there: until, for, instance, action,"
                                  " expecting. Did you mean 'until'?"),
        ("propose until", "is not complete: after 'until' comes 'commit'."),
        ("propose until comit", "has 'comit' after 'until'. Allowed: 'commit'. Did you mean 'commit'?"),
        ("propose expecting nack", "has 'nack' after 'expecting'. Allowed: 'abort' or 'decision'."),
        ("propose for 1s for 2s", "says 'for' twice."),
        ("propose until commit expecting abort", "cannot expect an abort: 'until commit' goes on after every"
                                                 " abort."),
        ("propose instance 0", "has instance '0'. A whole number from 1 to 1000000, or a name of [let]."
                               " Draws: asked."),
        ("propose instance askd", "has instance 'askd'. A whole number from 1 to 1000000, or a name of [let]."
                                  " Draws: asked. Did you mean 'asked'?"),
        ("propose action kill", "has action 'kill'. Actions of protocol 'paxos': kill_before_decision,"
                                " increase_ballot_number."),
    ],
)  # fmt: skip
def test_a_step_that_is_not_understood_says_why(written: str, message: str) -> None:
    with pytest.raises(MistakeError) as raised:
        parse_step(written, WORDS)
    assert str(raised.value) == f"step {written!r} {message}"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("sleep 1..5", "the time is '1..5'. A time needs a unit: '1..5' + 'us', 'ms' or 's'."),
        ("sleep -5ms", "the time is '-5ms'. A time is never negative."),
        ("propose for 0s", "the time is '0s'. At least 1us."),
        ("wait 1..5s", "the time is '1..5s', a range. One time, as in '5ms'."),
        ("sleep 0.5..1.5ms", "the time is '0.5..1.5ms'. Whole numbers of one unit are drawn:"
                             " write '500..1500us' to draw microseconds."),
        ("sleep 500us..1ms", "the time is '500us..1ms'. Whole numbers of one unit are drawn:"
                             " write '500..1000us' to draw microseconds."),
        ("0 times: propose", "0 times. From 1 to 10000 times."),
        ("2 times: 3 times: propose", "a repetition inside a repetition. Write the inner steps out."),
    ],
)  # fmt: skip
def test_a_wrong_time_or_repetition_says_why(written: str, message: str) -> None:
    with pytest.raises(MistakeError) as raised:
        parse_step(written, WORDS)
    assert str(raised.value) == f"step {written!r}: {message}"


def test_a_protocol_without_actions_says_so() -> None:
    words = Vocabulary(lets=(), actions=(), protocol="textbook")
    with pytest.raises(MistakeError, match="but protocol 'textbook' knows no actions"):
        parse_step("propose action kill_before_decision", words)
