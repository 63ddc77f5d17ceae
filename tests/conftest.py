"""Options of the whole test run, and what it says at its end."""

from __future__ import annotations

import hypothesis
import pytest

from tests.fidelity import table

pytest_plugins = ["pytester"]

# A deadline per example would be a test of the machine's speed.
hypothesis.settings.register_profile("calm", deadline=None)
hypothesis.settings.load_profile("calm")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switches that write anew what tests compare with."""
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write tests/golden and the tables of docs anew instead of comparing; only if you understand the"
        " difference",
    )
    parser.addoption(
        "--rewrite-notebooks",
        action="store_true",
        help="store what the cells of the notebooks show now, from their texts in notebooks/*.py",
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the comparison with the real system's log, where the tests made it."""
    table.tell(terminalreporter)
