"""Why a run cannot be re-enacted: the line, what would have been printed instead, and what explains it.

An explanation is the smallest change found that makes the run a possible one: a message that
was lost, or a line that is missing, one too many, out of place, or another. Each is tried by
re-enacting the run with it; where one is not enough, the best of them is kept and another
is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from simulation.protocols.reports import Decided, LeaderNamed, Proposed, Report
from simulation.reenact.freedom import Freedom
from simulation.reenact.reenactment import Diverged, Reenacted, Reenactor
from simulation.reenact.steps import SpentError
from simulation.seedlog.fields import ALL_NAMES
from simulation.seedlog.forms import form_of
from simulation.seedlog.lines import Line, read_line
from simulation.seedlog.runs import LoggedRun

MOST_CHANGES = 3

ATTEMPTS_EACH = 4
"""A change is a good one if it helps soon."""

MOST_EARLIER = 4
"""Before so many of its last lines, a process may have printed another one."""

MOST_TRIES = 80
"""So many changes are tried at one run."""


class Divergence(Struct, frozen=True):
    """Where and why a run has no re-enactment. ``line`` is the number of the first line without one.

    ``lacking`` tells whether a line that is missing explains it.
    """

    line: int
    message: str
    lacking: bool = False


class _Changed(Struct, frozen=True):
    """A run with changes, in words, and how far it is re-enacted with them.

    ``point`` is its divergence where it is known to be at the first line that nothing explains,
    ``lacking`` whether something had to be added to the run, or a message lost.
    """

    words: tuple[str, ...]
    lines: tuple[Line, ...]
    freedom: Freedom
    found: Reenacted | Diverged
    point: Diverged | None = None
    lacking: bool = False

    @property
    def left(self) -> int:
        """How many lines cannot be re-enacted."""
        return 0 if isinstance(self.found, Reenacted) else len(self.lines) - self.found.stuck.index


def explain(reenactor: Reenactor, run: LoggedRun, found: Diverged, *, search: bool = True) -> Divergence:
    """The divergence of a run, explained as shortly as was found if it is searched for."""
    reenactor.steps.refill(reenactor.steps.most)
    point, change, spent = found, None, False
    try:
        point = reenactor.pinpoint(run, found)
        change = _Explainer(reenactor, run).least_change(found, point) if search else None
    except SpentError:
        spent = True
    line = run.readable[point.stuck.index]
    said = f"{line.text!r} cannot come here: {point.stuck.why}{_instead(point)}."
    if not search:
        return Divergence(line.number, f"{said} No explanation was searched for: too many runs diverge.")
    if spent:
        given_up = f"The search for an explanation was given up after {reenactor.steps.most:,} steps."
        return Divergence(line.number, f"{said} {given_up}")
    if change is not None:
        words = " and ".join(change.words)
        return Divergence(line.number, f"{said} Explained if {words}.", change.lacking)
    return Divergence(line.number, f"{said} No short explanation was found.")


def _instead(found: Diverged) -> str:
    stuck = found.stuck
    if stuck.instead is not None:
        text = _text(stuck.process, stuck.instead)
        return f"; what comes first is {text!r}" if text else ""
    others = _texts(found)
    if not others:
        return "; nothing else could be printed either"
    more = " or another line" if len(others) > 2 else ""
    return f"; what could come is {' or '.join(map(repr, others[:2]))}{more}"


class _Explainer:
    def __init__(self, reenactor: Reenactor, run: LoggedRun) -> None:
        self._reenactor = reenactor
        self._run = run
        self._left = MOST_TRIES

    def least_change(self, found: Diverged, point: Diverged) -> _Changed | None:
        """The run with as few changes as were found that make it a possible one."""
        best = _Changed((), self._run.readable, Freedom(), found, point)
        for _ in range(MOST_CHANGES):
            tried = []
            for change in self._changes(best):
                tried.append(change)
                if not change.left or self._left <= 0:
                    break
            better = min(tried, key=lambda change: change.left, default=best)
            if better.left >= best.left:
                return None
            best = better
            if not best.left:
                return best
        return None

    def _changes(self, before: _Changed) -> Iterator[_Changed]:
        found = before.point
        if found is None:
            assert isinstance(before.found, Diverged)
            found = self._reenactor.pinpoint(LoggedRun(self._run.number, before.lines), before.found)
        names = found.cast.scenario.model.names
        index = found.stuck.index
        for (source, to, place), kind in found.waiting:
            lost = replace(before.freedom, lost=before.freedom.lost | {(source, to, place)})
            whom = "itself" if source == to else names[to]
            words = f"the {kind} that {names[source % len(names)]} sent to {whom} was lost"
            yield self._try(before, words, before.lines, lost, lacking=True)
        if index >= len(before.lines):
            return
        here = before.lines[index]
        yield from self._without(before, index, here)
        for text in (*_texts(found), *_unprompted(before.lines, here)):
            missing = _line(here.number, text)
            if missing is None:
                continue
            rest = before.lines[index:]
            later = next((k for k, line in enumerate(rest) if line.text == text), None)
            if later is not None:
                moved = (*before.lines[:index], rest[later], *rest[:later], *rest[later + 1 :])
                words = f"line {rest[later].number}, {text!r}, belongs before line {here.number}"
                yield self._try(before, words, moved, before.freedom)
            with_it = (*before.lines[:index], missing, *rest)
            words = f"the line {text!r} is missing before line {here.number}"
            yield self._try(before, words, with_it, before.freedom, lacking=True)
            instead = (*before.lines[:index], missing, *rest[1:])
            words = f"line {here.number} should read {text!r}"
            yield self._try(before, words, instead, before.freedom)
        yield from self._with_earlier(before, index, here)

    def _with_earlier(self, before: _Changed, index: int, here: Line) -> Iterator[_Changed]:
        """With a line that the process of this one may have printed before one of its last few."""
        own = [k for k in range(1, index) if before.lines[k].process == here.process]
        for place in reversed(own[-MOST_EARLIER:]):
            beginning = LoggedRun(self._run.number, before.lines[:place])
            part = self._reenactor.search(beginning, before.freedom, most_attempts=ATTEMPTS_EACH)
            if not isinstance(part, Reenacted):
                continue
            for process, report in part.ahead:
                missing = _line(before.lines[place].number, _text(process, report))
                if process == here.process and missing is not None:
                    words = f"the line {missing.text!r} is missing before line {missing.number}"
                    lines = (*before.lines[:place], missing, *before.lines[place:])
                    yield self._try(before, words, lines, before.freedom, lacking=True)

    def _without(self, before: _Changed, index: int, here: Line) -> Iterator[_Changed]:
        """Without the line; and where it is then missing later, with it there."""
        if len(before.lines) == 1:
            return
        lines = (*before.lines[:index], *before.lines[index + 1 :])
        without = self._try(before, f"line {here.number} is one too many", lines, before.freedom)
        yield without
        if isinstance(without.found, Diverged):
            place = without.found.stuck.index
            if here.text in _texts(without.found):
                moved = (*lines[:place], here, *lines[place:])
                after = lines[min(place, len(lines) - 1)].number
                words = f"line {here.number} belongs before line {after}"
                yield self._try(before, words, moved, before.freedom)

    def _try(
        self,
        before: _Changed,
        words: str,
        lines: Sequence[Line],
        freedom: Freedom,
        *,
        lacking: bool = False,
    ) -> _Changed:
        self._left -= 1
        changed = LoggedRun(self._run.number, lines)
        if self._run.complete and not changed.complete:
            # Without its results a run would be one that was cut off, and as good as any.
            return before
        found = self._reenactor.search(changed, freedom, most_attempts=ATTEMPTS_EACH)
        lacks = before.lacking or lacking
        return _Changed((*before.words, words), tuple(lines), freedom, found, lacking=lacks)


def _texts(found: Diverged) -> list[str]:
    """What could have been printed instead of the line, the process of the line first."""
    stuck = found.stuck
    reports = [(stuck.process, stuck.instead)] if stuck.instead is not None else []
    texts = [_text(process, report) for process, report in (*reports, *found.possible)]
    return list(dict.fromkeys(text for text in texts if text))


def _unprompted(lines: Sequence[Line], here: Line) -> Iterator[str]:
    """What the process of a line may be told at any time: a proposal, and that it leads."""
    if here.process < 0:
        return
    yield _text(here.process, LeaderNamed(here.process))
    mine = [line.said for line in lines if line.process == here.process]
    if not any(isinstance(said, Proposed) for said in mine):
        instances = {line.said.instance for line in lines if isinstance(line.said, Proposed | Decided)}
        for instance in sorted(instances)[:2]:
            yield _text(here.process, Proposed(instance, 0, None))


def _text(process: int, report: Report) -> str:
    form = form_of(report)
    # A value that the log has not shown is a negative number, and no text can be made of it.
    if form is None or any((getattr(report, name) or 0) < 0 for name in form.values):
        return ""
    return form.show(ALL_NAMES[process], report, ALL_NAMES)


def _line(number: int, text: str) -> Line | None:
    read = read_line(text)
    return None if read is None else Line(number, text, *read)
