"""A log of many runs, one run at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise

from simulation.errors import LogError
from simulation.harness.reports import Collected, KillsAnnounced, QueueRead, ScriptStarted, SpareAnnounced
from simulation.protocols.paxos.reports import PromiseCounted
from simulation.protocols.reports import Begun, Proposed
from simulation.seedlog.lines import Line

MOST_LINES = 200_000
"""A run with more lines than that is none: it would not fit into memory with all its processes."""

MOST_PARTICIPANTS = 1_000


class LoggedRun:
    """The lines of one run. ``number`` counts the runs of its log from 0, as they begin."""

    def __init__(self, number: int, lines: Sequence[Line]) -> None:
        self.number = number
        self.lines = tuple(lines)
        self.readable = tuple([line for line in lines if line.said is not None])

    @property
    def unreadable(self) -> list[Line]:
        """The lines that are none of such a log."""
        return [line for line in self.lines if line.said is None]

    @cached_property
    def complete(self) -> bool:
        """Whether the run came to its list of results."""
        return any(type(line.said) is Collected for line in self.readable)

    @cached_property
    def participants(self) -> int:
        """How many processes take part, the killed ones included."""
        told = Counter(_told_size(line) for line in self.readable)
        del told[0]
        if told:
            return self._bounded(told.most_common(1)[0][0])
        begun = {line.process for line in self.readable if type(line.said) is Begun}
        lines = Counter(line.process for line in self.readable)
        # One stray line makes nobody a participant, and one that is missing nobody none.
        named = begun | {process for process, count in lines.items() if count > 1 or not begun}
        return self._bounded(max(named, default=0) + 1)

    def _bounded(self, participants: int) -> int:
        """Not more than such a run can have: nearly everybody prints something."""
        return max(1, min(participants, 4 * len(self.readable) + 8, MOST_PARTICIPANTS))

    @cached_property
    def order(self) -> tuple[int, ...] | None:
        """The participants' order where the run prints it, at the start or as sets of who is killed."""
        kills = spare = None
        for line in self.readable:
            said = line.said
            if isinstance(said, ScriptStarted) and said.participants:
                return said.participants
            if isinstance(said, KillsAnnounced) and kills is None:
                kills = (*said.leaders, *said.followers)
            if isinstance(said, SpareAnnounced) and spare is None:
                spare = said.spare
            if kills is not None and spare is not None:
                return (*kills, *spare)
        return None

    @property
    def announces(self) -> str:
        """What processes print beside ``started``, in the words of ``Plan.announce``."""
        kinds = {type(line.said) for line in self.readable}
        if kinds & {SpareAnnounced, KillsAnnounced}:
            return "kill sets"
        with_names = any(
            isinstance(line.said, ScriptStarted) and line.said.participants for line in self.readable
        )
        return "participants" if with_names else "nothing"

    @cached_property
    def survivors(self) -> frozenset[int]:
        """The processes that read their queue at the end."""
        return frozenset(line.process for line in self.readable if type(line.said) is QueueRead)

    def proposals(self) -> dict[int, list[Proposed]]:
        """What each process's client proposed, in order."""
        found: dict[int, list[Proposed]] = {}
        for line in self.readable:
            if isinstance(line.said, Proposed):
                found.setdefault(line.process, []).append(line.said)
        return found


def split(lines: Iterable[Line]) -> Iterator[LoggedRun]:
    """The runs of a log, in order. Raises ``LogError`` for one that never ends.

    A run begins where processes start after it has printed its results, or where several start
    in a row, as after a run that somebody cut off. One start alone amid a run is a stray line.
    """
    number, run = 0, list[Line]()
    ended = starting = known = False
    for line, following in pairwise(chain(lines, (None,))):
        assert line is not None
        starts = type(line.said) is Begun
        row = starting or (following is not None and type(following.said) is Begun)
        if known and starts and not starting and (ended or row):
            yield LoggedRun(number, run)
            number, run, ended, known = number + 1, [], False, False
        # What cannot be read may well have been another start.
        starting = starts or (starting and line.said is None)
        ended = ended or type(line.said) is Collected
        known = known or line.said is not None
        run.append(line)
        if len(run) > MOST_LINES:
            where = f"line {run[0].number}: the run that begins here"
            raise LogError(f"{where} has more than {MOST_LINES:,} lines and no end")
    if run:
        yield LoggedRun(number, run)


def _told_size(line: Line) -> int:
    said = line.said
    if isinstance(said, PromiseCounted):
        return said.participants
    if isinstance(said, ScriptStarted) and said.participants:
        return len(said.participants)
    return 0
