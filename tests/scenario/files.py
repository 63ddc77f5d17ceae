"""Small scenario files for tests: a correct one, and ways to bend it."""

from __future__ import annotations

from simulation.errors import ScenarioError
from simulation.scenario import parse

CORRECT = """\
format = 1
participants = 5

[roles]
proposer = "first of all"
waiting = "all except proposer"

[script]
proposer = ["propose", "wait 10s"]
waiting = ["wait 10s"]

[expect]
decision = "required"
by = "all"
"""


def bent(old: str, new: str, *, text: str = CORRECT) -> str:
    """The correct file with ``old`` replaced by ``new``."""
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in the file"
    return text.replace(old, new)


def problems(text: str, **overrides: object) -> tuple[str, ...]:
    """Everything that the reader finds wrong with ``text``; the file is called ``wrong.toml``."""
    try:
        parse(text, name="wrong", source="wrong.toml", overrides=overrides)
    except ScenarioError as error:
        return error.problems
    return ()
