"""The contract of a protocol: a pure machine, input in, new state and effects out.

A machine is built once per process from its ``Config`` and never changes afterwards.
Everything that changes is in its *state*, a frozen hashable value which the machine
returns and the harness keeps. For each type of input it has one handler::

    (state, sender, input) -> (new state, effects)

No clock, no randomness, no logging, no printing, no SimPy: a random time-out is a
``SetTimer`` with a range, everything else that a protocol may want of the world is one of
``protocols.effects``. So one machine can be simulated, explored exhaustively, re-enacted
from a log and watched step by step.

Inputs are values: a message (``sender`` is who sent it), a timer, ``Started``,
``Restarted``, ``Propose``, ``GetDecision`` (``sender`` is the machine's own address).

To write a protocol, subclass ``Machine``, mark one method per input with ``handles`` and
name the class in the scenario file: ``protocol = "package.module:Class"``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from msgspec import Struct

from simulation.errors import HarnessError
from simulation.protocols.effects import Effect

State = Any
Effects = tuple[Effect, ...]
Step = tuple[State, Effects]
Handler = Callable[[Any, State, int, Any], Step]

_Method = TypeVar("_Method", bound=Callable[..., Step])


class Config(Struct, frozen=True):
    """What a machine knows before its first input.

    A *process* is a number 0..n-1 with a name (``names[process]``, ``"p1"``...). Where a
    protocol has several machines in each process, every one has an *address* of its own;
    that of the machine serving clients equals the process. ``peers`` are the addresses of
    machines like this one in the order of the participants, ``siblings`` those of all
    machines of this process, in the protocol's order.
    """

    process: int
    names: tuple[str, ...]
    address: int
    peers: tuple[int, ...]
    siblings: tuple[int, ...]


def handles(kind: type) -> Callable[[_Method], _Method]:
    """Mark a method as the handler of inputs of type ``kind``.

    Raises ``HarnessError`` for what is no frozen struct with a tag: it could change after it
    was sent, or two such types with equal fields could not be told apart in a trace.
    """
    if not issubclass(kind, Struct):
        raise HarnessError(
            f"{kind.__name__} is no msgspec.Struct: messages and timers are, frozen and tagged"
        )
    if kind.__struct_config__.tag is None or not kind.__struct_config__.frozen:
        shape = f"class {kind.__name__}(Struct, frozen=True, array_like=True, tag=True)"
        raise HarnessError(f"{kind.__name__} needs to be frozen, and to have a tag: {shape}")

    def mark(method: _Method) -> _Method:
        method.handled_input = kind  # type: ignore[attr-defined]
        return method

    return mark


class Machine:
    """The root of every protocol's machines."""

    finds_peers_by_name: ClassVar[bool] = False
    """Whether a message to a peer whose name is not yet visible here is lost."""

    handlers: ClassVar[dict[type, Handler]] = {}
    """The method for each type of input, as a function of (machine, state, sender, input)."""

    _sealed: ClassVar[bool] = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        own = [method.handled_input for method in vars(cls).values() if hasattr(method, "handled_input")]
        for kind in own:
            if own.count(kind) > 1:
                raise HarnessError(f"{cls.__name__} has two handlers of {kind.__name__}")
        cls.handlers = {
            method.handled_input: getattr(cls, name)
            for kin in reversed(cls.__mro__)
            for name, method in vars(kin).items()
            if hasattr(method, "handled_input")
        }

    def __init__(self, config: Config) -> None:
        self.config = config

    def __setattr__(self, name: str, value: Any) -> None:
        if self._sealed:
            raise HarnessError(
                f"{type(self).__name__} wrote to its attribute {name!r} in a handler. A machine never"
                " changes once it is built: what changes belongs into the state that handlers return."
            )
        object.__setattr__(self, name, value)

    def seal(self) -> None:
        """Refuse every later change: what a machine kept in itself would leak into other runs."""
        object.__setattr__(self, "_sealed", True)

    def step(self, state: State, sender: int, content: Any) -> Step:
        """One input: the new state and the effects, in order.

        Raises ``HarnessError`` for a kind of input that the machine has no handler for.
        """
        handler = self.handlers.get(content.__class__)
        if handler is None:
            raise HarnessError(unhandled(self, content))
        return handler(self, state, sender, content)


def unhandled(machine: Machine, content: Any) -> str:
    """The message about an input that ``machine`` has no handler for."""
    known = ", ".join(kind.__name__ for kind in machine.handlers)
    return (
        f"{type(machine).__name__} has no handler for {type(content).__name__}."
        f" It handles {known}. Mark a method with @handles({type(content).__name__})."
    )
