"""``simulation show``: a run as something to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulation import scenario as scenarios
from simulation.cli.files import writable
from simulation.cli.readers import overrides, seed
from simulation.cli.streams import tell
from simulation.cli.verdicts import judged, settings
from simulation.errors import InputError
from simulation.replay import replay
from simulation.report.summary import one_line
from simulation.run import Run, Runner
from simulation.seedlog.reader import STDIN
from simulation.show import FORMS, PICTURE, check_form, form_of, show, write


def show_run(given: Any) -> int:
    """Write the picture, the page or the export. Ends as the run does."""
    check_form(given.out, beside=given.beside)
    _check_drawing(given)
    out = writable(Path(given.out), not_to_be=Path(given.what))
    run = _the_run(given)
    beside = None if given.beside is None else _the_other(given, run)
    if form_of(out) is FORMS[PICTURE]:
        write(out, str(run.diagram(show=given.unfold, around=given.around, most=given.most)))
    else:
        show(run, out, beside=beside)
    for shown in (run,) if beside is None else (run, beside):
        tell(one_line(shown))
    which = [] if given.seed is None else ["--seed", str(given.seed)]
    other = [] if given.beside is None else ["--beside", given.beside]
    return judged(run, ["show", given.what, *which, *settings(given), *other, "-o", given.out])


def _check_drawing(given: Any) -> None:
    of_drawings = {
        "--unfold": given.unfold,
        "--around": given.around is not None,
        "--most": given.most is not None,
    }
    for option, used in of_drawings.items():
        if used and form_of(given.out) is not FORMS[PICTURE]:
            raise InputError(
                f"{option} goes with an .svg: a page is unfolded and moved where it is looked at"
            )


def _the_run(given: Any) -> Run:
    """What is given is a record if it can be read and is no TOML."""
    if _is_record(given.what):
        if given.seed is not None or given.overrides or given.strategy:
            raise InputError("--seed, --set and --strategy go with a scenario; a record has its own")
        return replay(given.what)
    scenario = scenarios.load(given.what, **overrides(given.overrides, given.strategy))
    return Runner(scenario).run(given.seed or 0)


def _the_other(given: Any, run: Run) -> Run:
    """The run of a record, or of the same scenario with another seed."""
    if given.what == given.beside == STDIN:
        raise InputError("--beside: standard input holds one record. Let the other be a file.")
    if _is_record(given.beside):
        return replay(given.beside)
    try:
        return Runner(run.scenario).run(seed(given.beside))
    except InputError:
        raise InputError(
            f"--beside: {given.beside!r} is neither the file of a record nor a seed, such as 7"
        ) from None


def _is_record(what: str) -> bool:
    path = Path(what)
    # A pipe, as in `show <(zcat run.jsonl.gz)`, is no file to the system.
    return what == STDIN or ((path.is_file() or path.is_fifo()) and path.suffix != ".toml")
