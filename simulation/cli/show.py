"""``simulation show``: a run as something to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulation import scenario as scenarios
from simulation.cli.files import writable
from simulation.cli.readers import overrides
from simulation.cli.streams import tell
from simulation.cli.verdicts import judged, settings
from simulation.errors import InputError
from simulation.replay import replay
from simulation.report.summary import one_line
from simulation.run import Run, Runner
from simulation.show import form_of, write


def show_run(given: Any) -> int:
    """Write the picture, the page or the export. Ends as the run does."""
    form = form_of(given.out)
    out = writable(Path(given.out), not_to_be=Path(given.what))
    run = _the_run(given)
    if out.suffix == ".svg":
        write(out, str(run.diagram(show=given.unfold, around=given.around, most=given.most)))
    else:
        write(out, form.text(run))
    tell(one_line(run))
    seed = [] if given.seed is None else ["--seed", str(given.seed)]
    return judged(run, ["show", given.what, *seed, *settings(given), "-o", given.out])


def _the_run(given: Any) -> Run:
    """What is given is a record if it is a file and no TOML."""
    path = Path(given.what)
    if path.is_file() and path.suffix != ".toml":
        if given.seed is not None or given.overrides or given.strategy:
            raise InputError("--seed, --set and --strategy go with a scenario; a record has its own")
        return replay(path)
    scenario = scenarios.load(given.what, **overrides(given.overrides, given.strategy))
    return Runner(scenario).run(given.seed or 0)
