"""Simulated runs, reduced to what the comparison needs.

Runs are drawn through the package's Python door alone: load, run, log, verdict. Seeds
count from 0, so a larger sample begins with the smaller one, and one process keeps what it
has drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import simulation

from . import grammar
from .bookkeeping import BOOKKEEPING
from .expected import FAMILY
from .invariants import SAFETY, broken
from .lines import read
from .measure import Measurement, measure
from .provenance import Case
from .runs import Run
from .summary import Summary, summarise
from .values import contradictions, own_else_last, votes

BLOCK = 10
"""Seeds that share one value per process."""


@dataclass(frozen=True)
class Sample:
    """One simulated run.

    ``unknown`` are its lines of no known kind, ``unsafe`` and ``unkept`` the broken
    invariants, ``unspelled`` what processes printed outside the local grammar, ``votes`` whose
    value each decision was by the rule of the seed.
    The local grammar and the bookkeeping are asked only where the seed log shows them.
    ``measured`` is None where the run never came to its list of results.
    """

    seed: int
    verdict: str
    unknown: tuple[str, ...]
    unsafe: tuple[str, ...]
    unkept: tuple[str, ...]
    unspelled: tuple[str, ...]
    usual_survivors: int
    votes: tuple[tuple[str, str], ...]
    measured: Measurement | None


class Sampler:
    """Draws samples of a case, and draws no seed twice.

    ``jobs`` processes share the work where a draw is large enough to be worth it.
    """

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs
        self._drawn: dict[Case, list[Sample]] = {}

    def samples(self, case: Case, seeds: int) -> list[Sample]:
        """The runs of ``case`` with the seeds from 0 up to ``seeds``, excluded."""
        drawn = self._drawn.setdefault(case, [])
        drawn.extend(self._draw(case, range(len(drawn), seeds)))
        return drawn[:seeds]

    def _draw(self, case: Case, seeds: range) -> Iterable[Sample]:
        if self._jobs == 1 or len(seeds) < 8 * self._jobs:
            return draw(case, seeds)
        load(case)  # A file that is wrong is told here, where nothing runs yet.
        with ProcessPoolExecutor(self._jobs) as pool:
            parts = pool.map(
                draw, [case] * self._jobs, [seeds[job :: self._jobs] for job in range(self._jobs)]
            )
            return sorted((one for part in parts for one in part), key=lambda one: one.seed)


def draw(case: Case, seeds: Iterable[int]) -> list[Sample]:
    """One sample for each of the seeds."""
    scenario = load(case)
    runs = ((seed, simulation.run(scenario, seed=seed)) for seed in seeds)
    return [sample(case, seed, run.verdict, run.log()) for seed, run in runs]


def load(case: Case) -> simulation.Scenario:
    """The scenario of a case. Raises ScenarioError as the package does."""
    sizes = {} if case.n is None else {"participants": case.n}
    return simulation.load(case.scenario, profile=case.profile, **sizes)


def sample(case: Case, seed: int, verdict: str, log: str) -> Sample:
    """Everything the comparison asks of one printed run."""
    lines, unknown = read(log)
    run = Run(lines)
    in_the_seed = case.scenario not in FAMILY
    spelled = run.processes if in_the_seed and case.profile == "local" else frozenset[str]()
    return Sample(
        seed=seed,
        verdict=verdict,
        unknown=tuple(unknown),
        unsafe=tuple(broken(run, SAFETY)),
        unkept=tuple(broken(run, BOOKKEEPING)) if in_the_seed else (),
        unspelled=tuple(sorted(_misspelt(run, spelled))),
        usual_survivors=sum(grammar.is_usual(run, name) for name in spelled & run.survivors),
        votes=tuple(votes(run, own_else_last)),
        measured=measure(run) if run.is_complete and run.survivors else None,
    )


def _misspelt(run: Run, names: Iterable[str]) -> list[str]:
    return [f"{name}: {grammar.spell(run, name)}" for name in names if not grammar.is_possible(run, name)]


def summary_of(samples: Iterable[Sample]) -> Summary:
    """The row of figures of the runs that came to a result."""
    judged = [one for one in samples if one.measured is not None]
    measurements = [one.measured for one in judged if one.measured is not None]
    return summarise(measurements, usual_survivors=sum(one.usual_survivors for one in judged))


def value_contradictions(samples: Sequence[Sample]) -> int:
    """How many decided values contradict the rule about whose value is chosen, block by block."""
    blocks = [samples[start : start + BLOCK] for start in range(0, len(samples), BLOCK)]
    return sum(contradictions(vote for one in block for vote in one.votes) for block in blocks)
