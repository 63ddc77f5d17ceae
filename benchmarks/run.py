"""The command: measure everything side by side and print one table in Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from benchmarks.peers.roster import installed, missing
from benchmarks.scenarios import scenarios, verify_scenarios
from benchmarks.stopwatch import race
from benchmarks.suite import FULL, QUICK, SMOKE, Size, decrees, peer_decrees, verify, wanderings
from benchmarks.table import footnote, machine, table

EXPLANATION: Final = """\
Rounds: {rounds}. In each, all rows did their work in turn; medians over the rounds, ratios within a
round, processor time. Before anything was timed, all ways of W1 delivered the same messages and all
of Paxos learned the same decision with as many. *Floor* and *textbook* are the rows on bare heapq
and on textbook SimPy. A run is a function of its seed in all rows but one: "never seeded again"
draws the latencies of all runs from one stream and shows what seeding costs a bare heap. In the
rows of scenarios a run is planned, carried out, checked and certified, and an event bears its
share of all that. *Outside its events* is what a sweep does per run beside letting its events
happen: the plan, building processes and streams, checks, digest, what is kept of a run."""


def measure(size: Size, *, only_paxos: bool = False) -> str:
    """Check, race, and return what there is to print."""
    peers = installed()
    verify(size, peers)
    contenders = [*decrees(size), *peer_decrees(size, peers)]
    if not only_paxos:
        verify_scenarios()
        contenders = [*wanderings(size), *contenders, *scenarios(size)]
    timings = race(contenders, rounds=size.rounds)
    explanation = EXPLANATION.format(rounds=size.rounds)
    return "\n\n".join([machine(), table(timings, size, peers), explanation, footnote(peers, missing())])


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m benchmarks [--quick | --smoke] [--paxos]``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--quick", action="store_const", const=QUICK, dest="size", help="under 30 seconds")
    sizes.add_argument(
        "--smoke",
        action="store_const",
        const=SMOKE,
        dest="size",
        help="the least of everything; rates mean nothing",
    )
    parser.add_argument("--paxos", action="store_true", help="only the rows of Paxos, the peers' among them")
    parser.set_defaults(size=FULL)
    chosen = parser.parse_args(arguments)
    print(measure(chosen.size, only_paxos=chosen.paxos))
    return 0
