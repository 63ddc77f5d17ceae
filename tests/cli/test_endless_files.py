"""What never ends, or is far too long, is refused after a bounded part of it was read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call

ZEROS = Path("/dev/zero")

pytestmark = pytest.mark.skipif(not ZEROS.exists(), reason="there is no /dev/zero here")


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("run", "scenario: '/dev/zero' has more than 16,000,000 characters, "),
        ("sweep", "scenario: '/dev/zero' has more than 16,000,000 characters, "),
        ("replay", "/dev/zero:1: this is one object, with more than 64,000,000 characters. "),
        ("shrink", "/dev/zero:1: this is one object, with more than 64,000,000 characters. "),
        ("check", "/dev/zero: is no log of the real system: "),
    ],
)
def test_a_file_without_an_end_is_refused(call: Call, command: str, part: str) -> None:
    said = call(command, str(ZEROS))
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert "Traceback" not in said.err


def test_a_line_of_a_record_without_an_end_is_refused_at_its_number(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = call("run", "simple", "--format", "jsonl").out.splitlines()
    # By its name in the package, the module is the function.
    monkeypatch.setattr(sys.modules["simulation.replay"], "LONGEST", max(map(len, record)) + 1)
    (folder / "run.jsonl").write_text("\n".join(record), encoding="utf-8")
    assert call("replay", "run.jsonl").code == 0
    (folder / "run.jsonl").write_text("\n".join([*record[:7], record[7] + " " * 9_999]), encoding="utf-8")
    said = call("replay", "run.jsonl")
    assert (said.code, said.out) == (2, "")
    assert "run.jsonl:8: this line has more than " in said.err
