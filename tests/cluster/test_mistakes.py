"""What a protocol's author gets wrong first, told as what it is."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Struct

from simulation.cluster import Cluster
from simulation.errors import HarnessError
from simulation.protocols import Machine, Protocol, handles
from simulation.protocols.effects import Answer, Die, Send, SetTimer
from simulation.protocols.inputs import Started, Undecided
from simulation.protocols.machine import Step
from tests.cluster.toys import QUICK, Note


def starting(what: Any) -> None:
    """Start one machine that answers ``what`` to its first input, and run."""

    class Author(Machine):
        @handles(Started)
        def on_started(self, state: None, sender: int, started: Started) -> Step:
            return what  # type: ignore[no-any-return]

        @handles(Note)
        def on_note(self, state: None, sender: int, note: Note) -> Step:
            return None, ()

    cluster = Cluster(Protocol("author", "", (Author,)), ["p1", "p2"], QUICK)
    cluster.start(0)
    cluster.start(1)
    cluster.kernel.run_until(cluster.kernel.event(), most_steps=100)


@pytest.mark.parametrize("what", [None, (), (1, 2, 3), (None, Note("no tuple")), (None, None), (None, [])])
def test_what_is_no_pair_of_a_state_and_a_tuple_is_told(what: object) -> None:
    with pytest.raises(HarnessError, match=r"Author returned .* for Started\(\). A handler returns a pair"):
        starting(what)


def test_a_message_in_the_place_of_an_effect_is_told() -> None:
    with pytest.raises(HarnessError, match=r"Author returned Note\(word='x'\) as an effect"):
        starting((None, (Note("x"),)))


@pytest.mark.parametrize("address", [-1, 2, 99])
def test_an_address_that_nobody_has_is_told(address: int) -> None:
    with pytest.raises(HarnessError, match=f"sent a message to address {address}, and there is no such"):
        starting((None, (Send(address, Note("x")),)))


@pytest.mark.parametrize(("low_us", "high_us"), [(-5, -5), (-1, 3), (7, 6)])
def test_a_timer_with_an_impossible_range_is_told(low_us: int, high_us: int) -> None:
    with pytest.raises(HarnessError, match="Author set a timer with the range"):
        starting((None, (SetTimer(Note("tick"), low_us, high_us),)))


def test_a_life_cannot_begin_in_the_middle_of_another() -> None:
    class Quiet(Machine):
        @handles(Started)
        def on_started(self, state: None, sender: int, started: Started) -> Step:
            return None, ()

    cluster = Cluster(Protocol("quiet", "", (Quiet,)), ["p1"], QUICK)
    cluster.start(0)
    with pytest.raises(HarnessError, match="p1 is up"):
        cluster.restart(0)


def test_a_message_type_without_a_tag_is_told_where_it_is_handled() -> None:
    class Bare(Struct, frozen=True):
        word: str

    with pytest.raises(HarnessError, match="Bare needs to be frozen, and to have a tag"):
        handles(Bare)


def test_a_machine_that_writes_to_itself_is_told() -> None:
    class Forgetful(Machine):
        @handles(Started)
        def on_started(self, state: None, sender: int, started: Started) -> Step:
            self.count = 1
            return None, ()

    cluster = Cluster(Protocol("forgetful", "", (Forgetful,)), ["p1"], QUICK)
    with pytest.raises(HarnessError, match="Forgetful wrote to its attribute 'count' in a handler"):
        cluster.start(0)


def test_two_handlers_of_one_input_are_told() -> None:
    with pytest.raises(HarnessError, match="Twice has two handlers of Note"):

        class Twice(Machine):
            @handles(Note)
            def on_note(self, state: None, sender: int, note: Note) -> Step:
                return None, ()

            @handles(Note)
            def on_another(self, state: None, sender: int, note: Note) -> Step:
                return None, ()


def test_a_reply_that_is_none_is_told() -> None:
    with pytest.raises(HarnessError, match=r"Author answered Note\(word='x'\): a reply is a Decision"):
        starting((None, (Answer(1, Note("x")),)))


def test_an_answer_to_a_call_that_nobody_made_is_told() -> None:
    with pytest.raises(HarnessError, match="call 9999 was answered, and no client ever made it"):
        starting((None, (Answer(9999, Undecided(1)),)))


def test_a_timer_of_half_a_microsecond_is_told() -> None:
    with pytest.raises(HarnessError, match="two whole numbers of microseconds"):
        starting((None, (SetTimer(Note("tick"), 0.5, 1.5),)))  # type: ignore[arg-type]


def test_what_a_handler_raises_says_where_and_when() -> None:
    class Careless(Machine):
        @handles(Started)
        def on_started(self, state: None, sender: int, started: Started) -> Step:
            raise ZeroDivisionError

    cluster = Cluster(Protocol("careless", "", (Careless,)), ["p1"], QUICK)
    with pytest.raises(ZeroDivisionError) as raised:
        cluster.start(0)
    assert raised.value.__notes__ == ["raised by p1 at 0 us, given Started(), in the state None"]


def test_a_process_that_dies_of_its_first_input_leaves_no_machine_alive() -> None:
    class Stillborn(Machine):
        @handles(Started)
        def on_started(self, state: None, sender: int, started: Started) -> Step:
            return None, (Die("at once"),)

    class Sibling(Machine):
        @handles(Started)
        def on_started(self, state: None, sender: int, started: Started) -> Step:
            return None, ()

    cluster = Cluster(Protocol("stillborn", "", (Stillborn, Sibling)), ["p1"], QUICK)
    cluster.start(0)
    assert [host.alive for host in cluster.hosts] == [False, False]
