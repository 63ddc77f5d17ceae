"""What a schedule may be replaced by."""

from __future__ import annotations

from simulation.search.moves import Ask, Calm, Deliver, Fire, Kill, Restart
from simulation.shrink import smaller

TWO_ATTEMPTS = (
    Ask(1, 3),
    Deliver(1, 3, 0, "Prepare"),
    Kill(0),
    Restart(2, 0),
    Fire(3, 3, "Retry(instance=1)"),
    Deliver(3, 3, 0, "Prepare"),
)


def test_chunks_are_taken_out_from_the_end() -> None:
    left = [len(schedule) for schedule in smaller.without_chunks(TWO_ATTEMPTS, 4)]
    assert left == [2, 4]


def test_an_attempt_goes_with_all_that_follows_from_it() -> None:
    first, second = smaller.without_roots(TWO_ATTEMPTS)
    assert first == TWO_ATTEMPTS[2:]
    assert second == TWO_ATTEMPTS[:4]


def test_without_its_first_attempt_a_client_asks_when_it_would_have_tried_again() -> None:
    (less,) = smaller.with_one_attempt_less(TWO_ATTEMPTS)
    assert less == (Kill(0), Restart(2, 0), Ask(3, 3), Deliver(3, 3, 0, "Prepare"))


def test_a_death_goes_with_the_restart_after_it() -> None:
    (alive,) = smaller.without_a_life(TWO_ATTEMPTS)
    assert alive == (*TWO_ATTEMPTS[:2], *TWO_ATTEMPTS[4:])


def test_processes_are_swapped_in_everything_that_names_them() -> None:
    swapped = smaller.renamed((*TWO_ATTEMPTS, Calm((0, 3))), {0: 1, 1: 0}, 5, 5)
    assert swapped[1] == Deliver(1, 3, 1, "Prepare")
    assert swapped[2:4] == (Kill(1), Restart(2, 1))
    assert swapped[-1] == Calm((1, 3))


def test_machines_beside_the_first_are_renamed_with_their_process() -> None:
    (renamed,) = smaller.renamed((Deliver(1, 8, 6, "Heartbeat"),), {1: 0, 3: 2}, 5, 3)
    assert renamed == Deliver(1, 3 + 2, 3 + 0, "Heartbeat")


def test_a_copy_that_is_not_kept_is_plainer() -> None:
    kept = (Ask(1, 3), Deliver(1, 3, 0, "Prepare", 0, True))
    assert list(smaller.without_copies(kept)) == [(Ask(1, 3), Deliver(1, 3, 0, "Prepare"))]


def test_a_delivery_may_come_earlier() -> None:
    moves = (Ask(1, 3), Ask(2, 4), Deliver(1, 3, 0, "Prepare"))
    assert (moves[0], moves[2], moves[1]) in list(smaller.with_an_earlier_delivery(moves, 2))
