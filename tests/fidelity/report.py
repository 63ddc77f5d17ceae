"""Prints the comparison of simulated runs with the seed's figures.

``python -m tests.fidelity.report --seeds 200`` compares every case;
``... leader_crash_complex --profile dist --seeds 1000`` compares what is named.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

import simulation

from .expected import all_cases, load
from .provenance import Case
from .samples import Sampler
from .summary import Summary
from .table import block


def main(arguments: Sequence[str] | None = None) -> None:
    """Draws the runs that the command line asks for and prints one block for each case."""
    options = _parser().parse_args(arguments)
    sampler = Sampler(jobs=options.jobs)
    for text in report(sampler, options.scenario, options.profile, options.seeds):
        print(text, end="\n\n", flush=True)


def report(sampler: Sampler, scenarios: Sequence[str], profile: str | None, seeds: int) -> Iterator[str]:
    """The blocks of all cases with one of these names, or of all cases, in the seed's order."""
    expected = load()
    for case in all_cases(expected):
        if (not scenarios or case.scenario in scenarios) and profile in (None, case.profile):
            yield _block(sampler, case, expected.get(case), seeds)


def _block(sampler: Sampler, case: Case, seed: Summary | None, seeds: int) -> str:
    try:
        return block(case, seed, sampler.samples(case, seeds))
    except simulation.SimulationError as problem:
        return f"{case}: could not be run: {problem}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity.report", description=__doc__)
    parser.add_argument("scenario", nargs="*", help="names of scenarios; all of them when none is given")
    parser.add_argument("--profile", choices=("local", "dist"), help="one profile; both when it is left out")
    parser.add_argument("--seeds", type=int, default=200, help="runs for each case, seeds from 0 (200)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that share the work")
    return parser


if __name__ == "__main__":
    main()
