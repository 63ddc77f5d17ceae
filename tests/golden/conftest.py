"""Comparing with what is stored, or with ``--rewrite-golden`` storing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[Path, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Asserts that a file holds this text. With ``--rewrite-golden`` it is written and the test skipped."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            pytest.skip(f"{path.name} was written anew: look at the difference")
        assert text == path.read_text(encoding="utf-8")

    return compare
