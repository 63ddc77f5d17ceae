"""Storm, then calm: what becomes of the core, and what is said where it does not decide."""

from __future__ import annotations

import pytest

import simulation
from simulation import Runner
from simulation.checks import Held, Unknown, Violated
from simulation.checks.liveness import liveness
from simulation.faults import Calmed, KeepWrites, Kill, Restart, Resume, Steady, Strike, Suspend, Unsaid
from simulation.harness import Calm
from simulation.protocols.inputs import Decision, GetDecision
from simulation.protocols.paxos.messages import Proposal
from simulation.protocols.reports import Accepted, BallotStarted, Decided, Promised, Report
from simulation.scenario import parse, plan
from simulation.trace import Kind
from tests.checks.telling import Telling
from tests.scenario.test_docs import EXAMPLES

WITHIN_US = 1_000

HEARD = Proposal(1, 7)
"""A message by which a process hears of instance 1."""


def calm(told: Telling, *core: int) -> int:
    """The calm begins for these processes."""
    told.calm(Calm(0, core, WITHIN_US))
    return told.strikes_links(Calmed(core, WITHIN_US))


def over(told: Telling) -> Telling:
    """The core's time is over."""
    told.passes(WITHIN_US)
    told.handles(0, Decision(9, 9))
    return told


def test_a_core_that_decides_in_time_lives() -> None:
    told = Telling()
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.says(0, Decided(1, 7))
    told.says(1, Decided(1, 7))
    assert liveness(over(told).story()) == Held("liveness")


def test_what_was_known_before_need_not_be_learned_again() -> None:
    told = Telling()
    told.says(0, Decided(1, 7))
    told.says(1, Decided(1, 7))
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    assert liveness(over(told).story()) == Held("liveness")


def test_who_is_not_in_the_core_need_not_decide() -> None:
    told = Telling()
    told.proposes(0, 1, 7)
    calm(told, 0, 1)
    told.says(0, Decided(1, 7))
    told.says(1, Decided(1, 7))
    told.proposes(2, 5, 7)
    assert liveness(over(told).story()) == Held("liveness")


def test_who_publishes_ballots_and_starts_none_in_the_calm_is_told_so() -> None:
    told = Telling()
    told.says(0, BallotStarted(1, 1))
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    found = liveness(over(told).story())
    assert isinstance(found, Violated)
    assert found.message.endswith("within 1ms of calm: nobody started a ballot")


@pytest.mark.parametrize(
    ("starters", "said"),
    [
        ((), "no ballot is reported in the whole run"),
        ((0,), "1 ballots were started and none was decided"),
        ((0, 1, 0, 1, 0), "duelling proposers, for p1 and p2 started 5 ballots and none was decided"),
        ((0, 0, 0, 0, 0), "5 ballots were started and none was decided"),
    ],
)
def test_it_is_said_what_happened_instead(starters: tuple[int, ...], said: str) -> None:
    told = Telling()
    event = calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.handles(1, HEARD)
    ballots = [told.says(process, BallotStarted(1, ballot)) for ballot, process in enumerate(starters)]
    assert liveness(over(told).story()) == Violated(
        "liveness", f"no decision of instance 1 at p1, p2 within 1ms of calm: {said}", (event, *ballots[-3:])
    )


def test_a_late_decision_is_slow_and_no_duel() -> None:
    told = Telling()
    event = calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.says(0, Decided(1, 7))
    told.handles(1, HEARD)
    over(told).says(1, Decided(1, 7))
    assert liveness(told.story()) == Violated(
        "liveness",
        "no decision of instance 1 at p2 within 1ms of calm: slow, for it came 1.005ms after the calm began",
        (event,),
    )


def test_a_decision_that_nobody_passes_on_is_told() -> None:
    told = Telling()
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.handles(1, HEARD)
    told.says(0, Decided(1, 7))
    (found,) = [liveness(over(told).story())]
    assert isinstance(found, Violated)
    assert found.message.endswith("at p2 within 1ms of calm: others know it, and nobody tells")


def test_a_duel_over_what_others_have_decided_is_a_duel() -> None:
    told = Telling()
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.handles(1, HEARD)
    told.says(0, Decided(1, 7))
    for ballot in range(5):
        told.says(ballot % 3, BallotStarted(1, ballot))
    found = liveness(over(told).story())
    assert isinstance(found, Violated)
    assert found.message.endswith(
        "duelling proposers, for p1, p2 and p3 started 5 ballots, though others know a decision"
    )


def test_who_never_heard_of_an_instance_need_not_know_what_came_of_it() -> None:
    told = Telling()
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.handles(1, Proposal(2, 7))
    told.handles(1, GetDecision(0, 1))
    told.says(0, Decided(1, 7))
    assert liveness(over(told).story()) == Held("liveness")


def test_who_died_on_the_point_of_saying_the_decision_need_not_say_it_again() -> None:
    told = Telling()
    told.handles(1, HEARD)
    told.says(1, Promised(1, 1, None, None))
    told.dies(1, "schedule")
    told.strikes(Restart(), 1, "schedule", "calm")
    told.handles(1, Unsaid(Decided(1, 7)), Kind.STRIKE)
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.says(0, Decided(1, 7))
    assert liveness(over(told).story()) == Held("liveness")


