"""Makes the picture of the page that the README shows: ``python -m tests.page.screenshot``."""

import subprocess
import tempfile
from pathlib import Path

import simulation
from tests.page.conftest import CHROMIUM, QUIET

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "page.png"

BUG = "simulation.planted:VOTES_FOR_ANYTHING"


def main() -> None:
    """The page of a failing run, as a browser shows it."""
    run = simulation.run(simulation.load("duel", protocol=BUG, strategy="portfolio"), seed=28)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "run.html"
        simulation.show(run, page)
        options = [*QUIET[:-1], "--hide-scrollbars", "--window-size=1400,900", "--virtual-time-budget=3000"]
        at = [f"--user-data-dir={folder}/profile", f"--screenshot={PICTURE}", page.as_uri()]
        subprocess.run([CHROMIUM, *options, *at], check=True, capture_output=True)


if __name__ == "__main__":
    main()
