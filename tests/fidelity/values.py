"""Whose value was chosen: the rule, and how often a block of runs contradicts it.

A log does not print who proposes which value. But in a block each process proposes one
and the same value, so a rule that names the proposer must always name one value for it.
A *vote* is a rule's proposer of one decided value, with that value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from .measure import PROPOSE
from .runs import Run

Rule = Callable[[str, Sequence[str]], str]
"""(leader, proposers in printed order) -> the proposer whose value is chosen."""


def own_else_last(leader: str, proposers: Sequence[str]) -> str:
    """The rule of the seed: the leader's own value, else the one relayed last."""
    return leader if leader in proposers else proposers[-1]


RULES: dict[str, Rule] = {
    "own, else last relayed": own_else_last,
    "last proposal overall": lambda leader, proposers: proposers[-1],
    "own, else largest name": lambda leader, proposers: leader if leader in proposers else max(proposers),
    "own, else first relayed": lambda leader, proposers: leader if leader in proposers else proposers[0],
    "first proposal overall": lambda leader, proposers: proposers[0],
}
"""The rule and its rivals."""


def votes(run: Run, rule: Rule) -> list[tuple[str, str]]:
    """(proposer that the rule names, value that was decided) for each decided instance."""
    cast = []
    for instance in sorted(run.instances):
        value, proposers = _decided(run, instance), _proposers(run, instance)
        if value is not None and proposers:
            cast.append((rule(_first_leader(run, instance), proposers), value))
    return cast


def contradictions(block: Iterable[tuple[str, str]]) -> int:
    """How many votes of one block disagree with most others about a proposer's value."""
    by_proposer: dict[str, Counter[str]] = {}
    for proposer, value in block:
        by_proposer.setdefault(proposer, Counter())[value] += 1
    return sum(sum(values.values()) - max(values.values()) for values in by_proposer.values())


def _decided(run: Run, instance: str) -> str | None:
    values = [line.fields["value"] for line in run.of("decided") if line.fields["instance"] == instance]
    return values[0] if values else None


def _first_leader(run: Run, instance: str) -> str:
    """The leader whose ballot first had a value: later ballots can only repeat it."""
    with_value = run.names_in("set_value")
    senders = [line.process for line in run.of("send_prepare") if line.fields["instance"] == instance]
    return next((name for name in senders if name in with_value), "")


def _proposers(run: Run, instance: str) -> list[str]:
    """Who had proposed to the instance when the first ballot got its value, in printed order."""
    end = run.first("set_value")
    early = [run.lines[place] for place in run.places(*PROPOSE) if place < end]
    return [line.process for line in early if line.fields["instance"] == instance]
