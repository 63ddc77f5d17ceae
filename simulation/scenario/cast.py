"""Who is who: the members of every role, for one order of the participants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simulation.scenario.model import Role
from simulation.scenario.sets import Members, SetExpression, members
from simulation.scenario.values import MistakeError

Sets = dict[str, Members]

MOST_TRIALS = 64


class MisfitError(MistakeError):
    """In some order of the participants, ``role`` wants more processes than there are."""

    def __init__(self, role: str, message: str) -> None:
        super().__init__(message)
        self.role = role


def cast(roles: Iterable[Role], order: Members, ranks: Sequence[int]) -> Sets:
    """``all`` and every role with its members. Raises ``MisfitError`` where too many are picked."""
    sets: Sets = {"all": order}
    for role in roles:
        if role.places is None:
            sets[role.name] = _evaluated(role, sets, ranks)
        else:
            sets[role.name] = tuple([order[place] for place in role.places])
    return sets


def _evaluated(role: Role, sets: Sets, ranks: Sequence[int]) -> Members:
    try:
        return members(role.expression, sets, ranks)
    except MistakeError as mistake:
        raise MisfitError(role.name, str(mistake)) from None


def in_places(name: str, expression: SetExpression, above: Sequence[Role], participants: int) -> Role:
    """The role, with its members as places if these are the same in every order.

    Raises ``MistakeError`` where too many are picked.
    """
    by_place = {role.name: role.places for role in above if role.places is not None}
    named = [atom for atom in (*expression.union, *expression.minus) if atom != "all"]
    if not expression.by_place or any(atom not in by_place for atom in named):
        return Role(name, expression)
    everybody = tuple(range(participants))
    places = members(expression, {"all": everybody, **by_place}, everybody)
    return Role(name, expression, places)


def trial_orders(roles: Iterable[Role], order: Members | None, participants: int) -> list[Members]:
    """Orders of the participants in which to check who is who.

    A fixed order, or roles that are places, need one. Otherwise who meets whom depends on
    the order, and the rotations put every process on every place (``MOST_TRIALS`` of them).
    """
    if order is not None:
        return [order]
    numbers = tuple(range(participants))
    if all(role.places is not None for role in roles):
        return [numbers]
    turns = range(min(participants, MOST_TRIALS // 2))
    return [way[turn:] + way[:turn] for turn in turns for way in (numbers, numbers[::-1])]
