"""Colours are told apart from their ground, and nothing is told by colour alone."""

import simulation
from simulation.protocols import protocols
from simulation.scene import Scene
from simulation.scene.look import BALLOTS, DASHES, INKS, SIGNS, dashes

TEXTS = ("ink", "faint", "alarm")


def _light(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_ballot_is_seen_on_white_and_on_black():
    for shades in BALLOTS:
        for shade, ground in zip(shades, INKS["ground"], strict=True):
            assert _contrast(shade, ground) >= 3, shade


def test_what_is_text_is_read_on_the_page_and_on_its_panels():
    for ground in ("ground", "panel"):
        for name in TEXTS:
            for shade, under in zip(INKS[name], INKS[ground], strict=True):
                assert _contrast(shade, under) >= 4.5, (name, shade, under)


def test_the_messages_that_a_protocol_sends_most_have_dashes_of_their_own():
    for protocol in protocols().values():
        found = dashes(protocol)
        sent = [message.__name__ for message in protocol.moments.values()]
        told = {found[name] for name in sent}
        assert len(told) == min(len(sent), len(DASHES)), (protocol.name, found)


def test_every_sign_that_is_seen_has_a_meaning_and_every_meaning_a_sign():
    runs = [
        simulation.run("storm_paces", seed=3),
        simulation.run("storm_restarts", seed=3),
        simulation.run("leader_crash_complex", seed=3),
        simulation.run(simulation.load("storm_links", protocol="textbook"), seed=3),
    ]
    seen = {sight.shape for run in runs for sight in Scene(run).sights}
    assert seen - {"message", "lost"} == set(SIGNS)
