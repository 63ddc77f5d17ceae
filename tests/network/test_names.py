"""Before a name is visible, messages by name are lost, and only those."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.network.links import UNORDERED, Decision, Plain, arrivals, fabric

PLAIN = Plain()
NEVER_US = 10**9
SEEN = [[0, 50, NEVER_US], [NEVER_US, 0, 20], [NEVER_US, 70, 0]]
"""``SEEN[p][q]``: from when on process p sees the name of q."""

REPLICA, OTHER_REPLICA = 0, 1
ELECTOR, OTHER_ELECTOR = 3, 4


def test_a_message_by_name_is_lost_before_the_name_is_visible() -> None:
    transit = fabric([15]).transit(SEEN)
    assert arrivals(transit, (49, ELECTOR, OTHER_ELECTOR, PLAIN)) == [None]


def test_a_message_by_name_arrives_from_the_moment_on_when_the_name_is_visible() -> None:
    transit = fabric([15]).transit(SEEN)
    assert arrivals(transit, (50, ELECTOR, OTHER_ELECTOR, PLAIN)) == [65]


def test_it_is_the_senders_view_that_counts() -> None:
    transit = fabric([15]).transit(SEEN)
    assert arrivals(transit, (60, OTHER_ELECTOR, ELECTOR, PLAIN)) == [None]


@pytest.mark.parametrize(
    ("source", "destination"),
    [(REPLICA, OTHER_REPLICA), (REPLICA, OTHER_ELECTOR), (ELECTOR, OTHER_REPLICA), (ELECTOR, REPLICA)],
)
def test_a_message_that_does_not_go_by_name_arrives_all_the_same(source: int, destination: int) -> None:
    transit = fabric([15]).transit(SEEN)
    assert arrivals(transit, (0, source, destination, PLAIN)) == [15]


def test_a_message_apart_needs_a_visible_name_too() -> None:
    transit = fabric([15]).transit(SEEN)
    assert arrivals(transit, (49, ELECTOR, OTHER_ELECTOR, Decision())) == [None]


def test_names_count_where_messages_have_no_order_either() -> None:
    transit = fabric([15], UNORDERED).transit(SEEN)
    assert arrivals(transit, (49, ELECTOR, OTHER_ELECTOR, PLAIN)) == [None]


def test_a_lost_message_uses_up_no_delay() -> None:
    transit = fabric([15]).transit(SEEN)
    sent = [(now_us, ELECTOR, OTHER_ELECTOR, PLAIN) for now_us in (0, 10, 60)]
    assert arrivals(transit, *sent) == [None, None, 75]


@given(st.integers(0, 100), st.integers(0, 5), st.integers(0, 5))
def test_exactly_the_messages_by_a_name_not_yet_visible_are_lost(
    now_us: int, source: int, destination: int
) -> None:
    lost = fabric([15]).transit(SEEN)(now_us, source, destination, PLAIN) is None
    by_name = source >= 3 and destination >= 3
    assert lost == (by_name and now_us < SEEN[source % 3][destination % 3])
