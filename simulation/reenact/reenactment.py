"""The re-enactment of a run: the attempt that prints exactly its lines, or the one that came furthest.

Nearly every run needs one attempt, and another where a value had to be guessed. Where an
attempt is stuck, the search widens, one freedom more at a time, as long as it gets further:
deaths come late, then single messages are held back that print nothing, or the same as another.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from simulation.errors import HarnessError, InputError
from simulation.harness import Outcome, Plan
from simulation.protocols.paxos import PAXOS, Elector
from simulation.protocols.registry import Protocol, find_protocol
from simulation.protocols.reports import Report
from simulation.reenact.casting import Cast, Casting
from simulation.reenact.enactment import Enactment
from simulation.reenact.freedom import Freedom
from simulation.reenact.stage import Sent, Stage
from simulation.reenact.steps import SpentError, Steps, steps_for
from simulation.reenact.stuck import Rebound, Stuck
from simulation.reenact.values import usual_values
from simulation.run import Run
from simulation.scenario import Scenario
from simulation.seedlog.runs import LoggedRun

MOST_ATTEMPTS = 100
"""So many attempts are made at one run."""


FEW_ATTEMPTS = 8
"""So many at the beginning of one, to find out whether it is the beginning of a possible run."""


class Reenacted(Struct, frozen=True):
    """An execution that prints exactly the lines of a run. ``freedom`` says what it needed.

    Where the run was cut off, ``ahead`` is what could be printed next, and by whom, ``waiting``
    what processes had not yet been given.
    """

    cast: Cast
    freedom: Freedom
    run: Run
    ahead: tuple[tuple[int, Report], ...] = ()
    waiting: tuple[tuple[Sent, str], ...] = ()


class Diverged(Struct, frozen=True):
    """No execution was found that prints the line after those of the one that came furthest.

    ``possible`` is what could be printed there, and by whom, ``waiting`` what the process
    of that line had not yet been given.
    """

    cast: Cast
    freedom: Freedom
    stuck: Stuck
    possible: tuple[tuple[int, Report], ...]
    waiting: tuple[tuple[Sent, str], ...]


class GivenUp(Struct, frozen=True):
    """The search took ``steps`` steps and has no answer: there may be an execution, or none.

    ``index`` is the furthest line to which an attempt had come by then.
    """

    index: int
    steps: int


class Reenactor:
    """Re-enacts runs with a protocol, one after the other, each independent of the others.

    They are runs of any known scenario, or of the one that is given. A search is given up after
    ``most_steps``, or after as many as suit the size of the run.
    """

    def __init__(
        self,
        protocol: str = PAXOS.name,
        scenario: Scenario | None = None,
        *,
        most_steps: int | None = None,
    ) -> None:
        self.steps = Steps()
        """The steps of the search that is under way."""
        self._most_steps = most_steps
        self._casting = Casting(protocol, scenario)
        self._protocol = _with_elector(find_protocol(protocol))
        self._stages: dict[int, Stage] = {}

    def reenact(self, run: LoggedRun) -> Reenacted | Diverged | GivenUp:
        """The execution that prints this run, or why there seems to be none.

        Raises ``InputError`` where no scenario can be played by so many processes.
        """
        self.steps.refill(steps_for(run) if self._most_steps is None else self._most_steps)
        try:
            return self.search(run)
        except SpentError as spent:
            return GivenUp(spent.index, self.steps.most)

    def search(
        self, run: LoggedRun, freedom: Freedom | None = None, *, most_attempts: int = MOST_ATTEMPTS
    ) -> Reenacted | Diverged:
        """The same as part of a search that is under way. Raises ``SpentError`` too."""
        best: Diverged | None = None
        for cast in self._casting.casts(run):
            search = _Search(self._stage(run.participants), run, cast, most_attempts)
            try:
                found = search.search(freedom or Freedom())
            except SpentError as spent:
                if best is not None:
                    spent.index = max(spent.index, best.stuck.index)
                raise
            if isinstance(found, Reenacted):
                return found
            if best is None or found.stuck.index > best.stuck.index:
                best = found
        assert best is not None
        return best

    def pinpoint(self, run: LoggedRun, found: Diverged) -> Diverged:
        """The divergence at the first line that no continuation explains, whatever comes after it.

        An attempt looks ahead, and so it may be stuck before that line. Here the run is taken to
        have been cut off after ever more of its lines, as long as that can be re-enacted.
        """
        sound, broken, step = found.stuck.index, len(run.readable), 1
        possible: Reenacted | None = None
        impossible: Diverged | None = None
        while broken - sound > 1:
            length = min(sound + step, broken - 1)
            part = self._beginning(LoggedRun(run.number, run.readable[:length]), found)
            if isinstance(part, Reenacted):
                sound, step, possible = length, 2 * step, part
            else:
                broken, step, impossible = length, 1, part
        if possible is None and sound:
            part = self._beginning(LoggedRun(run.number, run.readable[:sound]), found)
            possible = part if isinstance(part, Reenacted) else None
        before = found if impossible is None else impossible
        if possible is None or before.stuck.index == sound:
            return before
        return _after(possible, sound, run.readable[sound].process, before)

    def _beginning(self, part: LoggedRun, found: Diverged) -> Reenacted | Diverged:
        """The re-enactment of the beginning of a run, first in the cast that the whole run seems to have."""
        search = _Search(self._stage(part.participants), part, found.cast, FEW_ATTEMPTS)
        if found.cast.scenario.model.participants == part.participants:
            first = search.search(Freedom(lost=found.freedom.lost))
            if isinstance(first, Reenacted):
                return first
        return self.search(part, Freedom(lost=found.freedom.lost), most_attempts=FEW_ATTEMPTS)

    def _stage(self, participants: int) -> Stage:
        if participants not in self._stages:
            names = [f"p{number}" for number in range(1, participants + 1)]
            self._stages[participants] = Stage(self._protocol, names, self.steps)
        return self._stages[participants]


def _with_elector(protocol: Protocol) -> Protocol:
    """The protocol, if its processes find their leader as those of the real system do."""
    if len(protocol.components) == 2 and issubclass(protocol.components[1], Elector):
        return protocol
    raise InputError(
        f"protocol: {protocol.name!r} cannot be re-enacted: its processes are no replica with an elector, as"
        " those are that print such a log"
    )


def _after(beginning: Reenacted, index: int, process: int, before: Diverged) -> Diverged:
    """The divergence at a line that cannot follow a beginning, and what could."""
    ahead = beginning.ahead
    instead = next((report for who, report in ahead if who == process), None)
    stuck = Stuck(index, "nothing that comes before leads there", process, instead)
    waiting = tuple([each for each in beginning.waiting if each[0][1] == process])
    return Diverged(before.cast, before.freedom, stuck, ahead, waiting)


BEST = (3, 0)
"""No attempt can be better."""


class _Search:
    """The search for one run in one cast."""

    def __init__(self, stage: Stage, run: LoggedRun, cast: Cast, most_attempts: int) -> None:
        self._stage = stage
        self._run = run
        self._cast = cast
        self._left = most_attempts
        self._taken: list[Sent] = []
        self._guess = usual_values(run)

    def search(self, freedom: Freedom) -> Reenacted | Diverged:
        """The first attempt that prints everything, else the one that came furthest.

        An execution that violates something proves nothing as long as there may be another.
        """
        found = self._attempt(freedom)
        while self._rank(found) < BEST:
            try:
                further = self._further(found)
            except SpentError as spent:
                if isinstance(found, Reenacted):
                    break
                spent.index = max(spent.index, found.stuck.index)
                raise
            if further is None:
                break
            found = further
        return found

    def _further(self, than: Reenacted | Diverged) -> Reenacted | Diverged | None:
        """The first attempt with one freedom more that gets further."""
        for wider in self._wider(than.freedom, list(self._taken)):
            if self._left <= 0:
                break
            found = self._attempt(wider)
            if self._rank(found) > self._rank(than):
                return found
        return None

    def _rank(self, found: Reenacted | Diverged) -> tuple[int, int]:
        if isinstance(found, Diverged):
            return 0, found.stuck.index
        if not self._run.complete:
            return BEST
        return {"pass": BEST, "unknown": (2, 0), "fail": (1, -len(found.run.violations))}[found.run.verdict]

    def _wider(self, freedom: Freedom, taken: list[Sent]) -> Iterator[Freedom]:
        if not freedom.late_deaths and len(self._run.survivors) < self._run.participants:
            yield replace(freedom, late_deaths=True)
        for sent in reversed(taken):
            if sent not in freedom.held:
                yield replace(freedom, held=freedom.held | {sent})

    def _attempt(self, freedom: Freedom) -> Reenacted | Diverged:
        """One attempt, made again when a line shows a value that was not known before, or not so."""
        known, guessed = dict(self._guess), bool(self._guess)
        everybody = range(self._stage.count)
        while True:
            self._left -= 1
            # A value that no line shows stays a negative number: minus 1 for p1, and so on.
            plan = self._cast.plan([known.get(-1 - process, -1 - process) for process in everybody])
            enactment = Enactment(self._stage, self._run, plan, freedom)
            try:
                outcome = enactment.go()
            except SpentError as spent:
                spent.index = enactment.index
                raise
            except Rebound as rebound:
                known = {**({} if guessed else known), **rebound.bindings}
                self._guess, guessed = {}, False
            except Stuck as stuck:
                if guessed:
                    known, self._guess, guessed = {}, {}, False
                    continue
                self._taken = enactment.silence.taken
                waiting = tuple([each for each in enactment.silence.waiting() if each[0][1] == stuck.process])
                return Diverged(self._cast, freedom, stuck, tuple(enactment.possible()), waiting)
            else:
                self._taken = enactment.silence.taken
                done = self._proven(plan, outcome)
                if self._run.complete:
                    return Reenacted(self._cast, freedom, done)
                ahead, waiting = tuple(enactment.possible()), tuple(enactment.silence.waiting())
                return Reenacted(self._cast, freedom, done, ahead, waiting)

    def _proven(self, plan: Plan, outcome: Outcome) -> Run:
        """What was found, after it was printed and compared with the log, letter by letter."""
        cluster, lines = self._stage.cluster, tuple([line.text for line in self._run.readable])
        now_us = cluster.kernel.now
        run = Run(self._cast.scenario, plan, cluster.trace, cluster.places, outcome, now_us, reenacts=lines)
        if run.log().split("\n") != list(lines):
            raise HarnessError(f"run {self._run.number} was re-enacted with other lines than the log has")
        return run
