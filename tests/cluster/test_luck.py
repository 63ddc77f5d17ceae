"""Chance: whatever a machine draws, it draws for itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from simulation.cluster.luck import Luck
from simulation.kernel import Entropy
from tests.cluster.toys import QUICK

WIDE = (0, 10**6)
UNEVEN = replace(QUICK, print_us=WIDE, send_us=WIDE, own_delay_us=WIDE, sync_us=WIDE)

ALL = pytest.mark.parametrize(
    "draw",
    [
        Luck.print_us,
        Luck.send_us,
        Luck.own_delay_us,
        Luck.sync_us,
        Luck.survives,
        lambda luck, address: luck.timer_us(address, *WIDE),
    ],
    ids=["lines", "sends", "hops", "writes", "disks", "timers"],
)

Draw = Callable[[Luck, int], int]


def luck() -> Luck:
    return Luck(UNEVEN, Entropy(0), addresses=3, processes=3)


def drawn(draw: Draw, machine: int, of: Luck) -> list[int]:
    """The next thirty draws of a machine."""
    return [draw(of, machine) for _ in range(30)]


@ALL
def test_what_one_machine_draws_moves_no_other_machines_luck(draw: Draw) -> None:
    used = luck()
    draw(used, 0)
    assert drawn(draw, 1, used) == drawn(draw, 1, luck())


@ALL
def test_two_machines_draw_different_numbers(draw: Draw) -> None:
    assert drawn(draw, 0, luck()) != drawn(draw, 1, luck())
