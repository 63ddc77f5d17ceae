"""What a schedule may be replaced by: smaller or plainer schedules, the boldest first.

Nothing here knows whether they still fail. A move that can no longer be made is left out when the
schedule is carried out, and a proposer whose attempt is taken away numbers its later ballots anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from simulation.search.moves import AnyMove, Ask, Calm, Deliver, Fire, Kill, Restart, Schedule


def without_chunks(schedule: Schedule, size: int) -> Iterator[Schedule]:
    """Without ``size`` neighbouring moves, from the end to the beginning."""
    for end in range(len(schedule), 0, -size):
        begin = max(0, end - size)
        yield (*schedule[:begin], *schedule[end:])


def without_roots(schedule: Schedule) -> Iterator[Schedule]:
    """Without one attempt and all that follows from it."""
    for root in _roots(schedule):
        yield tuple([move for move in schedule if getattr(move, "root", 0) != root])


def with_one_attempt_less(schedule: Schedule) -> Iterator[Schedule]:
    """Without the first attempt of a process, whose client asks when it would have tried again."""
    for ask in [move for move in schedule if isinstance(move, Ask)]:
        rest = [move for move in schedule if getattr(move, "root", 0) != ask.root]
        for place, move in enumerate(rest):
            if isinstance(move, Fire) and move.address == ask.process:
                rest[place] = Ask(move.root, ask.process)
                yield tuple(rest)
                break


def without_a_life(schedule: Schedule) -> Iterator[Schedule]:
    """Without a death and the restart after it."""
    for place, move in enumerate(schedule):
        if isinstance(move, Kill):
            rest = list(schedule[:place])
            ended = False
            for later in schedule[place + 1 :]:
                if not ended and isinstance(later, Restart) and later.process == move.process:
                    ended = True
                else:
                    rest.append(later)
            yield tuple(rest)


def with_others_swapped(
    schedule: Schedule, groups: tuple[tuple[int, ...], ...], count: int
) -> Iterator[Schedule]:
    """With two processes of one kind in each other's place, of ``count`` processes."""
    for group in groups:
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                yield renamed(schedule, {one: other, other: one}, count, count)


def with_an_earlier_delivery(schedule: Schedule, place: int) -> Iterator[Schedule]:
    """With the delivery at this place earlier, the earliest first; nothing where there is none."""
    move = schedule[place]
    if isinstance(move, Deliver):
        for earlier in range(place):
            yield (*schedule[:earlier], move, *schedule[earlier:place], *schedule[place + 1 :])


def without_copies(schedule: Schedule) -> Iterator[Schedule]:
    """With a message that is not kept."""
    for place, move in enumerate(schedule):
        if isinstance(move, Deliver) and move.keep:
            yield (*schedule[:place], replace(move, keep=False), *schedule[place + 1 :])


def renamed(schedule: Schedule, names: dict[int, int], count: int, among: int) -> Schedule:
    """With other processes in the place of those in ``names``: of ``count`` before, ``among`` now."""
    return tuple([_renamed(move, names, count, among) for move in schedule])


def _renamed(move: AnyMove, names: dict[int, int], count: int, among: int) -> AnyMove:
    changes: dict[str, object] = {}
    for field in ("source", "destination", "address", "process"):
        if hasattr(move, field):
            part, process = divmod(getattr(move, field), count)
            changes[field] = part * among + names.get(process, process)
    if isinstance(move, Calm):
        changes["core"] = tuple(sorted([names.get(process, process) for process in move.core]))
    return replace(move, **changes)


def _roots(schedule: Schedule) -> list[int]:
    return [move.root for move in schedule if isinstance(move, (Ask, Fire))]
