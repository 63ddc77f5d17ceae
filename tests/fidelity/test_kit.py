"""The kit tells a broken run from a sound one, on a small log written by hand."""

from __future__ import annotations

import pytest

from . import grammar
from .bookkeeping import BOOKKEEPING
from .invariants import SAFETY, broken
from .lines import cut, kind_of, read, split_runs
from .measure import count_cut_pairs, fate, measure
from .runs import Run
from .values import contradictions, own_else_last

SOUND = """\
Starting paxos for p2
Starting paxos for p1
Starting paxos for p3
:p2: started
p2 - Propose 1 with action nil
p2 SET BALLOT VALUE 3 nil
:p1: started
:p3: started
p1 SET BALLOT VALUE 3 nil
p3 SET BALLOT VALUE 3 nil
p1 - p1 is leader
p1 sending all prepare 1 1
p1 SET BALLOT VALUE 2 nil
p3 - p1 is leader
p1 - prepare from p1
p3 - prepare from p1
p1 - prepared 1 1 nil nil
p1 Try to run prepared
p1 3 1 false
p1 - prepared 1 1 nil nil
p1 Try to run prepared
p1 3 2 false
p1 SET BALLOT VALUE {:val, 207}
p1 - accept 1 1 {:val, 207}
p3 - accept 1 1 {:val, 207}
p1 accepted 1 1
p1 accepted 1 1
p1 decided 1 {:val, 207}
p3 decided 1 {:val, 207}
p1: decided {:val, 207}
p3: decided {:val, 207}
p1: {:message_queue_len, 0}
p3: {:message_queue_len, 0}
[val: 207, val: 207]"""
"""Three processes; p2 proposes and is killed, p1 leads, p1 and p3 decide."""

EDITS = {
    "agreement": ("p3 decided 1 {:val, 207}", "p3 decided 1 {:val, 208}"),
    "results are the answers": ("[val: 207, val: 207]", "[val: 207]"),
    "legal values": ("p3 decided 1 {:val, 207}", "p3 decided 1 {:val, 200}"),
    "one value per ballot": ("p3 - accept 1 1 {:val, 207}", "p3 - accept 1 1 {:val, 208}"),
    "quorum before decision": ("p1 accepted 1 1\np1 accepted 1 1", "p1 accepted 1 1"),
    "only leaders count": ("p1 accepted 1 1\np1 accepted", "p1 accepted 1 1\np3 accepted"),
    "ballots increase": ("p1 SET BALLOT VALUE 2 nil", "p1 sending all prepare 1 1"),
    "accepts never regress": ("p3 - accept 1 1", "p3 - accept 1 2 {:val, 207}\np3 - accept 1 1"),
    "accepted value is proposed again": ("p1 - prepared 1 1 nil nil", "p1 - prepared 1 1 0 {:val, 201}"),
    "death at the quorum": (
        "p1 decided 1 {:val, 207}",
        "p1 - Leader has action to die before decision {:decide, 1, {:val, 207}}",
    ),
    "nothing decided is prepared": ("p1: decided", "p1 sending all prepare 1 2\np1: decided"),
    "already means decided": ("p3 - p1 is", "p3 - Has already decided for 1 sending {:val, 207}\np3 - p1 is"),
    "one record per instance": (
        "p1 SET BALLOT VALUE 3 nil",
        "p1 SET BALLOT VALUE 3 nil\np1 SET BALLOT VALUE 3 nil",
    ),
    "queues are drained": ("p3: {:message_queue_len, 0}", "p3: {:message_queue_len, 2}"),
    "all start first": ("p3 - p1 is leader", "Starting paxos for p4"),
    "one leader per ballot": ("p3 - p1 is leader", "p3 sending all prepare 1 1"),
    "no prepare after any decision": ("p3 decided", "p3 sending all prepare 1 2\np3 decided"),
    "promises balance": ("p3 - prepare from p1\n", ""),
    "counts are gapless": ("p1 3 2 false", "p1 3 3 false"),
    "accepts are counted": ("p3 - accept 1 1 {:val, 207}\n", ""),
    "followers do nothing": ("p2 - Propose 1 with action nil", "p2 - prepare from p1"),
    "survivors do everything": ("p3 SET BALLOT VALUE 3 nil\n", ""),
    "nobody announces above itself": ("p1 - p1 is leader", "p1 - p3 is leader"),
    "prepare follows own leader line": ("p1 - p1 is leader\n", ""),
    "first record by a proposer": ("p2 SET BALLOT VALUE 3 nil\n", ""),
}
"""Invariant -> (text of the sound log, what stands there instead in a log that breaks it)."""


