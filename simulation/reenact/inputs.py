"""What a machine was given when it began to print a line: found among all that waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from simulation.kernel import Entry
from simulation.protocols.inputs import Propose
from simulation.protocols.paxos.messages import Leader
from simulation.protocols.paxos.reports import (
    AlreadyDecided,
    BallotReset,
    DyingUndecided,
    PromiseCounted,
    PromiseCounting,
)
from simulation.protocols.reports import LeaderNamed, Proposed
from simulation.reenact import election
from simulation.reenact.outlook import NAMELESS, Outlook
from simulation.reenact.script import Script
from simulation.reenact.silence import Silence
from simulation.reenact.stage import Stage, printed
from simulation.reenact.stuck import Rebound, Stuck
from simulation.seedlog.lines import Line
from simulation.seedlog.match import Bindings, tells
from simulation.seedlog.runs import LoggedRun
from simulation.trace.record import CONTENT, ID, SOURCE

MOST_WIDENINGS = 8
"""How often each kind of silence is tried for one line before the next kind is."""

ON_THE_WAY = frozenset({AlreadyDecided, BallotReset, DyingUndecided, PromiseCounted, PromiseCounting})
"""What no handler prints first."""


class Way(Struct):
    """How to get a machine to print a line: hand it ``silent``, then ``act``. ``bindings`` come of it."""

    silent: list[Entry]
    act: Callable[[], None]
    bindings: Bindings


class Inputs:
    """Finds for each line that opens a handler what was handed to the machine."""

    def __init__(
        self, stage: Stage, run: LoggedRun, outlook: Outlook, silence: Silence, scripts: Sequence[Script]
    ) -> None:
        self._stage = stage
        self._run = run
        self._outlook = outlook
        self._silence = silence
        self._scripts = scripts

    def open(self, index: int, line: Line) -> None:
        """Let an idle replica begin the handler that prints this line. Raises ``Stuck``, ``Rebound``."""
        process = line.process
        way = self._way(process, line) or self._wider(process, line)
        if way is None:
            why = "nothing that it could be given makes it print that"
            raise Stuck(index, why, process, self._silence.first_print(process))
        if way.bindings:
            raise Rebound(way.bindings)
        for entry in way.silent:
            self._silence.take(entry)
        way.act()

    def _wider(self, process: int, line: Line) -> Way | None:
        settle, force, swallow, ring = self._silence.widenings
        for widen in (settle, force, swallow, self._give_up, ring):
            for _ in range(MOST_WIDENINGS):
                if not widen(process):
                    break
                way = self._way(process, line)
                if way is not None:
                    return way
        return None

    def _give_up(self, process: int) -> bool:
        """Let the client stop waiting for an answer, if it does."""
        return self._scripts[process].give_up()

    def _way(self, process: int, line: Line) -> Way | None:
        """With what is handed over in silence first: as it was sent; more of it; less of it."""
        for silent, state in self._beginnings(process):
            way = self._candidate(process, state, silent, line)
            if way is not None:
                return way
        return None

    def _beginnings(self, process: int) -> Iterator[tuple[list[Entry], Any]]:
        natural, states = self._silence.before(process, oldest=True)
        yield natural, states[-1]
        more, more_states = self._silence.before(process, oldest=False)
        for count in range(len(natural) + 1, len(more) + 1):
            yield more[:count], more_states[count]
        for count in reversed(range(len(natural))):
            yield natural[:count], states[count]

    def _candidate(self, process: int, state: Any, silent: list[Entry], line: Line) -> Way | None:
        stage, said = self._stage, line.said
        heads = list(stage.heads(process, silent))
        # Of two alike rather the one that certainly left, and none that is held.
        heads.sort(key=lambda entry: (entry[ID] in stage.held, entry[ID] in stage.doubtful))
        for entry in (*heads, *stage.rings(process)):
            bindings = self._prints(process, state, entry[SOURCE], entry[CONTENT])
            if bindings is not None:
                return Way(silent, self._one_like(entry, heads), bindings)
        if isinstance(said, LeaderNamed):
            return self._named(process, state, silent, said)
        if isinstance(said, Proposed):
            return self._proposed(process, state, silent)
        return None

    def _one_like(self, entry: Entry, heads: list[Entry]) -> Callable[[], None]:
        """Let ``entry`` be handled, or of those alike the one that most waits behind."""
        alike = [
            other for other in heads if other[CONTENT] == entry[CONTENT] and self._is_as_sure(other, entry)
        ]
        if len(alike) < 2:
            return partial(self._stage.happen, entry)
        # Decided only then: what happens in silence before may put something behind one of them.
        return lambda: self._silence.take(max(alike, key=self._stage.waits_behind))

    def _is_as_sure(self, other: Entry, entry: Entry) -> bool:
        doubtful, held = self._stage.doubtful, self._stage.held
        one, two = other[ID], entry[ID]
        return (one in doubtful) == (two in doubtful) and (one in held) == (two in held)

    def _named(self, process: int, state: Any, silent: list[Entry], said: LeaderNamed) -> Way | None:
        elector = self._stage.count + process
        bindings = self._prints(process, state, elector, Leader(said.leader))
        if bindings is None or not election.announce(self._stage, process, said.leader):
            return None
        named = next(entry for entry in self._stage.heads(process) if entry[SOURCE] == elector)
        return Way(silent, partial(self._stage.happen, named), bindings)

    def _proposed(self, process: int, state: Any, silent: list[Entry]) -> Way | None:
        script = self._scripts[process]
        step = script.proposal()
        if step is None:
            return None
        call = Propose(0, step.instance, script.proposes, step.action)
        bindings = self._prints(process, state, process, call)
        if bindings is None:
            return None
        return Way(silent, lambda: self._stage.happen(script.propose()), bindings)

    def _prints(self, process: int, state: Any, source: int, content: Any) -> Bindings | None:
        """What is learned if handling ``content`` prints what the log has next; None if it does not."""
        reports = printed(self._stage.handled(process, state, source, content)[1])
        if not reports:
            return None
        bindings: Bindings = {}
        upcoming = reversed(self._outlook.mine[process])
        for report in reports:
            if type(report) in NAMELESS:
                continue
            index = next(upcoming, None)
            if index is None:
                return bindings if self._may_stop_short(process) else None
            if not tells(self._outlook.said(index), report, bindings):
                return None
        after = next(upcoming, None)
        if after is not None and type(self._outlook.said(after)) in ON_THE_WAY:
            return None
        return bindings

    def _may_stop_short(self, process: int) -> bool:
        """Whether a process may have died, or the log ended, in the middle of what it does."""
        return not self._run.complete or process not in self._run.survivors
