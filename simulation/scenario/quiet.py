"""Storm, then calm: reads ``[calm]`` and says who its core is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.errors import nearest
from simulation.harness import Calm
from simulation.kernel import Entropy, Purpose
from simulation.protocols.quorum import majority
from simulation.scenario import keys
from simulation.scenario.cast import Sets
from simulation.scenario.document import Document
from simulation.scenario.locate import Path
from simulation.scenario.model import Model, Quiet
from simulation.scenario.sets import Members, SetExpression, members, parse_set
from simulation.scenario.values import MistakeError
from simulation.units import show_us

FIRST = "a majority"
DRAWN = "random majority"


def read_calm(document: Document, roles: Sequence[str], participants: int) -> Quiet | None:
    """The file's calm; None where there is none, or none that can be understood."""
    if "calm" not in document.data:
        return None
    found = document.read(document.table("calm"), ("calm",), keys.CALM)
    with document.noting(("calm", "core")):
        written = found.get("core", FIRST)
        core = None if written in (FIRST, DRAWN) else _set(written, roles, participants)
        return Quiet(found.get("at", 0), found.get("within", 1), core, written == DRAWN)
    return None  # type: ignore[unreachable]


def _set(written: str | Sequence[str], roles: Sequence[str], participants: int) -> SetExpression:
    try:
        return parse_set(written, known=roles, participants=participants)
    except MistakeError as mistake:
        hint = nearest(written, (FIRST, DRAWN)) if isinstance(written, str) else ""
        raise MistakeError(f"{mistake} Or {FIRST!r}, or {DRAWN!r}.{hint}") from None


def calm_of(model: Model, sets: Sets, entropy: Entropy | None) -> Calm | None:
    """The calm of a run; a core that is drawn, from this ``entropy``."""
    quiet = model.calm
    if quiet is None:
        return None
    return Calm(quiet.at_us, _core(quiet, model, sets, entropy), quiet.within_us)


def _core(quiet: Quiet, model: Model, sets: Sets, entropy: Entropy | None) -> Members:
    if quiet.core is not None:
        return members(quiet.core, sets, model.ranks)
    order = sets["all"]
    if quiet.drawn and entropy is not None:
        order = tuple([order[place] for place in entropy.stream(Purpose.CALM).shuffled(len(order))])
    voters = [process for process in order if process < model.acceptors]
    proposers = [process for process in order if process >= model.acceptors]
    return (*voters[: majority(model.acceptors)], *proposers)


def calm_problems(model: Model, sets: Sets) -> Iterator[tuple[Path, str]]:
    """What cannot come true about the calm."""
    quiet = model.calm
    if quiet is None:
        return
    if quiet.core is not None:
        core = members(quiet.core, sets, model.ranks)
        count, quorum = len([p for p in core if p < model.acceptors]), majority(model.acceptors)
        if count < quorum:
            yield (
                ("calm", "core"),
                f"{quiet.core.text!r} has {count} of {model.acceptors}, and a majority is {quorum}: it"
                f" could never decide. Use a larger set, or {FIRST!r}.",
            )
    for number, fault in enumerate(model.faults, start=1):
        if fault.at_us is not None and fault.at_us >= quiet.at_us:
            yield (
                ("fault", str(number), "at" if fault.every_us is None else "from"),
                f"is {show_us(fault.at_us)}, and from {show_us(quiet.at_us)} on there is calm: it would never"
                " strike. Let it strike before, or the calm begin later.",
            )
