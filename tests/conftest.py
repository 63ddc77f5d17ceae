"""Options of the whole test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switch that writes what the golden tests compare with."""
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write tests/golden anew instead of comparing; only if you understand the difference",
    )