@pytest.mark.parametrize("durable", [Promised(1, 1, None, None), Accepted(1, 1, 7)])
def test_a_promise_or_a_vote_is_remembered_after_a_death_and_a_message_is_not(durable: Report) -> None:
    for said, finding in ((durable, Violated), (None, Held)):
        told = Telling()
        told.handles(1, HEARD)
        if said is not None:
            told.says(1, said)
        told.dies(1, "schedule")
        told.strikes(Restart(), 1, "schedule", "calm")
        calm(told, 0, 1)
        told.proposes(0, 1, 7)
        told.says(0, Decided(1, 7))
        assert isinstance(liveness(over(told).story()), finding)


def test_no_progress_is_expected_where_nobody_proposes() -> None:
    told = Telling()
    told.proposes(1, 1, 7)
    told.dies(1, "schedule")
    calm(told, 0, 1)
    told.strikes(Restart(), 1, "schedule", "calm")
    told.proposes(2, 1, 7)
    over(told).proposes(0, 1, 7)
    told.idle = True
    assert liveness(told.story()) == Unknown(
        "liveness", "no progress is possible: no client of the core proposes anything in time"
    )


def test_no_progress_is_expected_of_a_core_that_dies_of_itself() -> None:
    told = Telling()
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    told.dies(1, "machine")
    assert liveness(over(told).story()) == Unknown(
        "liveness", "no progress is possible: of the core 1 are left, a quorum is 2"
    )


def test_a_run_that_ends_before_proves_nothing() -> None:
    told = Telling()
    calm(told, 0, 1)
    told.proposes(0, 1, 7)
    assert isinstance(liveness(told.story()), Unknown)
    told = Telling()
    told.calm(Calm(0, (0, 1), WITHIN_US))
    assert liveness(told.story()) == Unknown("liveness", "the run ended before the calm")


# What the harness does.

FROZEN = """\
format = 1
participants = 5
order = "sorted"

[script]
all = ["10 times: sleep 1..200ms, propose for 400ms"]

[[fault]]
at = "1s"
do = "kill p3"
[[fault]]
at = "1s"
do = "suspend p2"
for = "3s"
[[fault]]
at = "1s"
do = "kill p4"
for = "3s"
[[fault]]
at = "1s"
do = "isolate first 2 of all"
for = "3s"
[[fault]]
after = "900th Promised"
do = "kill it"
must_happen = false

[calm]
at = "2s"
core = "first 3 of all"
within = "8s"
"""


def test_the_core_is_healed_and_the_rest_stays_as_it_is() -> None:
    run = simulation.run(parse(FROZEN), 1)
    strikes = [told.content for told in run.story.strikes]
    at = next(place for place, struck in enumerate(strikes) if struck.reason == "calm")
    assert strikes[at:] == [
        Strike(Resume(), 1, "schedule", "calm"),
        Strike(Restart(), 2, "schedule", "calm"),
    ]
    assert {
        Strike(Kill(), 3, "schedule", "kill p4 at 1s"),
        Strike(Suspend(), 1, "schedule", "suspend p2 at 1s"),
    } <= {*strikes}
    assert run.verdict == "pass"
    assert run.virtual_us >= 10_000_000
    # Whoever is outside hears nothing of those that were isolated.
    late = [
        r for r in run.trace if r[0] > 2_500_000 and r[3] == Kind.MESSAGE and {r[5] % 5, r[6] % 5} <= {0, 4}
    ]
    assert {r[5] % 5 for r in late if r[6] % 5 == 4} <= {4}


def test_a_random_majority_is_one_and_another_with_another_seed() -> None:
    text = FROZEN.replace("first 3 of all", "random majority")
    cores = [plan(parse(text), seed).calm for seed in range(30)]
    assert {len({*found.core}) for found in cores if found} == {3}
    assert len({found.core for found in cores if found}) > 5
    assert plan(parse(text), 3).calm == cores[3]


@pytest.mark.parametrize("profile", ["local", "dist"])
@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
def test_correct_protocols_decide_in_the_calm_of_the_page(protocol: str, profile: str) -> None:
    text = next(text for text in EXAMPLES if "[calm]" in text)
    runner = Runner(parse(text, overrides={"protocol": protocol, "profile": profile}))
    assert {seed: runner.run(seed).verdict for seed in range(50)} == dict.fromkeys(range(50), "pass")


PACES = """\
format = 1
participants = 5
protocol = "{protocol}"
profile = "{profile}"

[script]
all = ["20 times: sleep 1..200ms, propose for 400ms"]

[[fault]]
at = "0ms"
do = "slow first 2 of all by 100x"
[[fault]]
at = "0ms"
do = "drift last of all by 500%"
[[fault]]
at = "500ms"
do = "lose unsynced writes of last of all"

[calm]
at = "3s"
core = "all"
within = "10s"
"""


@pytest.mark.parametrize("profile", ["local", "dist"])
@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
def test_machines_of_the_core_are_mended(protocol: str, profile: str) -> None:
    runner = Runner(parse(PACES.format(protocol=protocol, profile=profile)))
    for seed in range(20):
        run = runner.run(seed)
        mended = [type(told.content.fault) for told in run.story.strikes if told.content.reason == "calm"]
        assert (run.verdict, mended) == ("pass", [Steady, Steady, KeepWrites, Steady])
