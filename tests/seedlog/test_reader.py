"""A log comes from a file or from standard input, and what is no log is refused."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from simulation.errors import LogError
from simulation.seedlog.lines import Line
from simulation.seedlog.reader import HEAD, PIECE, WHAT_IT_IS, read_log, size_of
from tests.seedlog.samples import lines_of, simulated

LOG = simulated("simple", "dist", 0)

GOOD = "p1 accepted 1 1"

BINARY = bytes(range(256)) * 4 * 1024

OTHER_TEXT = "".join(f"{number}. The quick brown fox jumps.\n" for number in range(100_000))

NO_LOGS = {
    "empty": b"",
    "blank": b" \n\r\n\t",
    "binary": BINARY,
    "one line of text": b"The quick brown fox jumps",
    "a few lines of text": b"The quick\nbrown fox\njumps\n",
    "many lines of text": OTHER_TEXT.encode(),
    "one huge line": b"The quick brown fox jumps. " * 10_000,
    "another encoding": LOG.encode("utf-16"),
}


def written(folder: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / "some.log"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Puts this on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def read(path: str | Path) -> list[Line]:
    return [line for run in read_log(path) for line in run.lines]


def refused(path: str | Path) -> str:
    """What is said of a file that is no log."""
    with pytest.raises(LogError) as caught:
        read(path)
    return str(caught.value)


def test_a_file_is_read(tmp_path: Path) -> None:
    assert read(written(tmp_path, LOG)) == lines_of(LOG)


def test_a_file_may_be_named_by_text(tmp_path: Path) -> None:
    assert read(str(written(tmp_path, LOG))) == lines_of(LOG)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, LOG.encode())
    assert read("-") == lines_of(LOG)


def test_a_long_file_is_read_to_its_end(tmp_path: Path) -> None:
    log = "\n".join(3 * PIECE // len(LOG) * [LOG])
    assert read(written(tmp_path, log)) == lines_of(log)


@pytest.mark.parametrize("content", NO_LOGS.values(), ids=NO_LOGS)
def test_what_is_no_log_is_refused_with_what_is_expected(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    found = refused(path)
    assert (found.startswith(f"{path}: "), found.endswith(f"{WHAT_IT_IS}.")) == (True, True)


@pytest.mark.parametrize("content", NO_LOGS.values(), ids=NO_LOGS)
def test_what_is_no_log_on_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    give(monkeypatch, content)
    assert refused("-").startswith("standard input: ")


@pytest.mark.parametrize("kind", ["empty", "blank"])
def test_a_file_of_nothing_is_said_to_be_empty(tmp_path: Path, kind: str) -> None:
    assert "some.log: is empty. " in refused(written(tmp_path, NO_LOGS[kind]))


def test_another_text_is_told_by_its_beginning(tmp_path: Path) -> None:
    assert "line 1 is '0. The quick brown fox jumps.'. " in refused(written(tmp_path, OTHER_TEXT))


def test_a_refusal_is_one_short_line_even_for_binary_files(tmp_path: Path) -> None:
    found = refused(written(tmp_path, BINARY)).replace(str(tmp_path), "")
    assert (found.isprintable(), len(found) < 500) == (True, True)


def test_a_missing_file_is_refused_with_what_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "missing.log"
    assert refused(path) == f"{path}: cannot be read as a log: No such file or directory. {WHAT_IT_IS}."


def test_a_folder_is_refused_with_what_is_expected(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path}: cannot be read as a log: Is a directory. {WHAT_IT_IS}."


def test_a_log_may_begin_with_a_few_lines_of_something_else(tmp_path: Path) -> None:
    lines = [*(f"Compiling {number} files" for number in range(HEAD // 2)), *[GOOD] * (HEAD // 2)]
    assert [line.text for line in read(written(tmp_path, "\n".join(lines)))] == lines


def test_a_log_may_not_begin_with_many_lines_of_something_else(tmp_path: Path) -> None:
    strange = [f"Compiling {number} files" for number in range(HEAD // 2 + 1)]
    assert "is no log" in refused(written(tmp_path, "\n".join([*strange, *[GOOD] * HEAD])))


def test_nothing_is_given_away_of_what_is_no_log(tmp_path: Path) -> None:
    strange = [f"Compiling {number} files" for number in range(HEAD)]
    with pytest.raises(LogError):
        next(read_log(written(tmp_path, "\n".join([*strange, GOOD]))))


def test_many_unreadable_lines_after_readable_ones_are_given_away(tmp_path: Path) -> None:
    lines = [*[GOOD] * HEAD, *(f"Compiling {number} files" for number in range(3 * HEAD))]
    assert [line.text for line in read(written(tmp_path, "\n".join(lines)))] == lines


def test_bytes_that_are_no_text_spoil_their_own_line_only(tmp_path: Path) -> None:
    path = written(tmp_path, f"{GOOD}\n{GOOD}".encode() + b"\xff\n" + GOOD.encode())
    assert [line.said is not None for line in read(path)] == [True, False, True]


def test_a_letter_of_several_bytes_may_lie_across_two_pieces(tmp_path: Path) -> None:
    lines = f"{GOOD}\n" * (PIECE // (len(GOOD) + 1) - 1)
    filled = lines + "x" * (PIECE - 1 - len(lines)) + "é"
    assert read(written(tmp_path, filled))[-1].text.endswith("xé")


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    assert read(written(tmp_path, LOG.encode("utf-8-sig"))) == lines_of(LOG)


def test_progress_is_told_for_every_byte(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join(100 * [LOG]))
    told: list[int] = []
    for _ in read_log(path, told.append):
        pass
    assert sum(told) == path.stat().st_size


@pytest.mark.parametrize("content", [BINARY, OTHER_TEXT], ids=["binary", "text"])
def test_a_long_file_of_something_else_is_not_read_to_its_end(tmp_path: Path, content: str | bytes) -> None:
    told: list[int] = []
    with pytest.raises(LogError):
        list(read_log(written(tmp_path, content), told.append))
    assert sum(told) <= 4 * PIECE


def test_the_size_of_a_file_is_known(tmp_path: Path) -> None:
    assert size_of(written(tmp_path, LOG)) == len(LOG)


def test_no_size_is_known_of_a_folder(tmp_path: Path) -> None:
    assert size_of(tmp_path) is None


def test_no_size_is_known_of_a_missing_file(tmp_path: Path) -> None:
    assert size_of(tmp_path / "missing.log") is None


def test_no_size_is_known_of_standard_input() -> None:
    assert size_of("-") is None
