"""The diagrams in the pages are what the code draws."""

from pathlib import Path

import pytest

import simulation

IMAGES = Path(__file__).parents[2] / "docs" / "images"

DRAWN = {
    "leader_crash_before_decision.svg": ("leader_crash_before_decision", 3),
    "simple.svg": ("simple", 7),
}
"""Each with its scenario and seed. ``page.png`` is made by ``python -m tests.page.screenshot``."""


@pytest.mark.parametrize("name", DRAWN)
def test_a_diagram_is_what_the_code_draws(name: str, pytestconfig: pytest.Config) -> None:
    scenario, seed = DRAWN[name]
    drawn = f"{simulation.run(scenario, seed=seed).diagram()}\n"
    if pytestconfig.getoption("--rewrite-golden"):
        (IMAGES / name).write_text(drawn, encoding="utf-8")
    assert (IMAGES / name).read_text(encoding="utf-8") == drawn


def test_every_image_is_used() -> None:
    pages = [IMAGES.parents[1] / "README.md", *IMAGES.parent.glob("*.md")]
    told = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [file.name for file in sorted(IMAGES.iterdir()) if file.name not in told] == []
