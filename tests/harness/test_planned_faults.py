"""Planned faults strike when their time comes, whoever that means then; all is recorded."""

from __future__ import annotations

from typing import Any

from simulation.faults import (
    Cut,
    Fault,
    Kill,
    LinksHealed,
    LinksHit,
    PlannedFault,
    Restart,
    Resume,
    RingHit,
    Strike,
    Suspend,
    Target,
)
from simulation.harness import steps
from simulation.harness.reports import QueueRead
from simulation.harness.steps import Propose, Sleep
from simulation.trace import Kind
from tests.harness.plans import START_US, Told, run

P1, P2, P3 = range(3)
BUSY = (Sleep(10_000, 10_000),)
"""A script that keeps the run going for 10 ms."""


def after(at_us: int, *processes: int, fault: Fault | None = None) -> PlannedFault:
    """A fault, a kill unless another one is given, that hits these processes."""
    return PlannedFault("planned", at_us, fault or Kill(), Target("some", processes))


def of_leader(at_us: int) -> PlannedFault:
    """The death of whoever leads."""
    return PlannedFault("coup", at_us, Kill(), Target("leader", leader=True))


def naming(at_us: int, *leaders: str) -> tuple[Any, ...]:
    """A script that lets its replica name these leaders, the first one after a time."""
    return (Sleep(at_us, at_us), *[Propose(action=leader) for leader in leaders], *BUSY)


def test_a_planned_fault_strikes_so_long_after_the_scripts_start() -> None:
    done = run(BUSY, BUSY, faults=(after(2_000, P2),))
    assert done.told(Kind.STRIKE) == [Told(START_US + 2_000, "p2", Strike(Kill(), P2, "schedule", "planned"))]


def test_a_planned_fault_may_strike_several() -> None:
    done = run(BUSY, BUSY, BUSY, faults=(after(2_000, P3, P1),))
    assert [told.content.process for told in done.told(Kind.STRIKE)] == [P3, P1]


def test_a_planned_fault_strikes_only_those_that_live() -> None:
    done = run(BUSY, BUSY, BUSY, faults=(after(1_000, P1), after(2_000, P1, P2)))
    assert [told.content.process for told in done.told(Kind.STRIKE)] == [P1, P2]


def test_a_planned_fault_that_finds_nobody_alive_is_recorded_with_nobody() -> None:
    done = run(BUSY, BUSY, faults=(after(1_000, P1), after(2_000, P1)))
    assert done.told(Kind.STRIKE)[-1] == Told(
        START_US + 2_000, "coordinator", Strike(Kill(), -1, "schedule", "planned")
    )


def test_a_fault_aimed_at_the_leader_strikes_nobody_while_nobody_leads() -> None:
    done = run(naming(3_000, "p1"), BUSY, faults=(of_leader(2_000),))
    assert [told.content for told in done.told(Kind.STRIKE)] == [Strike(Kill(), -1, "schedule", "coup")]


def test_a_fault_aimed_at_the_leader_strikes_who_leads_when_it_fires() -> None:
    done = run(naming(1_000, "p1"), naming(3_000, "p2"), faults=(of_leader(2_000),))
    assert [told.content.process for told in done.told(Kind.STRIKE)] == [P1]


def test_a_fault_aimed_at_the_leader_follows_the_leader() -> None:
    done = run(naming(1_000, "p1", "p2"), naming(1_000, "p2"), faults=(of_leader(2_000),))
    assert [told.content.process for told in done.told(Kind.STRIKE)] == [P2]


def test_two_faults_aimed_at_the_leader_strike_one_leader_after_the_other() -> None:
    done = run(naming(1_000, "p1"), naming(3_000, "p2"), faults=(of_leader(2_000), of_leader(4_000)))
    assert [told.content.process for told in done.told(Kind.STRIKE)] == [P1, P2]


def test_a_planned_suspension_ends_with_a_planned_resumption() -> None:
    faults = (after(1_000, P1, fault=Suspend()), after(3_000, P1, fault=Resume()))
    done = run((Sleep(2_000, 2_000), Propose(timeout_us=5_000)), faults=faults)
    (returned,) = done.told(Kind.RETURN)
    # The call arrives 1 us after 2 ms and waits until 3 ms; the answer takes 1 us.
    assert returned.time_us == START_US + 3_000 + 1


def test_a_planned_suspension_without_an_end_leaves_inputs_in_the_queue() -> None:
    done = run((Sleep(2_000, 2_000), Propose(timeout_us=5_000)), faults=(after(1_000, P1, fault=Suspend()),))
    assert done.said(QueueRead)[0].content == QueueRead(1)


def test_the_victim_of_a_planned_kill_does_not_survive() -> None:
    assert run(BUSY, BUSY, faults=(after(2_000, P2),)).outcome.survivors == (P1,)


def test_a_fault_that_is_planned_for_after_the_end_does_not_strike() -> None:
    assert run(BUSY, faults=(after(10_000_000, P1),)).told(Kind.STRIKE) == []


def test_faults_of_one_instant_strike_in_the_order_of_the_plan() -> None:
    faults = (after(2_000, P2, fault=Suspend()), after(2_000, P1), after(2_000, P2))
    done = run(BUSY, BUSY, BUSY, faults=faults)
    struck = [(told.content.fault, told.content.process) for told in done.told(Kind.STRIKE)]
    assert struck == [(Suspend(), P2), (Kill(), P1), (Kill(), P2)]


def test_the_script_of_a_killed_process_goes_on_without_its_replica() -> None:
    done = run((Sleep(3_000, 3_000), Propose(timeout_us=500)), BUSY, faults=(after(2_000, P1),))
    assert [told.place for told in done.told(Kind.LOST)] == ["p1"]


