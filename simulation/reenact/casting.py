"""Which test a run in a log is of, and who plays which part in it.

A log names neither. But it shows who proposed what, who was left, and what was announced;
a scenario says the same of each place in the participants' order. The scenario is taken
that explains most of it, and an order of the participants in which it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from msgspec import Struct

from simulation import scenario as scenarios
from simulation.errors import InputError
from simulation.harness import Plan, steps
from simulation.harness.reports import WaitEnded
from simulation.protocols.paxos import KILL_BEFORE_DECISION, PAXOS
from simulation.protocols.reports import Decided, LeaderNamed, Proposed
from simulation.scenario import Scenario
from simulation.scenario.values import MistakeError
from simulation.seedlog.profile import profile_of
from simulation.seedlog.runs import LoggedRun

MOST_DRAWS = 32
"""So many ways to make a scenario's draws are tried, of those that the log does not rule out."""

SLOW_US = 2_000_000
"""A proposal after so long a sleep comes when a leader is there already: elections take two ticks."""


class Part(Struct, frozen=True):
    """What a script shows in a log: its proposals as (instance or None, action, repeatable), its end."""

    proposals: tuple[tuple[int | None, str | None, bool], ...]
    dies: bool

    def mismatch(self, proposed: Sequence[Proposed], survived: bool | None) -> int:
        """In how many ways a process that did this did not play this part."""
        wrong = 0 if survived is None or survived != self.dies else 2
        place = 0
        for each in proposed:
            if self._is(place, each):
                place += 1
            elif not (self._is(place - 1, each) and self.proposals[place - 1][2]):
                wrong += 1
        # A log that was cut off, or a process that was, may lack proposals.
        return wrong + (len(self.proposals) - place if survived and place < len(self.proposals) else 0)

    def _is(self, place: int, said: Proposed) -> bool:
        if not 0 <= place < len(self.proposals):
            return False
        instance, action, _ = self.proposals[place]
        return instance in (None, said.instance) and action == said.action


class Cast(Struct, frozen=True):
    """A scenario with all that the log tells of its draws, the values not among them.

    ``misfits`` counts in how many ways the run is none of this scenario: 0 for a sound one.
    ``profile`` is empty where a run that was cut off does not show it; ``certain`` is false where it
    shows so little that it may be of another scenario as well.
    """

    scenario: Scenario
    profile: str
    order: tuple[int, ...]
    draws: dict[str, int]
    misfits: int
    certain: bool

    def plan(self, values: Sequence[int]) -> Plan:
        """The plan, with these proposals by process."""
        return scenarios.plan_of(self.scenario, order=self.order, draws=self.draws, values=tuple(values))


class Casting:
    """Finds the casts of runs of ``protocol`` among all known scenarios, or takes the ``only`` one.

    It remembers what it has read.
    """

    def __init__(self, protocol: str, only: Scenario | None = None) -> None:
        self._only = only
        # What a scenario says itself is no override, so that none shows in records.
        self._overrides = {} if protocol == PAXOS.name else {"protocol": protocol}
        self._known: dict[int, list[_Read]] = {}
        self._profiled: dict[tuple[int, int, str], Scenario] = {}

    def casts(self, run: LoggedRun) -> Iterator[Cast]:
        """The best casts of a run: all that fit equally well, in each way to make their draws.

        Raises ``InputError`` where so many processes can play no scenario.
        """
        seen = _Seen(run)
        fits = [_fit(read, seen) for read in self._of_size(run.participants)]
        fits = sorted((fit for fit in fits if fit[3].is_possible(fit[4])), key=lambda fit: fit[:3])
        if not fits:
            raise InputError(f"no scenario can be played by {run.participants} processes")
        profile = profile_of(run)
        best = [fit for fit in fits if fit[0] == fits[0][0]]
        certain = run.complete or len(best) == 1
        for misfits, *_, read, order in best:
            scenario, lets = self._in_profile(read, profile), read.scenario.model.lets
            options = [[each for each in let.one_of if each in seen.instances] or let.one_of for let in lets]
            for draw in islice(product(*options), MOST_DRAWS):
                draws = dict(zip([let.name for let in lets], draw, strict=True))
                yield Cast(scenario, profile, order, draws, misfits, certain)

    def _in_profile(self, read: _Read, profile: str) -> Scenario:
        model = read.scenario.model
        if self._only is not None or profile in ("", model.profile):
            return read.scenario
        key = (read.place, model.participants, profile)
        if key not in self._profiled:
            self._profiled[key] = scenarios.with_overrides(read.scenario, profile=profile)
        return self._profiled[key]

    def _of_size(self, participants: int) -> list[_Read]:
        if participants not in self._known:
            self._known[participants] = list(self._read(participants))
        return self._known[participants]

    def _read(self, participants: int) -> Iterator[_Read]:
        if self._only is not None:
            if self._only.model.participants == participants:
                yield _Read(self._only, False, 0)
            return
        for place, name in enumerate(scenarios.names()):
            try:
                usual = scenarios.load(name, **self._overrides)
                scenario = scenarios.load(name, participants=participants, **self._overrides)
                read = _Read(scenario, usual.model.participants != participants, place)
            except (InputError, MistakeError):
                # It cannot be played by so many, or not with this protocol.
                continue
            if not scenario.model.faults:
                # Faults of the world strike at a time, and a log has none.
                yield read


