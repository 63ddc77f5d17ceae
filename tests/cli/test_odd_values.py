"""A protocol of one's own may hold what the usual encoders do not take; every command takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call

ODDITIES = ("--set", "protocol=tests.cli.machines:Oddities")


def test_a_record_of_odd_values_is_replayed(call: Call, folder: Path) -> None:
    recorded = call("run", "simple", *ODDITIES, "--format", "jsonl")
    assert '"long":1606938044258990275541962092341162602522202993782792835301376' in recorded.out
    assert r'"half":"\ud800","none":"nan","endless":"inf"' in recorded.out
    (folder / "run.jsonl").write_text(recorded.out, encoding="utf-8", newline="")
    assert "the same digest" in call("replay", "run.jsonl").err


@pytest.mark.parametrize("name", ["run.html", "run.svg", "run.perfetto.json", "run.shiviz"])
def test_odd_values_are_shown(call: Call, folder: Path, name: str) -> None:
    said = call("show", "simple", *ODDITIES, "-o", name)
    assert said.code == call("run", "simple", *ODDITIES).code
    assert (folder / name).read_text(encoding="utf-8")


def test_a_row_has_a_half_letter_written_out(call: Call, folder: Path) -> None:
    said = call(
        "sweep", "simple", "--set", "protocol=tests.cli.machines:Half", "--seeds", "0:2", "--jobs", "1"
    )
    assert said.code == 1
    assert r"decided \ud800 as instance 1" in said.out + said.err
