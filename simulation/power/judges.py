"""By what a run counts as one that shows a bug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simulation.checks import Check, Violated
from simulation.checks.liveness import liveness
from simulation.checks.safety import agreement, one_value_chosen
from simulation.errors import InputError, nearest
from simulation.run import Run

Judge = Callable[[Run], str | None]
"""The name of the check that a run violates, or None."""

OUTCOME: Final[tuple[Check, ...]] = (agreement, one_value_chosen, liveness)
"""What consensus promises, whatever protocol is to keep it. The order is that in which they are named."""


def by_outcome(run: Run) -> str | None:
    """Only what is decided, what has the votes to be, and whether there is a decision after the calm."""
    # The other checks are not even computed: they would cost a tenth of the search.
    for check in OUTCOME:
        finding = check(run.story)
        if isinstance(finding, Violated):
            return finding.check
    return None


def by_all(run: Run) -> str | None:
    """Every check: also of the steps on the way, where a protocol publishes them."""
    violations = run.violations
    return violations[0].check if violations else None


JUDGES: Final[dict[str, Judge]] = {"outcome": by_outcome, "all": by_all}
"""By the word for ``--judge``."""


def find_judge(name: str) -> Judge:
    """The judge of this name. Raises ``InputError`` for one that there is not."""
    if name not in JUDGES:
        raise InputError(f"judge: there is no {name!r}. Known: {', '.join(JUDGES)}.{nearest(name, JUDGES)}")
    return JUDGES[name]
