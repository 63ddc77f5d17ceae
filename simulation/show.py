"""A run as a file that can be looked at: what the file's name ends in says what it becomes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from simulation.errors import InputError, nearest
from simulation.replay import record_lines
from simulation.run import Run

PAGE = ".html"
PICTURE = ".svg"


class Form(Struct, frozen=True):
    """One form: what it is ``about``, and the text that a run becomes in it."""

    about: str
    text: Callable[[Run], str]


def _lines(write: Callable[[Run], Iterable[str]]) -> Callable[[Run], str]:
    return lambda run: "".join(f"{line}\n" for line in write(run))


def _exported(ending: str) -> Callable[[Run], str]:
    def text(run: Run) -> str:
        from simulation.exports import EXPORTS

        return _lines(EXPORTS[ending])(run)

    return text


FORMS = {
    PAGE: Form("a page to step through", lambda run: run.page().html()),
    PICTURE: Form("a space-time diagram", lambda run: str(run.diagram())),
    ".jsonl": Form("the record, an event a line", _lines(record_lines)),
    ".shiviz": Form("for ShiViz, with vector clocks", _exported(".shiviz")),
    ".perfetto.json": Form("for Perfetto, or Chrome's tracing", _exported(".perfetto.json")),
}
"""The forms by what a file's name ends in."""


def form_of(path: str | os.PathLike[str]) -> Form:
    """The form of a file of this name, in letters of any case. Raises ``InputError`` where there is none."""
    name = Path(path).name.lower()
    # The longest that fits: a name may have two endings.
    for ending in sorted(FORMS, key=len, reverse=True):
        if name.endswith(ending) and name != ending:
            return FORMS[ending]
    near = nearest(Path(name).suffix, FORMS)
    raise InputError(
        f"{path}: the end of a file's name says what it becomes. Known: {', '.join(FORMS)}.{near}"
    )


def check_form(path: str | os.PathLike[str], *, beside: object = None) -> Form:
    """The form of this file. Raises ``InputError`` where there is none, or it shows one run and not two."""
    form = form_of(path)
    if beside is not None and form is not FORMS[PAGE]:
        raise InputError(f"{path}: two runs stand side by side in a page only. Let the name end in {PAGE}.")
    return form


def show(run: Run, path: str | os.PathLike[str], *, beside: Run | None = None) -> None:
    """Write the run to this file, in the form that its name ends in; a page may have another ``beside`` it.

    Raises ``InputError`` for a name that ends in none of ``FORMS``, for a second run where only one
    can be shown, and for a file that cannot be written.
    """
    form = check_form(path, beside=beside)
    write(Path(path), form.text(run) if beside is None else run.page(beside).html())


def write(path: Path, text: str) -> None:
    """The text as this file. Raises ``InputError`` where it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
