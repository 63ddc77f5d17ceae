"""Why an attempt came to its end before the log did."""

from __future__ import annotations

from simulation.protocols.reports import Report
from simulation.seedlog.lines import Line
from simulation.seedlog.match import Bindings, tells


class Stuck(Exception):  # noqa: N818
    """Nothing that could happen prints line ``index`` of the run next.

    ``process`` is who should have printed something, ``instead`` what that would be.
    """

    def __init__(self, index: int, why: str, process: int = -1, instead: Report | None = None) -> None:
        super().__init__(why)
        self.index = index
        self.why = why
        self.process = process
        self.instead = instead


class Rebound(Exception):  # noqa: N818
    """A line shows values that were not known."""

    def __init__(self, bindings: Bindings) -> None:
        super().__init__(bindings)
        self.bindings = bindings


def expect(report: Report | None, index: int, line: Line, process: int, name: str) -> None:
    """Raise ``Stuck`` where ``report`` is not what a line tells, ``Rebound`` where it tells a value."""
    bindings: Bindings = {}
    assert line.said is not None
    if report is None or not tells(line.said, report, bindings):
        raise Stuck(index, f"{name} cannot print that now", process, report)
    if bindings:
        raise Rebound(bindings)
