"""What the author of a machine got wrong, in words that say what to do."""

from __future__ import annotations

from typing import Any

from simulation.protocols.effects import Answer, SetTimer
from simulation.protocols.machine import Machine


def no_step(machine: Machine, content: Any, step: Any) -> str:
    """A handler returned no pair of a state and a tuple."""
    return (
        f"{_name(machine)} returned {step!r} for {content!r}. A handler returns a pair: the new state and"
        " a tuple of effects, () where there is none."
    )


def no_effect(machine: Machine, effect: Any) -> str:
    """Among the effects stands something else."""
    return f"{_name(machine)} returned {effect!r} as an effect, and it is none"


def no_range(machine: Machine, effect: SetTimer) -> str:
    """A timer cannot take so long."""
    return (
        f"{_name(machine)} set a timer with the range of {effect!r}: two whole numbers of microseconds,"
        " not negative, the lower one first"
    )


def no_reply(machine: Machine, effect: Answer) -> str:
    """A client cannot be answered with that."""
    return f"{_name(machine)} answered {effect.reply!r}: a reply is a Decision, an Abort or Undecided"


def raised(name: str, sender: str, now_us: int, content: Any, state: Any) -> str:
    """A handler raised: what led there."""
    came = repr(content) if sender == name else f"{content!r} by {sender}"
    return f"raised by {name} at {now_us} us, given {came}, in the state {state!r}"


def misaddressed(sender: str, destination: Any) -> str:
    """A message was sent to nobody."""
    return (
        f"{sender} sent a message to address {destination!r}, and there is no such machine: a machine's"
        " peers and siblings are in its config"
    )


def _name(machine: Machine) -> str:
    return type(machine).__name__