class _Seen:
    """What a run shows of its parts."""

    def __init__(self, run: LoggedRun) -> None:
        self.count = run.participants
        self.announces = run.announces
        self.order = run.order if run.order and sorted(run.order) == list(range(self.count)) else None
        self.proposals = run.proposals()
        self.instances = {
            line.said.instance for line in run.readable if isinstance(line.said, Proposed | Decided)
        }
        waited = {line.process for line in run.readable if isinstance(line.said, WaitEnded)} | run.survivors
        self.survived = {
            process: process in run.survivors if run.complete else (True if process in waited else None)
            for process in range(self.count)
        }
        kinds = [type(line.said) for line in run.readable if type(line.said) in (Proposed, LeaderNamed)]
        self.slow = bool(self.proposals) and kinds[0] is LeaderNamed


class _Read:
    """A scenario for a number of participants, with its parts by place or, where names matter, by process."""

    def __init__(self, scenario: Scenario, unusual: bool, place: int) -> None:
        self.scenario = scenario
        self.unusual = unusual
        self.place = place
        model = scenario.model
        self.by_place = all(role.places is not None for role in model.roles)
        order = model.order or tuple(range(model.participants))
        plan = self._plan(order)
        scripts = [plan.scripts[process] for process in order] if self.by_place else plan.scripts
        self.parts = [_part(script) for script in scripts]
        first = [_slow(script) for script in plan.scripts if any(True for _ in steps.proposals(script))]
        self.slow = bool(first) and all(first)

    def is_possible(self, order: tuple[int, ...]) -> bool:
        """Whether everybody has one script in this order of the participants."""
        if self.by_place:
            return True
        try:
            self._plan(order)
        except MistakeError:
            return False
        return True

    def _plan(self, order: tuple[int, ...]) -> Plan:
        draws = {let.name: 0 for let in self.scenario.model.lets}
        return scenarios.plan_of(self.scenario, order=order, draws=draws, values=order)


def _fit(read: _Read, seen: _Seen) -> tuple[int, bool, int, _Read, tuple[int, ...]]:
    model = read.scenario.model
    order = seen.order or model.order or (_order(read, seen) if read.by_place else tuple(range(seen.count)))
    parts = {p: read.parts[place if read.by_place else p] for place, p in enumerate(order)}
    misfits = sum(
        parts[process].mismatch(seen.proposals.get(process, ()), seen.survived[process])
        for process in range(seen.count)
    )
    misfits += 4 * (model.announce != seen.announces) + (read.slow != seen.slow)
    return misfits, read.unusual, read.place, read, order


def _order(read: _Read, seen: _Seen) -> tuple[int, ...]:
    """Who stands where: each place taken, in turn, by whoever fits it and little else."""
    free = list(range(seen.count))
    places = Counter(read.parts)
    costs = {
        (process, part): part.mismatch(seen.proposals.get(process, ()), seen.survived[process])
        for process in free
        for part in places
    }
    taken: dict[int, int] = {}
    for cost in sorted(set(costs.values())):
        # So many places suit each process as well as this.
        choices = {p: sum(places[part] for part in places if costs[p, part] == cost) for p in free}
        for place, part in enumerate(read.parts):
            fitting = [process for process in free if costs[process, part] == cost]
            if place not in taken and fitting:
                taken[place] = min(fitting, key=choices.__getitem__)
                free.remove(taken[place])
    return tuple(taken[place] for place in range(seen.count))


def _part(script: Iterable[steps.Step]) -> Part:
    proposals = tuple(
        (step.instance or None, step.action, step.until_commit) for step in steps.proposals(script)
    )
    dies = any(isinstance(step, steps.Kill) for step in script)
    return Part(proposals, dies or any(action == KILL_BEFORE_DECISION for _, action, _ in proposals))


def _slow(script: Sequence[steps.Step]) -> bool:
    """Whether the script's first proposal comes when somebody leads already."""
    slept = 0
    for step in script:
        if isinstance(step, steps.Sleep):
            slept += step.low_us
        elif isinstance(step, steps.Propose):
            return slept >= SLOW_US
    return False
