"""One run as its log shows it: who took part, who was left, who proposed, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from .lines import Line, cut, split_runs

_NAME = re.compile(r"p\d+")


class Run:
    """The lines of one run, with the facts that its statistics are made of.

    ``lines`` are in printed order. A *survivor* is a process whose queue length was read
    at the end; *killed proposers* are the harness's ``leaders``, the other killed ones
    its ``followers``.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines: tuple[Line, ...] = tuple(lines)

    @cached_property
    def by_kind(self) -> dict[str, list[int]]:
        """Kind -> the places of its lines."""
        places: dict[str, list[int]] = {}
        for place, line in enumerate(self.lines):
            places.setdefault(line.kind, []).append(place)
        return places

    def places(self, *kinds: str) -> list[int]:
        """The places of all lines of these kinds, in printed order."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], [])
        return sorted(place for kind in kinds for place in self.by_kind.get(kind, ()))

    def of(self, *kinds: str) -> list[Line]:
        """All lines of these kinds, in printed order."""
        return [self.lines[place] for place in self.places(*kinds)]

    def names_in(self, *kinds: str) -> frozenset[str]:
        """The processes that printed a line of one of these kinds."""
        return frozenset(line.process for line in self.of(*kinds))

    @cached_property
    def is_complete(self) -> bool:
        """Whether the run got as far as its list of results."""
        return "result" in self.by_kind

    @cached_property
    def processes(self) -> frozenset[str]:
        """All processes of the run."""
        return self.names_in("starting")

    @property
    def n(self) -> int:
        """How many processes take part, the killed ones included."""
        return len(self.processes)

    @property
    def quorum(self) -> int:
        """How many of them are a majority."""
        return self.n // 2 + 1

    @cached_property
    def survivors(self) -> frozenset[str]:
        """The processes that the scenario left alive."""
        return self.names_in("queue")

    @cached_property
    def proposers(self) -> frozenset[str]:
        """The processes whose client proposed at least once."""
        return self.names_in("propose", "propose_action")

    @cached_property
    def killed_proposers(self) -> frozenset[str]:
        """The processes that proposed and were killed."""
        return self.proposers - self.survivors

    @cached_property
    def killed_followers(self) -> frozenset[str]:
        """The processes that were killed and had not proposed."""
        return self.processes - self.survivors - self.proposers

    @cached_property
    def instances(self) -> frozenset[str]:
        """The instances that somebody proposed to."""
        return frozenset(line.fields["instance"] for line in self.of("propose", "propose_action"))

    def of_process(self, name: str) -> list[Line]:
        """The lines of one process; ``kill:`` and the like name nobody and are left out."""
        return [line for line in self.lines if line.process == name]

    def first(self, *kinds: str) -> int:
        """The place of the first line of these kinds, or the end of the run."""
        places = self.places(*kinds)
        return places[0] if places else len(self.lines)


def names(listed: str) -> list[str]:
    """The names in a printed list of processes, in its order."""
    return _NAME.findall(listed)


def complete_runs(log: str) -> list[Run]:
    """The runs of a space-joined log that came to a result, in order."""
    return [run for run in map(Run, split_runs(cut(log))) if run.is_complete]


def smallest(processes: Iterable[str]) -> str:
    """The first name in the order of texts, in which p10 comes before p2."""
    return min(processes)