def edited(old: str, new: str) -> Run:
    """The sound run with the first ``old`` replaced."""
    assert old in SOUND
    return Run(read(SOUND.replace(old, new, 1))[0])


def test_sound_run_breaks_nothing() -> None:
    assert broken(Run(read(SOUND)[0]), SAFETY | BOOKKEEPING) == []


@pytest.mark.parametrize("name", EDITS)
def test_broken_run_is_found(name: str) -> None:
    assert list((SAFETY | BOOKKEEPING)[name](edited(*EDITS[name]))) != []


def test_eleven_processes_take_their_roles_by_their_order() -> None:
    order = ", ".join(f":p{number}" for number in range(1, 12))
    starts = "\n".join(f"Starting paxos for p{number}" for number in range(1, 12))
    started = f"{starts}\n:p1: started with [{order}]\np9 - Propose 1 with action nil"
    assert len(list(SAFETY["roles by order"](Run(read(started)[0])))) == 2


def test_log_without_newlines_is_cut_into_the_same_lines() -> None:
    joined = SOUND.replace("\n", " ")
    assert [line.text for line in cut(joined)] == SOUND.split("\n")


def test_cutting_names_the_place_where_no_line_fits() -> None:
    with pytest.raises(ValueError, match="at character 22: 'p1 sleeps'"):
        list(cut("Starting paxos for p1 p1 sleeps"))


def test_runs_are_split_where_the_first_process_starts_again() -> None:
    assert [len(run) for run in split_runs(cut(f"{SOUND} {SOUND}".replace("\n", " ")))] == [34, 34]


def test_run_that_was_aborted_is_incomplete() -> None:
    aborted, complete = map(Run, split_runs(read("Starting paxos for p1\n:p1: started\n" + SOUND)[0]))
    assert not aborted.is_complete
    assert complete.is_complete


@pytest.mark.parametrize("line", ["", "p1 decided", "p1 - p1 is leader ", "x p1 decided 1 {:val, 207}"])
def test_line_that_only_resembles_one_of_the_seed_is_of_no_kind(line: str) -> None:
    assert kind_of(line) is None


def test_fields_of_a_line_are_named() -> None:
    found = kind_of("p4 - prepared 1 2 1 {:val, 205}")
    assert found is not None
    assert found[0] == "prepared_value"
    assert found[1] == {
        "process": "p4",
        "instance": "1",
        "ballot": "2",
        "accepted_ballot": "1",
        "value": "205",
    }


def test_promise_count_with_another_line_between_its_halves_is_cut() -> None:
    run = edited("p1 Try to run prepared\n", "p1 Try to run prepared\np3 - p1 is leader\n")
    assert count_cut_pairs(run) == 1


def test_killed_proposer_that_printed_no_leader_line_died_before() -> None:
    assert measure(Run(read(SOUND)[0])).fates == ("before",)


def test_killed_proposer_that_promised_died_between() -> None:
    assert fate(edited("p3 - prepare from p1", "p2 - prepare from p1"), "p2") == "between"


def test_killed_proposer_that_decided_died_after() -> None:
    assert fate(edited("p3 decided", "p2 decided 1 {:val, 207}\np3 decided"), "p2") == "after"


@pytest.mark.parametrize("name", ["p1", "p2", "p3"])
def test_processes_of_the_sound_run_keep_the_usual_order(name: str) -> None:
    assert grammar.is_usual(Run(read(SOUND)[0]), name)


def test_leader_that_counts_an_answer_before_its_own_accept_is_possible_but_not_usual() -> None:
    run = edited("p1 - accept 1 1 {:val, 207}\n", "p1 accepted 1 1\np1 - accept 1 1 {:val, 207}\n")
    run = Run(line for place, line in enumerate(run.lines) if place != run.places("accepted")[-1])
    assert grammar.is_possible(run, "p1")
    assert not grammar.is_usual(run, "p1")


def test_leader_without_an_accept_of_its_own_is_impossible() -> None:
    assert not grammar.is_possible(edited("p1 - accept 1 1 {:val, 207}\n", ""), "p1")


def test_leader_s_own_value_goes_before_the_last_relayed_one() -> None:
    assert own_else_last("p1", ["p1", "p2"]) == "p1"
    assert own_else_last("p3", ["p1", "p2"]) == "p2"


def test_two_values_of_one_proposer_contradict_each_other() -> None:
    assert contradictions([("p1", "201"), ("p1", "201"), ("p1", "202"), ("p2", "203")]) == 1


def test_every_invariant_but_the_roles_has_a_run_that_breaks_it() -> None:
    assert set(EDITS) | {"roles by order"} == set(SAFETY | BOOKKEEPING)
