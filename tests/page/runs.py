"""Runs that the tests of the page look at."""

from functools import cache

import simulation

BUG = "simulation.planted:VOTES_FOR_ANYTHING"


@cache
def simple(seed=1):
    """Nothing goes wrong: 236 events, 28 of which are shown at first."""
    return simulation.run("simple", seed=seed)


@cache
def deadly():
    """Five of eleven die."""
    return simulation.run("leader_crash_complex", seed=7)


@cache
def violated():
    """Two processes decide differently."""
    return simulation.run(simulation.load("duel", protocol=BUG, strategy="portfolio"), seed=28)


@cache
def cut_off():
    """The beginning of ``simple``: its time runs out."""
    return simulation.run(simulation.load("simple", limit="2.00026s"), seed=1)


@cache
def calmed():
    """A storm of deaths, and a calm."""
    return simulation.run("storm_restarts", seed=3)


@cache
def stormy(seed):
    """A storm over a correct protocol. Two of them have their beginning in common."""
    return simulation.run(simulation.load("duel", strategy="portfolio"), seed=seed)


def apart(one, other):
    """At which place two runs first differ, which is not at the beginning."""
    pairs = enumerate(zip(one.trace, other.trace, strict=False))
    place = next(place for place, (record, its) in pairs if record != its)
    assert place > 4
    return place


@cache
def long():
    """Nearly ten thousand events."""
    return simulation.run(simulation.load("many_1", participants=41), seed=1)
