"""What every protocol owes the harness: frozen values, pure handlers, nothing from outside.

A user's own protocol can be put in ``PROTOCOLS`` to be held to the same.
"""

from __future__ import annotations

import ast
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import pytest

import simulation.protocols
from simulation.errors import HarnessError
from simulation.protocols import Machine, Protocol, handles, protocols
from simulation.protocols.inputs import GetDecision, Propose, Restarted, Started
from simulation.protocols.machine import Config, Step
from simulation.protocols.reports import Report
from tests.protocols.playground import Playground, StepTaken, build_machines

PROTOCOLS = list(protocols().values())
ROOM = Path(simulation.protocols.__file__).parent
OUTSIDE = {
    "asyncio",
    "datetime",
    "logging",
    "multiprocessing",
    "numpy",
    "os",
    "random",
    "secrets",
    "simpy",
    "socket",
    "sys",
    "threading",
    "time",
    "uuid",
}
TALKING = {"print", "open", "input", "id", "hash"}

every_protocol = pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.name)
every_module = pytest.mark.parametrize(
    "path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM))
)


def steps_of(protocol: Protocol) -> list[StepTaken]:
    """Every step of a storm and of the calm after it, with proposals of each action."""
    taken: list[StepTaken] = []
    world = Playground(protocol, 3, seed=1, watch=taken.append)
    for instance, action in enumerate((None, *protocol.actions, None, None)):
        for process in range(world.participants):
            if world.alive[process]:
                world.propose(process, 100 + process, instance=instance, action=action)
                world.ask(process, instance)
        world.storm(400)
    world.wake()
    last = world.propose(0, 200, instance=99)
    assert world.calm(until=lambda: last in world.answers)
    return taken


def unfrozen(value: Any) -> list[Any]:
    """The parts of ``value`` that could change under its owner's hands."""
    if value is None or isinstance(value, int | str | bytes | Enum):
        return []
    if isinstance(value, tuple | frozenset):
        return [part for item in value for part in unfrozen(item)]
    if isinstance(value, msgspec.Struct) and value.__struct_config__.frozen:
        return [part for name in value.__struct_fields__ for part in unfrozen(getattr(value, name))]
    return [value]


@every_protocol
def test_states_inputs_and_effects_are_frozen(protocol: Protocol) -> None:
    for step in steps_of(protocol):
        assert unfrozen((step.before, step.content, step.after, step.effects)) == []


@every_protocol
def test_states_inputs_and_effects_are_hashable(protocol: Protocol) -> None:
    steps = steps_of(protocol)
    assert len({(step.before, step.content, step.after, step.effects) for step in steps}) > 1


@every_protocol
def test_same_input_on_the_same_state_gives_the_same_step(protocol: Protocol) -> None:
    for step in steps_of(protocol):
        again = step.machine.step(step.before, step.sender, step.content)
        assert again == (step.after, step.effects)


@every_protocol
def test_machines_remember_nothing_beside_their_state(protocol: Protocol) -> None:
    fresh = {machine.config.address: machine for machine in build_machines(protocol, 3)}
    for step in steps_of(protocol):
        machine = fresh[step.machine.config.address]
        assert machine.step(step.before, step.sender, step.content) == (step.after, step.effects)


@every_protocol
def test_inputs_and_effects_have_an_encoding(protocol: Protocol) -> None:
    for step in steps_of(protocol):
        assert msgspec.msgpack.encode((step.content, step.effects))


@every_protocol
def test_every_machine_can_be_started_and_restarted(protocol: Protocol) -> None:
    for machine in build_machines(protocol, 3):
        assert {Started, Restarted} <= set(machine.handlers)


@every_protocol
def test_machine_that_serves_clients_takes_their_calls(protocol: Protocol) -> None:
    serving = build_machines(protocol, 3)[0]
    assert {Propose, GetDecision} <= set(serving.handlers)


@every_protocol
def test_published_steps_are_taken(protocol: Protocol) -> None:
    taken = {
        type(effect).__name__
        for step in steps_of(protocol)
        for effect in step.effects
        if isinstance(effect, Report)
    }
    assert set(protocol.steps) <= taken


@every_module
def test_protocols_import_nothing_from_outside(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {name.partition(".")[0] for node in ast.walk(tree) for name in imports_of(node)}
    assert imported & OUTSIDE == set()


@every_module
def test_protocols_do_not_talk_to_the_outside(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & TALKING == set()


def imports_of(node: ast.AST) -> list[str]:
    """The modules that an import statement names; none for any other node."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module is not None:
        return [node.module]
    return []


class Counter(Machine):
    """Counts how often it was started."""

    @handles(Started)
    def on_started(self, state: int, sender: int, started: Started) -> Step:
        """One more."""
        return state + 1, ()


class DoubleCounter(Counter):
    """Overrides a handler without naming its input again."""

    def on_started(self, state: int, sender: int, started: Started) -> Step:
        """Two more."""
        return state + 2, ()


ALONE = Config(process=0, names=("p1",), address=0, peers=(0,), siblings=(0,))


def test_overridden_method_handles_what_the_method_it_replaces_did() -> None:
    assert DoubleCounter(ALONE).step(0, 0, Started()) == (2, ())


def test_input_without_a_handler_is_the_harness_error_that_says_what_is_handled() -> None:
    with pytest.raises(HarnessError, match=r"Counter has no handler for Restarted\. It handles Started"):
        Counter(ALONE).step(0, 0, Restarted())
