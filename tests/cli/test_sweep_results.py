"""What a sweep prints: the same however the work was cut, and for each failure a way back to it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from simulation import Sweep
from simulation.report.sweep import table
from simulation.sweep.result import Group
from tests.cli.conftest import Call
from tests.cli.files import FAULT_IN_THE_VOID
from tests.cli.shell import Said, shell
from tests.cli.sweeps import AGREES, DIVIDES, DUEL, FAILING, HERE, LONER, SOME_FAIL, found, object_of, repeat

PROMISED = {
    "runs": int,
    "passed": int,
    "failed": int,
    "unknown": int,
    "failures": list,
    "seconds": float,
    "runs_per_second": float,
    "digest": str,
}
"""The keys of the object that other programs rely on."""


def cells(text: str) -> list[list[str]]:
    """The table by line and column."""
    return [re.split(r"\s{2,}", line) for line in text.partition("\n\n")[0].splitlines()]


def digest_of(call: Call, runs: Sequence[tuple[str, ...]]) -> str:
    """The digest of these single runs, made as the documentation says."""
    digests = [json.loads(call("run", *asked, "--format", "json").out)["digest"] for asked in runs]
    return blake2b("".join(digests).encode(), digest_size=16).hexdigest()


def test_the_table_has_a_line_for_every_scenario_and_point_of_the_grid(call: Call) -> None:
    grid = ("--grid", "participants=3,5", "--grid", "profile=local,dist")
    said = call("sweep", "simple_2", "simple", "--seeds", "0:2", *grid, *HERE)
    _, *rows = cells(said.out)
    points = [f"participants={count} profile={name}" for count in (3, 5) for name in ("dist", "local")]
    assert [row[0] for row in rows] == [f"{name} {at}" for name in ("simple", "simple_2") for at in points]


def test_every_line_of_the_table_counts_its_own_runs(call: Call) -> None:
    said = call("sweep", "simple", *SOME_FAIL, "--seeds", "0:20", *HERE)
    counted = [row[:1] + row[2:6] for row in cells(said.out)]
    assert counted == [
        ["scenario", "runs", "passed", "failed", "unknown"],
        [f"duel {SOME_FAIL[-1]}", "20", "14", "6", "0"],
        [f"simple {SOME_FAIL[-1]}", "20", "20", "0", "0"],
    ]


def test_the_columns_of_the_table_stand_below_each_other(call: Call) -> None:
    said = call("sweep", "simple", "--seeds", "0:2", "--grid", "participants=3,5,11", *HERE)
    assert len({len(line) for line in said.out.splitlines()}) == 1


def test_each_cause_is_told_with_its_count_the_most_frequent_first(call: Call) -> None:
    said = call("sweep", *SOME_FAIL, "--seeds", "0:20", *HERE)
    assert "\n6 failures, 2 causes:\n" in said.out
    counts = [int(count) for count in re.findall(r"^  (\d+) x ", said.out, re.M)]
    assert (sum(counts), counts) == (6, sorted(counts, reverse=True))


def test_every_violated_check_shows_its_most_frequent_cause_even_if_others_are_more_frequent() -> None:
    counts = {"agreement": (90, 80, 70, 60, 50, 40), "liveness": (2, 1)}
    groups = [
        Group("p", check, f"{check} {runs}", "fail", runs, "s", "", 7, "what it says", 9, 8, "run it")
        for check, all_runs in counts.items()
        for runs in all_runs
    ]
    sweep = SimpleNamespace(summaries=[], causes=groups, failures=[])
    told = [line.split(" x ")[1] for line in table(cast(Sweep, sweep)) if " x " in line]
    assert told == ["agreement 90", "agreement 80", "agreement 70", "agreement 60", "liveness 2"]


def test_a_cause_is_told_with_its_first_seed_and_what_that_run_says(call: Call) -> None:
    said = call("sweep", *SOME_FAIL, "--seeds", "0:20", *HERE)
    (first, *_) = found(call, *SOME_FAIL, "--seeds", "0:20", *HERE)["failures"]
    assert f"\n    the first, seed {first['seed']}: {first['message']}\n" in said.out


def test_the_object_tells_of_how_many_runs_the_table_tells(call: Call) -> None:
    asked = (*SOME_FAIL, "--seeds", "0:20", "--stop-after", "1", *HERE)
    told = found(call, *asked)
    summed = {
        key: sum(cell[key] for cell in told["cells"]) for key in ("runs", "passed", "failed", "unknown")
    }
    assert summed == {key: told[key] for key in summed}
    assert f": {told['runs']} of {told['total']} runs are there." in call("sweep", *asked).err


def test_a_long_name_is_cut_in_the_middle_where_its_ends_tell_it_apart(call: Call, folder: Path) -> None:
    name = "a_scenario_with_a_name_that_says_all_that_ever_happens_in_it_twice"
    (folder / f"{name}.toml").write_text(AGREES, encoding="utf-8")
    grid = ("--grid", "profile=local,dist")
    said = call("sweep", f"{name}.toml", "--seeds", "0:1", *grid, *HERE)
    for (title, *_), profile in zip(cells(said.out)[1:], ("dist", "local"), strict=True):
        assert (len(title), title[:10], title[31]) == (64, name[:10], "…")
        assert title.endswith(f" profile={profile}")


def test_the_first_five_failures_are_shown_with_a_command_each(call: Call) -> None:
    said = call("sweep", *SOME_FAIL, "--seeds", "0:20", *HERE)
    shown = said.out.partition("\nthe first failures:\n")[2]
    assert [int(seed) for seed in re.findall(r"--seed (\d+)", shown)] == FAILING[:5]


def test_the_object_has_the_promised_keys_and_types(call: Call) -> None:
    said = found(call, *SOME_FAIL, "--seeds", "0:20", *HERE)
    assert {key: type(said[key]) for key in PROMISED} == PROMISED
    assert [said[key] for key in ("runs", "passed", "failed", "unknown")] == [20, 14, 6, 0]
    assert re.fullmatch("[0-9a-f]{32}", said["digest"])


def test_a_failure_in_the_object_has_the_promised_keys(call: Call) -> None:
    first, *rest = found(call, *SOME_FAIL, "--seeds", "0:20", *HERE)["failures"]
    assert {"scenario", "seed", "check", "record"} <= first.keys()
    assert [first["seed"], *(each["seed"] for each in rest)] == FAILING


def test_a_failure_has_no_record_where_nothing_is_kept(call: Call) -> None:
    assert {each["record"] for each in found(call, *SOME_FAIL, "--seeds", "0:6", *HERE)["failures"]} == {None}


def test_stdout_has_the_object_and_nothing_else_while_processes_work(folder: Path) -> None:
    said = shell("sweep", "simple", "--seeds", "0:20", "--jobs", "2", "--format", "json", cwd=folder)
    assert (said.code, object_of(said)["runs"]) == (0, 20)


def test_one_line_on_stderr_is_all_that_a_short_sweep_says_about_itself(call: Call) -> None:
    said = call("sweep", "simple", "--seeds", "0:20", *HERE)
    assert re.fullmatch(
        r"20 runs · 20 pass · 0 fail · 0 unknown · [\d.]+ s · [\d,]+ runs/s · digest [0-9a-f]{8}\n", said.err
    )


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("agrees", 0),
        ("agrees loner", 1),
        ("void loner", 1),
        ("agrees loner divides", 3),
        ("agrees void", 4),
    ],
)
def test_the_worst_that_happened_is_the_exit_code(call: Call, folder: Path, names: str, code: int) -> None:
    texts = {"agrees": AGREES, "loner": LONER, "divides": DIVIDES, "void": FAULT_IN_THE_VOID}
    for name in names.split():
        (folder / name).with_suffix(".toml").write_text(texts[name], encoding="utf-8")
    files = [f"{name}.toml" for name in names.split()]
    assert call("sweep", *files, "--seeds", "0:3", *HERE).code == code


@pytest.mark.parametrize("form", ["table", "json"])
def test_the_exit_code_does_not_depend_on_the_format(call: Call, form: str) -> None:
    assert call("sweep", *SOME_FAIL, "--seeds", "0:6", "--format", form, *HERE).code == 1


def failure_of(said: Said) -> dict[str, Any]:
    """The first violation that a single run tells as an object."""
    first: dict[str, Any] = json.loads(said.out)["violations"][0]
    return first


def test_the_last_line_repeats_the_first_failure_and_it_fails_the_same_way(call: Call) -> None:
    swept = call("sweep", *SOME_FAIL, "--seeds", "3:20", "--format", "json", *HERE)
    first = object_of(swept)["failures"][0]
    again = call(*repeat(swept), "--format", "json")
    assert (again.code, json.loads(again.out)["seed"]) == (1, first["seed"])
    assert failure_of(again)["check"] == first["check"]
    assert failure_of(again)["message"] == first["message"]


@pytest.mark.parametrize(
    "setting",
    [
        'about=it\'s "wrong" for $HOME',
        "values=[3, 2, 1]",
        'script.all=["sleep 1..400ms", "propose for 20s", "wait 10s"]',
    ],
)
def test_the_command_that_repeats_survives_a_shell(call: Call, folder: Path, setting: str) -> None:
    (folder / "the duel's.toml").write_bytes(Path(DUEL).read_bytes())
    swept = call("sweep", "the duel's.toml", *SOME_FAIL[1:], "--set", setting, "--seeds", "0:1", *HERE)
    again = call(*repeat(swept))
    assert (swept.code, again.code) == (1, 1)
    assert again.err.splitlines()[0].startswith("the duel's · seed 0 · local · FAIL · ")


def test_a_point_of_the_grid_is_repeated_as_that_point(call: Call) -> None:
    grid = ("--grid", "values=[1,2,3],[4,5,6]")
    failures = found(call, *SOME_FAIL, "--seeds", "0:1", *grid, *HERE)["failures"]
    asked = [each["command"].removeprefix("simulation ") for each in failures]
    assert [command.rpartition("--set ")[2] for command in asked] == ["'values=[1,2,3]'", "'values=[4,5,6]'"]


def test_a_record_of_a_failure_replays_to_the_same_failure(call: Call) -> None:
    for failure in found(call, *SOME_FAIL, "--seeds", "0:12", "--out", "kept", *HERE)["failures"]:
        again = call("replay", failure["record"])
        assert (again.code, "the same digest" in again.err) == (1, True)
        assert f"violated: {failure['check']}: {failure['message']} " in again.err


def test_a_record_needs_no_scenario_file(call: Call, folder: Path) -> None:
    (folder / "loner.toml").write_text(LONER, encoding="utf-8")
    first = found(call, "loner.toml", "--seeds", "0:1", "--out", "kept", *HERE)["failures"][0]
    (folder / "loner.toml").unlink()
    assert call("replay", first["record"]).code == 1


def test_the_digest_is_made_of_those_of_single_runs_by_scenario_point_and_seed(call: Call) -> None:
    grid = ("--grid", "profile=local,dist")
    swept = found(call, "simple", "leader_crash_simple", "--seeds", "3:6", *grid, *HERE)
    runs = [
        (name, "--set", f"profile={profile}", "--seed", str(seed))
        for name in ("leader_crash_simple", "simple")
        for profile in ("dist", "local")
        for seed in range(3, 6)
    ]
    assert swept["digest"] == digest_of(call, runs)


def test_the_digest_of_failing_runs_is_made_in_the_same_way(call: Call) -> None:
    swept = found(call, *SOME_FAIL, "--seeds", "0:6", *HERE)
    assert swept["digest"] == digest_of(call, [(*SOME_FAIL, "--seed", str(seed)) for seed in range(6)])


WAYS = ("--jobs 1 --watch 1 --chunk 5", "--jobs 2 --watch 0 --chunk 1", "--jobs 3 --chunk 7")


@pytest.mark.parametrize("way", WAYS)
def test_what_is_found_does_not_depend_on_who_did_it_nor_on_how_it_was_cut(way: str, call: Call) -> None:
    asked = ("simple", *SOME_FAIL, "--seeds", "0:20", "--grid", "profile=local,dist")
    here, there = (found(call, *asked, *how) for how in (HERE, way.split(" ")))
    for each in (here, there):
        for of_this_time in ("seconds", "runs_per_second", "watched"):
            del each[of_this_time]
    assert there == here
