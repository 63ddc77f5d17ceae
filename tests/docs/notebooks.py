"""The notebooks: their text, a run of it in a kernel of its own, and what is stored beside it.

The text, ``NAME.py``, is what is written by hand. ``NAME.ipynb`` has the same cells and what they
showed when they were run, and is made from the text with ``pytest --rewrite-notebooks``.

Compared is all that a cell shows, but for these three, each of which may vary from run to run:

- what goes to the standard error, as bars of progress do: it is not even stored;
- what an image looks like: it is enough that there is one;
- the cells with the tag ``varies``, which tell seconds.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="not installed: pip install -e '.[test]'")
nbclient = pytest.importorskip("nbclient", reason="not installed: pip install -e '.[test]'")
jupytext = pytest.importorskip("jupytext", reason="not installed: pip install -e '.[test]'")

PROJECT = Path(__file__).parents[2]

FOLDER = PROJECT / "notebooks"

NAMES = sorted(path.stem for path in FOLDER.glob("*.py"))

SECONDS_A_CELL = 300

SURROUNDINGS = {
    "PYTHONPATH": str(PROJECT),
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
"""The package of this checkout, and figures in the notebook, whatever is set outside."""

VARIES = "varies"

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
    "jupytext": {"formats": "ipynb,py:percent"},
}
"""Of a notebook only what everybody needs: no versions, no times, no names of a machine."""


def text_of(name: str) -> Any:
    """The notebook as its text has it, without outputs."""
    return jupytext.read(FOLDER / f"{name}.py", fmt="py:percent")


def stored(name: str) -> Any:
    """The notebook with the outputs that are stored."""
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def executed(name: str, surroundings: Mapping[str, str]) -> Any:
    """The notebook run from top to bottom in a fresh kernel. Raises what a cell raises."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    notebook = text_of(name)
    # No kernel that somebody has installed under this name, and no settings of anybody's IPython.
    manager = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    client = nbclient.NotebookClient(
        notebook,
        km=manager,
        timeout=SECONDS_A_CELL,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(FOLDER)}},
    )
    with tempfile.TemporaryDirectory() as empty:
        own = {"IPYTHONDIR": empty, "TMPDIR": empty}
        client.execute(cleanup_kc=True, env={**os.environ, **SURROUNDINGS, **surroundings, **own})
    return tidied(notebook)


def tidied(notebook: Any) -> Any:
    """The notebook as it is stored: nothing in it that the next run would have otherwise without need."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell.id = str(number)
        cell.metadata = nbformat.from_dict({"tags": cell.metadata.tags} if cell.metadata.get("tags") else {})
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


def store(name: str, notebook: Any) -> None:
    """Keep it beside its text."""
    nbformat.validate(notebook)
    nbformat.write(notebook, FOLDER / f"{name}.ipynb")


def cells(notebook: Any) -> list[tuple[str, str, list[str]]]:
    """What is written in each cell: its type, its source, its tags."""
    return [(cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in notebook.cells]


def shown(notebook: Any) -> list[tuple[str, list[Any]]]:
    """What each cell shows that does not vary, after the beginning of its source."""
    return [
        (cell.source.partition("\n")[0], [_steady(output) for output in cell.outputs])
        for cell in notebook.cells
        if cell.cell_type == "code" and VARIES not in cell.metadata.get("tags", [])
    ]


def _steady(output: Any) -> Any:
    if output.output_type == "stream":
        return output.text
    return {mime: _without_image(mime, content) for mime, content in output.data.items()}


def _without_image(mime: str, content: str) -> str:
    if mime.startswith("image/"):
        return "an image"
    return re.sub("<svg.*?</svg>", "an image", content, flags=re.DOTALL)
