"""What comes out of a sweep: counts, rows, failures by cause, SQL, a frame, JSON and a page."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

import simulation
from simulation import InputError, Sweep, load
from simulation.sweep import Failure
from simulation.sweep.row import COLUMNS
from tests.cli.shell import shell
from tests.sweep.sweeping import HERE, Steps, fresh_parts, mutant, rows, seeds


@pytest.fixture(scope="module")
def mixed() -> Sweep:
    """Runs that pass, runs that fail for two causes, runs that tell nothing."""
    scenarios = [mutant("IGNORES_REPORTED_VOTES"), "simple", load("simple_2", limit="200ms")]
    return simulation.sweep(scenarios, 12, **HERE)


def test_runs_are_counted_by_verdict(mixed: Sweep) -> None:
    counted = dict(mixed.query("SELECT verdict, count(*) FROM runs GROUP BY verdict").fetchall())
    assert {"pass": mixed.passed, "fail": mixed.failed, "unknown": mixed.unknown} == counted
    assert (mixed.runs, len(mixed), mixed.total, mixed.ran) == (36, 36, 36, 36)


def test_a_sweep_fails_if_one_run_fails(mixed: Sweep) -> None:
    assert mixed.verdict == "fail"


def test_a_sweep_passes_if_every_run_passes() -> None:
    assert simulation.sweep("simple", 2, **HERE).verdict == "pass"


def test_a_sweep_with_runs_that_tell_nothing_tells_nothing() -> None:
    done = simulation.sweep(["simple", load("simple_2", limit="200ms")], 2, **HERE)
    assert (done.failed, done.verdict) == (0, "unknown")


def test_a_sweep_without_runs_tells_nothing(tmp_path: Path) -> None:
    done = simulation.sweep("simple", 50, out=tmp_path, max_seconds=1e-9, **HERE)
    assert (done.runs, done.verdict, done.failures, done.causes) == (0, "unknown", [], [])
    assert repr(done).startswith("0 runs · ")


def test_iterating_gives_the_rows_in_key_order(mixed: Sweep) -> None:
    found = list(mixed)
    assert [tuple(row) for row in found] == [COLUMNS] * 36
    assert [repr(tuple(row.values())) for row in found] == rows(mixed)


def test_the_hash_of_the_rows_digests_is_the_digest_of_the_sweep(mixed: Sweep) -> None:
    assert len(mixed.digest) == 32
    assert (
        mixed.digest
        == simulation.sweep(
            [mutant("IGNORES_REPORTED_VOTES"), "simple", load("simple_2", limit="200ms")], 12, **HERE
        ).digest
    )


def test_another_sweep_has_another_digest() -> None:
    digests = {simulation.sweep("simple", wanted, **HERE).digest for wanted in (3, 4, "1:4")}
    assert len(digests) == 3


def test_failures_come_in_key_order(mixed: Sweep) -> None:
    failed = mixed.query("SELECT seed FROM runs WHERE verdict = 'fail' ORDER BY seed").fetchall()
    assert [(failure.seed,) for failure in mixed.failures] == failed


def test_a_failure_tells_what_its_row_tells(mixed: Sweep) -> None:
    failure = mixed.failures[0]
    row = next(row for row in mixed if row["verdict"] == "fail")
    assert isinstance(failure, Failure)
    assert (failure.check, failure.message, failure.cause) == (
        row["failed_check"],
        row["message"],
        row["cause"],
    )
    assert (failure.scenario, failure.overrides, failure.events) == (
        row["scenario"],
        row["overrides"],
        row["events"],
    )


def test_a_failure_is_run_once_more(mixed: Sweep) -> None:
    failure = mixed.failures[0]
    row = next(row for row in mixed if row["verdict"] == "fail")
    assert failure.run().digest == row["digest"]


def test_a_failure_is_told_in_one_line_that_ends_in_its_command(mixed: Sweep) -> None:
    failure = mixed.failures[0]
    assert repr(failure).startswith(f"{failure.scenario} · seed {failure.seed} · {failure.check}: ")
    assert repr(failure).endswith(failure.command)


def test_a_notebook_shows_a_failure_as_its_run(mixed: Sweep) -> None:
    failure = mixed.failures[0]
    assert failure._repr_html_() == failure.run()._repr_html_()


def test_the_command_of_a_failure_repeats_it(mixed: Sweep) -> None:
    program, *arguments = shlex.split(mixed.failures[0].command)
    said = shell(*arguments, "--format", "json")
    row = next(row for row in mixed if row["verdict"] == "fail")
    assert (program, said.code) == ("simulation", 1)
    assert json.loads(said.out)["digest"] == row["digest"]


def test_causes_count_every_run_that_did_not_pass(mixed: Sweep) -> None:
    by_verdict = {"fail": 0, "unknown": 0}
    for group in mixed.causes:
        by_verdict[group.verdict] += group.runs
    assert by_verdict == {"fail": mixed.failed, "unknown": mixed.unknown}


def test_violations_come_before_what_tells_nothing_and_many_before_few(mixed: Sweep) -> None:
    order = [(group.verdict, -group.runs) for group in mixed.causes]
    assert order == sorted(order)
    assert {verdict for verdict, _ in order} == {"fail", "unknown"}


def test_a_cause_shows_the_shortest_of_its_runs(mixed: Sweep) -> None:
    for group in mixed.causes:
        alike = [row for row in mixed if row["cause"] == group.cause and row["protocol"] == group.protocol]
        shortest = min(alike, key=lambda row: (row["events"], row["scenario"], row["overrides"], row["seed"]))
        assert (group.shortest_events, group.shortest_seed) == (shortest["events"], shortest["seed"])
        assert f"--seed {group.shortest_seed}" in group.command


def test_a_cause_names_the_first_of_its_runs_and_what_it_says(mixed: Sweep) -> None:
    told = {(failure.cause, failure.seed): (failure.check, failure.message) for failure in mixed.failures}
    for group in (group for group in mixed.causes if group.verdict == "fail"):
        assert told[group.cause, group.first_seed] == (group.check, group.message)
        assert group.first_seed == min(seed for cause, seed in told if cause == group.cause)


def test_points_of_a_grid_are_sorted_as_numbers() -> None:
    done = simulation.sweep("simple", 1, grid={"participants": [11, 3, 5]}, **HERE)
    assert [each.overrides for each in done.summaries] == [f"participants={count}" for count in (3, 5, 11)]


def test_a_summary_is_of_one_cell(mixed: Sweep) -> None:
    summary = next(each for each in mixed.summaries if each.scenario == "simple")
    mine = [row for row in mixed if row["scenario"] == "simple"]
    times = sorted(row["decision_us"] for row in mine)
    assert (summary.runs, summary.passed, summary.profile) == (12, 12, "local")
    assert summary.decision_p50_us == times[5]
    assert summary.decision_p99_us == times[-1]
    assert summary.messages == pytest.approx(sum(row["messages"] for row in mine) / 12)
    assert summary.ballots == pytest.approx(sum(row["ballots"] for row in mine) / 12)


def test_a_query_sees_the_rows_as_runs(mixed: Sweep) -> None:
    assert mixed.query("SELECT count(*) FROM runs WHERE scenario = 'simple'").fetchall() == [(12,)]


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT nothing FROM runs", "SELECT * FROM nowhere"])
def test_a_query_that_is_none_is_refused(sql: str, mixed: Sweep) -> None:
    with pytest.raises(InputError, match=r"^query: "):
        mixed.query(sql).fetchall()


def test_a_query_outlives_its_sweep() -> None:
    counted = simulation.sweep("simple", 5, **HERE).query("SELECT count(*) FROM runs")
    assert counted.fetchall() == [(5,)]


def test_two_queries_do_not_disturb_each_other(mixed: Sweep) -> None:
    first = mixed.query("SELECT seed FROM runs WHERE scenario = 'simple' ORDER BY seed")
    second = mixed.query("SELECT count(*) FROM runs")
    assert (second.fetchall(), len(first.fetchall())) == ([(36,)], 12)


def test_a_frame_has_a_row_a_run_by_scenario_profile_and_seed(mixed: Sweep) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install -e '.[test]'")
    frame = mixed.frame()
    assert frame.index.names == ["scenario", "profile", "seed"]
    assert [*frame.index.names, *frame.columns] == sorted(
        COLUMNS, key=[*frame.index.names, *frame.columns].index
    )
    assert frame.loc[("simple", "local", 3)].digest == simulation.run("simple", 3).digest


def test_a_json_object_tells_the_same(mixed: Sweep) -> None:
    told = json.loads(json.dumps(mixed.as_json()))
    assert (told["runs"], told["failed"], told["digest"]) == (36, mixed.failed, mixed.digest)
    assert [each["seed"] for each in told["failures"]] == [failure.seed for failure in mixed.failures]
    assert [each["runs"] for each in told["causes"]] == [group.runs for group in mixed.causes]
    assert [each["scenario"] for each in told["cells"]] == [each.scenario for each in mixed.summaries]


def test_a_sweep_is_one_line_to_look_at(mixed: Sweep) -> None:
    beginning = f"36 runs · {mixed.passed} pass · {mixed.failed} FAIL · {mixed.unknown} unknown · "
    assert repr(mixed).startswith(beginning)
    assert repr(mixed).endswith(f" runs/s · digest {mixed.digest[:8]}")


def test_a_notebook_shows_it_without_a_script_and_without_fetching(mixed: Sweep) -> None:
    page = mixed._repr_html_()
    assert "<script" not in page
    assert "http" not in page
    assert [cause.command in page for cause in mixed.causes] == [True] * len(mixed.causes)


def test_what_a_scenario_says_is_no_html(tmp_path: Path) -> None:
    path = tmp_path / "a<script>b.toml"
    path.write_text(load("simple").text, encoding="utf-8")
    assert "<script" not in simulation.sweep(path, 1, **HERE)._repr_html_()


def test_a_folder_tells_the_same_as_the_sweep_that_wrote_it(tmp_path: Path) -> None:
    done = simulation.sweep(mutant("IGNORES_REPORTED_VOTES"), 12, out=tmp_path, **HERE)
    again = simulation.read_sweep(tmp_path)
    assert (rows(again), again.digest, again.failures) == (rows(done), done.digest, done.failures)
    assert (again.out, again.total, again.ran, again.stopped) == (str(tmp_path), None, 0, "")


def test_a_folder_may_be_read_while_the_sweep_goes_on(tmp_path: Path) -> None:
    seen = []
    looking = Steps(20, lambda: seen.append(simulation.read_sweep(tmp_path)))
    with fresh_parts():
        done = simulation.sweep("simple", 40, out=tmp_path, chunk=5, progress=looking, **HERE)
    assert 0 < len(seen[0].failures) + seen[0].runs <= 40
    assert set(rows(seen[0])) <= set(rows(done))


def test_a_folder_may_be_read_before_it_has_rows(tmp_path: Path) -> None:
    seen = []
    looking = Steps(1, lambda: seen.append(seeds(simulation.read_sweep(tmp_path))))
    simulation.sweep("simple", 5, out=tmp_path, progress=looking, **HERE)
    assert seen == [[]]


def test_a_sweep_finds_its_folder_wherever_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    done = simulation.sweep(load("simple"), 3, out="here", **HERE)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert len(done) == 3


def test_what_is_kept_nowhere_else_is_there_as_long_as_the_sweep() -> None:
    done = simulation.sweep("simple", 3, **HERE)
    assert (done.out, seeds(done)) == (None, [0, 1, 2])
