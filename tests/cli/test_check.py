"""``simulation check``: what passes, what does not, and how either is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Write
from tests.cli.logs import CRASH, CUT_OFF, MANY, SIMPLE, damaged, lines_of
from tests.cli.shell import repeat_of, shell
from tests.golden.table import FAMILY
from tests.reenact.damage import Damage, decided_value_changed, line_duplicated, line_misspelt

KEYS = {
    "runs": int,
    "complete": int,
    "reenacted": int,
    "lines": int,
    "violations": list,
    "divergences": list,
    "by_test": dict,
}
"""The keys of the JSON object of a check that other programs rely on."""

HALF = "tests.mutants.catalogue:HALF_IS_ENOUGH"
"""A protocol that takes half of the participants for a quorum."""


def row(*cells: object) -> list[str]:
    """A row of a table as its words."""
    return [str(cell) for cell in cells]


def table(out: str) -> list[list[str]]:
    """The rows of the table at the end of what was printed, without the headings."""
    rows = [line.split() for line in out.splitlines()]
    return rows[next(k for k, words in enumerate(rows) if words[0] == "test") + 1 :]


def test_the_log_of_a_simulated_run_passes(call: Call, log: Write) -> None:
    assert call("check", log(SIMPLE)).code == 0


def test_stdout_is_a_table_where_nothing_is_to_be_told(call: Call, log: Write) -> None:
    said = call("check", log(SIMPLE))
    assert said.out.split() == [
        *("test", "n", "profile", "runs", "complete", "re-enacted", "violated", "lines"),
        *row("simple", 3, "local", 1, 1, 1, 0, len(SIMPLE)),
        *row("total", 1, 1, 1, 0, len(SIMPLE)),
    ]


def test_the_verdict_stands_alone_on_stderr(call: Call, log: Write) -> None:
    [verdict] = call("check", log(SIMPLE)).err.splitlines()
    assert verdict.startswith("1 of 1 runs complete · 1 re-enacted exactly · 0 violated · 0 diverged")
    assert verdict.endswith(" · PASS")


def test_runs_one_after_the_other_have_a_row_for_each_test(call: Call, log: Write) -> None:
    said = call("check", log(SIMPLE, CRASH, MANY, SIMPLE))
    assert (said.code, table(said.out)) == (
        0,
        [
            row("simple", 3, "local", 2, 2, 2, 0, 2 * len(SIMPLE)),
            row("leader_crash_complex", 11, "local", 1, 1, 1, 0, len(CRASH)),
            row("many_1", 5, "dist", 1, 1, 1, 0, len(MANY)),
            row("total", 4, 4, 4, 0, 2 * len(SIMPLE) + len(CRASH) + len(MANY)),
        ],
    )


@pytest.mark.parametrize("joint", [" ", "\r\n", "\n\n", "  \n\t"], ids=repr)
def test_what_stands_between_lines_changes_no_result(call: Call, log: Write, joint: str) -> None:
    plain = call("check", log(SIMPLE, CRASH, MANY))
    assert call("check", log(SIMPLE, CRASH, MANY, joint=joint)) == plain


def test_every_scenario_prints_a_log_that_passes(call: Call, log: Write) -> None:

    runs = [lines_of(name, 5, profile=profile) for name in FAMILY for profile in ("local", "dist")]
    said = call("check", log(*runs))
    assert said.err.startswith(
        f"{len(runs)} of {len(runs)} runs complete · {len(runs)} re-enacted exactly · "
    )
    assert said.code == 0


def test_json_is_one_object_with_the_promised_keys_and_types(call: Call, log: Write) -> None:
    said = json.loads(call("check", log(SIMPLE, CRASH), "--format", "json").out)
    assert {key: type(said[key]) for key in KEYS} == KEYS


def test_json_has_the_figures_of_the_table(call: Call, log: Write) -> None:
    said = json.loads(call("check", log(SIMPLE, CRASH, SIMPLE, CUT_OFF), "--format", "json").out)
    lines = 2 * len(SIMPLE) + len(CRASH) + len(CUT_OFF)
    assert (said["runs"], said["complete"], said["reenacted"], said["lines"]) == (4, 3, 3, lines)
    simple = said["by_test"]["simple 3 local"]
    assert (simple["runs"], simple["complete"], simple["reenacted"]) == (2, 2, 2)


def test_json_has_the_verdict_on_stderr_too(call: Call, log: Write) -> None:
    name = log(SIMPLE)
    assert call("check", name, "--format", "json").err == call("check", name).err


def test_json_has_run_line_and_message_of_a_divergence(call: Call, log: Write) -> None:
    spoilt, at = damaged(CRASH, line_duplicated)
    [found] = json.loads(call("check", log(SIMPLE, spoilt), "--format", "json").out)["divergences"]
    assert (found["run"], found["line"]) == (1, len(SIMPLE) + at)
    assert found["message"].startswith(repr(spoilt[at - 1]))


def test_json_has_run_line_and_check_of_a_violation(call: Call, log: Write) -> None:
    spoilt, at = damaged(CRASH, decided_value_changed)
    found = json.loads(call("check", log(SIMPLE, spoilt), "--format", "json").out)["violations"]
    assert ("agreement", 1, len(SIMPLE) + at) in [
        (each["check"], each["run"], each["line"]) for each in found
    ]


def test_another_value_decided_is_a_violation_at_its_line(call: Call, log: Write) -> None:
    spoilt, at = damaged(SIMPLE, decided_value_changed)
    said = call("check", log(CRASH, spoilt))
    assert said.code == 1
    where = f"run 1 (simple n=3 local), line {len(CRASH) + at}: "
    assert said.out.splitlines()[0].startswith(f"{where}violated: agreement: ")


def test_a_duplicated_line_is_a_divergence_at_its_line(call: Call, log: Write) -> None:
    spoilt, at = damaged(SIMPLE, line_duplicated)
    said = call("check", log(CRASH, spoilt))
    line = len(CRASH) + at
    assert said.code == 1
    found = said.out.splitlines()[0]
    assert found.startswith(
        f"run 1 (simple n=3 local), line {line}: diverges: {spoilt[at - 1]!r} cannot come here: "
    )
    assert found.endswith(f" Explained if line {line} is one too many.")


def test_a_misspelt_line_is_unreadable_at_its_line_and_wrong_input(call: Call, log: Write) -> None:
    spoilt, at = damaged(SIMPLE, line_misspelt)
    said = call("check", log(CRASH, spoilt))
    assert said.code == 2
    assert f", line {len(CRASH) + at}: unreadable: {spoilt[at - 1]!r} " in said.out.splitlines()[0]


def test_lines_are_numbered_alike_where_they_are_joined_by_spaces(call: Call, log: Write) -> None:
    spoilt, _ = damaged(SIMPLE, line_duplicated)
    assert call("check", log(CRASH, spoilt, joint=" ")) == call("check", log(CRASH, spoilt))


def test_a_damaged_run_spoils_no_other(call: Call, log: Write) -> None:
    spoilt, _ = damaged(CRASH, line_misspelt)
    said = call("check", log(SIMPLE, spoilt, MANY))
    assert said.err.startswith("3 of 3 runs complete · 2 re-enacted exactly · ")


def test_a_log_whose_only_run_was_cut_off_proves_nothing(call: Call, log: Write) -> None:
    said = call("check", log(CUT_OFF))
    assert said.code == 4
    assert said.err.splitlines()[0].startswith("0 of 1 runs complete · 0 re-enacted exactly · ")


def test_a_run_that_was_cut_off_is_noted(call: Call, log: Write) -> None:
    first = call("check", log(SIMPLE, CUT_OFF)).out.splitlines()[0]
    assert first.startswith("run 1 (leader_crash_complex n=11 local), from line 45: note: cut off after ")


@pytest.mark.parametrize("runs", [(CUT_OFF, SIMPLE), (SIMPLE, CUT_OFF)], ids=["first", "last"])
def test_a_run_that_was_cut_off_beside_a_whole_one_does_no_harm(
    call: Call, log: Write, runs: tuple[list[str], ...]
) -> None:
    assert call("check", log(*runs)).code == 0


@pytest.mark.parametrize("damage", [decided_value_changed, line_duplicated, line_misspelt])
def test_a_failure_ends_in_the_command_that_repeats_it_alone(call: Call, log: Write, damage: Damage) -> None:
    name = log(SIMPLE, damaged(CRASH, damage)[0], MANY, name="it's a log.txt")
    failed = call("check", name)
    again = call(*repeat_of(failed.err))
    assert (again.code, again.out.splitlines()[0]) == (failed.code, failed.out.splitlines()[0])
    assert again.err.startswith("1 of 1 runs complete · 0 re-enacted exactly · ")


def test_the_log_of_a_wrong_protocol_violates_a_property(call: Call, log: Write) -> None:
    said = call("check", log(lines_of("simple", 1, participants=4, protocol=HALF)))
    assert said.code == 1
    assert ": violated: highest vote adopted: " in said.out.splitlines()[0]


def test_a_protocol_of_ones_own_re_enacts_what_it_printed(call: Call, log: Write) -> None:
    name = log(lines_of("simple", 1, participants=4, protocol=HALF))
    said = call("check", name, "--protocol", HALF)
    assert said.err.startswith("1 of 1 runs complete · 1 re-enacted exactly · 1 violated · ")
    assert said.code == 1


def test_the_command_that_repeats_keeps_the_protocol(call: Call, log: Write) -> None:
    failed = call("check", log(lines_of("simple", 1, participants=4, protocol=HALF)), "--protocol", HALF)
    assert call(*repeat_of(failed.err)) == failed


def test_the_same_log_is_told_in_the_same_bytes_by_every_process(folder: Path, log: Write) -> None:
    name = log(SIMPLE, damaged(CRASH, line_duplicated)[0])
    one, other = (shell("check", name, cwd=folder, environment={"PYTHONHASHSEED": seed}) for seed in "12")
    assert one == other


def test_a_log_whose_run_was_given_up_is_unknown(
    call: Call, log: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulation.reenact.reenactment.steps_for", lambda run: 100)
    said = call("check", log(SIMPLE))
    assert said.code == 4
    assert "run 0 (no test known n=3 local): unknown: re-enactment: the search for an execution" in said.out
    assert said.err.splitlines()[-2].endswith("0 diverged · 1 unknown · UNKNOWN")
