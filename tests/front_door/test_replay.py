"""``simulation.replay``: a run or a record comes back as an equal run, or as an error that names why."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import simulation
from simulation.replay import Recording, read_record, record_lines


@pytest.fixture(scope="module")
def run() -> simulation.Run:
    scenario = simulation.load("leader_crash_complex", participants=7, network={"delay": "1..2ms"})
    return simulation.run(scenario, seed=7)


def test_a_run_is_replayed(run: simulation.Run) -> None:
    again = simulation.replay(run)
    assert again is not run
    assert (again.digest, again.log(), again.verdict) == (run.digest, run.log(), run.verdict)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_record_is_replayed_from_its_path(run: simulation.Run, kind: type, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text("\n".join(record_lines(run)) + "\n", encoding="utf-8")
    assert simulation.replay(kind(path)).digest == run.digest


def test_the_record_of_a_replayed_record_is_the_same_text(run: simulation.Run, tmp_path: Path) -> None:
    text = "\n".join(record_lines(run)) + "\n"
    path = tmp_path / "run.jsonl"
    path.write_text(text, encoding="utf-8")
    assert "\n".join(record_lines(simulation.replay(path))) + "\n" == text


def test_the_json_object_is_a_record_by_digest(run: simulation.Run, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(msgspec.json.encode(run.as_json()))
    recording = read_record(path)
    assert (recording.digest, recording.events) == (run.digest, None)
    assert simulation.replay(recording).digest == run.digest


def test_another_run_is_no_replay_and_the_first_event_that_differs_is_named(run: simulation.Run) -> None:
    lines = list(record_lines(run))[1:-1]
    changed = json.dumps({**json.loads(lines[10]), "time_us": 0})
    events = (*lines[:10], changed, *lines[11:])
    with pytest.raises(simulation.NondeterminismError) as raised:
        simulation.replay(Recording(run.scenario, run.seed, run.digest, events))
    assert "agree for 10 events" in str(raised.value)
    assert changed in str(raised.value)
    assert lines[10] in str(raised.value)


def test_another_digest_is_no_replay(run: simulation.Run) -> None:
    with pytest.raises(simulation.NondeterminismError, match="the digest differs: 0000"):
        simulation.replay(Recording(run.scenario, run.seed, "0" * 32))


def test_what_is_no_record_is_an_error_of_the_input(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(simulation.RecordError, match="is empty"):
        simulation.replay(tmp_path / "empty")
