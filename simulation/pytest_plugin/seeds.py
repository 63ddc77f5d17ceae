"""Seeds as they are asked for, and the blocks that are run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from simulation.errors import InputError
from simulation.run import checked_seed

LEAST_IN_A_BLOCK: Final = 8
"""A test costs pytest as much as a short run costs us."""

MOST_BLOCKS: Final = 64

_MOST: Final = 10**9

_TEXT = re.compile(r"(?:([0-9]{1,39}):)?([0-9]{1,39})")

_WANTED = "a number of seeds such as 200, a range such as '0:200' or a list such as [3, 7]"


def read_seeds(given: Any) -> Sequence[int]:
    """The seeds: N for 0 to N-1, ``"A:B"``, a range or a list. Raises ``InputError``."""
    seeds: Sequence[Any]
    if isinstance(given, str):
        seeds = _of_text(given)
    elif isinstance(given, int) and not isinstance(given, bool):
        seeds = range(given)
    elif isinstance(given, tuple) and len(given) == 2:
        # `simulation.sweep` takes a pair for a range, and whoever writes one here may mean that.
        first, last = given
        raise InputError(f"seeds: is {given!r}. Is '{first}:{last}' meant, or the list [{first}, {last}]?")
    elif isinstance(given, (range, list, tuple)):
        seeds = given
    else:
        raise InputError(f"seeds: is {given!r}; {_WANTED} is needed")
    if not seeds:
        raise InputError(f"seeds: is {given!r}: no seed at all, and {_WANTED} is needed")
    if isinstance(seeds, range):
        return _checked(seeds)
    return tuple(dict.fromkeys(checked_seed(seed) for seed in seeds))


def blocks(seeds: Sequence[int]) -> Iterator[Sequence[int]]:
    """The seeds in their order, cut into at most 64 blocks of at least 8: of nothing but the seeds."""
    size = max(LEAST_IN_A_BLOCK, -(-len(seeds) // MOST_BLOCKS))
    for first in range(0, len(seeds), size):
        yield seeds[first : first + size]


def label(seeds: Sequence[int]) -> str:
    """``0:8`` for seeds that follow each other, as ``--simulation-seeds`` takes it; ``3...99`` for others."""
    first, last = seeds[0], seeds[-1]
    alike = range(first, last + 1)
    if seeds == alike or (isinstance(seeds, tuple) and seeds == tuple(alike[: len(seeds) + 1])):
        return f"{first}:{last + 1}"
    return f"{first}...{last}"


def _checked(seeds: range) -> range:
    checked_seed(seeds[0])
    checked_seed(seeds[-1])
    if abs(seeds[-1] - seeds[0]) // abs(seeds.step) >= _MOST:
        raise InputError(f"seeds: is {seeds!r}; more than {_MOST:,} seeds are too many for one test")
    return seeds


def _of_text(given: str) -> range:
    match = _TEXT.fullmatch(given.strip())
    if match is None:
        raise InputError(f"seeds: is {given!r}; {_WANTED} is needed")
    return range(int(match[1] or 0), int(match[2]))
