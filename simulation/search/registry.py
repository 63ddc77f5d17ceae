"""The strategies by name."""

from __future__ import annotations

from simulation.errors import InputError, nearest
from simulation.search import clocked, pct, portfolio, reach, steps, uniform
from simulation.search.strategy import Strategy

STRATEGIES: dict[str, Strategy] = {
    strategy.name: strategy
    for strategy in (
        Strategy("portfolio", "a mixture of the next four that does not know the bug", portfolio.play),
        Strategy("reach", "messages are held back until later steps of the protocol", reach.play),
        Strategy("late", "slow links, heavy tails, copies that come after later steps", clocked.late),
        Strategy("swarm", "each run draws which faults it has, how often, how slow links are", clocked.swarm),
        Strategy("pct", "priorities over links, with a few changes of them", pct.play),
        Strategy("steps", "one fault at each step of the protocol in turn, by the seed", steps.play),
        Strategy("uniform", "a random walk: whatever can happen next is equally likely", uniform.play),
    )
}


def find_strategy(name: str) -> Strategy:
    """The strategy of this name. Raises ``InputError`` for one that there is not."""
    if name == "exhaustive":
        raise InputError(
            "strategy: 'exhaustive' makes all runs at once. It is for 'simulation run', without a seed."
        )
    if name not in STRATEGIES:
        raise InputError(
            f"strategy: there is no {name!r}. Known: {', '.join(STRATEGIES)}.{nearest(name, STRATEGIES)}"
        )
    return STRATEGIES[name]
