"""What all exports promise."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from simulation.exports import EXPORTS
from tests.determinism.elsewhere import python
from tests.order.runs import REENACTED, reenacted, runner, storm

PROGRAM = "import json; from tests.exports.test_exports import hashes; print(json.dumps(hashes()))"


def hashes() -> list[str]:
    """What the exports of some runs are, in short."""
    runs = [storm(), runner("duel", strategy="portfolio").run(4), reenacted(REENACTED[0])]
    files = ["\n".join(lines(run)) for run in runs for lines in EXPORTS.values()]
    return [sha256(file.encode()).hexdigest() for file in files]


@pytest.mark.parametrize("seed", ["1", "random"])
def test_files_do_not_depend_on_the_hash_seed(seed: str) -> None:
    assert json.loads(python(["-c", PROGRAM], PYTHONHASHSEED=seed).stdout) == hashes()


@pytest.mark.parametrize("ending", EXPORTS)
def test_a_file_is_made_twice_alike(ending: str) -> None:
    run = storm()
    assert list(EXPORTS[ending](run)) == list(EXPORTS[ending](run))


@pytest.mark.parametrize("ending", EXPORTS)
def test_a_line_is_one_line(ending: str) -> None:
    assert [line for line in EXPORTS[ending](storm()) if "\n" in line] == []