def test_a_kill_by_the_script_comes_before_a_planned_one_finds_nobody() -> None:
    done = run((steps.Kill(), *BUSY), faults=(after(2_000, P1),))
    assert [told.content.by for told in done.told(Kind.STRIKE)] == ["script", "schedule"]
    assert done.told(Kind.STRIKE)[-1].content.process == -1


def test_who_is_killed_while_the_run_lingers_reads_no_queue() -> None:
    done = run(BUSY, BUSY, faults=(after(50_000, P2),))
    assert [told.place for told in done.told(Kind.REPORT) if isinstance(told.content, QueueRead)] == [
        "p1.client"
    ]
    assert done.outcome.survivors == (P1,)


def cut(at_us: int, of: Target, to: Target | None, for_us: int | None = None) -> PlannedFault:
    """A fault of links, in both directions."""
    return PlannedFault("cut off", at_us, Cut(), of, to=to, both=True, for_us=for_us)


def test_a_planned_fault_of_links_begins_and_ends_when_it_should() -> None:
    fault = cut(2_000, Target("p1", (P1,)), Target("p2", (P2,)), for_us=3_000)
    assert run(BUSY, BUSY, faults=(fault,)).told(Kind.STRIKE) == [
        Told(START_US + 2_000, "coordinator", LinksHit(Cut(), (P1,), (P2,), True, "cut off")),
        Told(START_US + 5_000, "coordinator", LinksHealed("cut off", 0)),
    ]


def test_a_ring_goes_round_in_the_order_of_its_set() -> None:
    members = Target("some", (P3, P1, 4, P2))
    fault = PlannedFault("ring", 2_000, Cut(), members, to=members, both=True, for_us=3_000, ring=True)
    assert run(*[BUSY] * 5, faults=(fault,)).told(Kind.STRIKE) == [
        Told(START_US + 2_000, "coordinator", RingHit(Cut(), (P3, P1, 4, P2), (P3, P1, 4, P2), True, "ring")),
        Told(START_US + 5_000, "coordinator", LinksHealed("ring", 0)),
    ]


def test_who_is_isolated_is_cut_off_from_everybody_else() -> None:
    done = run(BUSY, BUSY, BUSY, faults=(cut(2_000, Target("p2", (P2,)), None),))
    assert done.told(Kind.STRIKE)[0].content == LinksHit(Cut(), (P2,), (P1, P3), True, "cut off")


def test_the_leader_that_is_isolated_is_the_one_at_that_moment() -> None:
    fault = cut(2_000, Target("leader", leader=True), None)
    done = run(naming(1_000, "p2"), naming(1_500, "p2"), BUSY, faults=(fault,))
    assert done.told(Kind.STRIKE)[0].content.sources == (P2,)


def test_a_fault_of_links_without_an_end_is_over_when_the_run_is() -> None:
    done = run(BUSY, BUSY, faults=(cut(2_000, Target("p1", (P1,)), None),))
    assert isinstance(done.told(Kind.STRIKE)[-1].content, LinksHealed)


def struck(done: Any) -> list[tuple[int, Fault, int]]:
    """When what struck whom, after the start."""
    return [
        (told.time_us - START_US, told.content.fault, told.content.process) for told in done.told(Kind.STRIKE)
    ]


def lasting(fault: Fault, at_us: int, for_us: int, *processes: int) -> PlannedFault:
    return PlannedFault(f"from {at_us}", at_us, fault, Target("some", processes), for_us=for_us)


def test_a_kill_that_lasts_ends_in_a_restart() -> None:
    done = run(BUSY, BUSY, faults=(lasting(Kill(), 2_000, 3_000, P2),))
    assert struck(done) == [(2_000, Kill(), P2), (5_000, Restart(), P2)]
    assert done.outcome.survivors == (P1, P2)


def test_a_suspension_that_lasts_ends_in_a_resumption() -> None:
    done = run(BUSY, BUSY, faults=(lasting(Suspend(), 2_000, 3_000, P2),))
    assert struck(done) == [(2_000, Suspend(), P2), (5_000, Resume(), P2)]


def test_a_planned_restart_strikes_the_dead_alone() -> None:
    restart = PlannedFault("back", 3_000, Restart(), Target("all", (P1, P2)))
    done = run(BUSY, BUSY, faults=(after(2_000, P2), restart))
    assert struck(done) == [(2_000, Kill(), P2), (3_000, Restart(), P2)]


def test_a_planned_restart_that_finds_nobody_dead_is_recorded_with_nobody() -> None:
    restart = PlannedFault("back", 3_000, Restart(), Target("all", (P1, P2)))
    assert struck(run(BUSY, BUSY, faults=(restart,))) == [(3_000, Restart(), -1)]


def test_the_end_of_a_death_does_not_end_a_later_one() -> None:
    restart = PlannedFault("back", 3_000, Restart(), Target("p2", (P2,)))
    done = run(BUSY, BUSY, faults=(lasting(Kill(), 2_000, 4_000, P2), restart, after(4_000, P2)))
    assert struck(done)[2:] == [(4_000, Kill(), P2)]


def test_nobody_is_restarted_whose_part_in_the_run_is_over() -> None:
    restart = PlannedFault("back", 50_000, Restart(), Target("all", (P1, P2)))
    done = run(BUSY, BUSY, faults=(after(2_000, P2), restart))
    assert struck(done)[1:] == [(50_000, Restart(), -1)]


def test_the_script_of_a_restarted_process_goes_on_with_its_next_life() -> None:
    script = (Sleep(1_000, 1_000), Propose(instance=0, timeout_us=5_000), Propose())
    done = run(script, BUSY, faults=(lasting(Kill(), 2_000, 1_000, P1),))
    assert [type(told.content).__name__ for told in done.told(Kind.RETURN)] == ["TimedOut", "Answer"]
