"""Blocks of seeds: each is one test to pytest, and calls the test function once for every seed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from simulation.errors import InputError
from simulation.pytest_plugin import telling
from simulation.pytest_plugin.command import command
from simulation.pytest_plugin.marks import Place, Wanted, read_marker
from simulation.pytest_plugin.seeds import blocks, label
from simulation.run import Run, Runner

MARKER: Final = "scenario"

RUN: Final = "run"

HIDDEN: Final = "simulation_block"
"""The parameter of a test function that does not ask for ``run``."""

Repeat = Callable[[int], str]
"""From a seed to the line with the command that repeats its run."""


class Block:
    """Some of the seeds of a marked test; stands for ``run`` until there is one."""

    def __init__(self, wanted: Wanted, seeds: Sequence[int]) -> None:
        self.wanted = wanted
        self.seeds = seeds
        self.at_work = False

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(
            f"'{name}' cannot be had of the run here: a fixture is set up once for a block of seeds, and only"
            " the test function is called with each run"
        )


def spread(metafunc: pytest.Metafunc) -> None:
    """Make a test of every block of a marked function.

    What is wrong with a marker or its scenario is an error of the collection.
    """
    definition, config = metafunc.definition, metafunc.config
    _import_from(config.invocation_params.dir)
    place = Place(metafunc.module.__name__, definition.path.parent, config.rootpath)
    instead = config.getoption("simulation_seeds")
    try:
        wanted = [read_marker(mark.args, dict(mark.kwargs), place, instead) for mark in _markers(definition)]
    except InputError as error:
        where = f"{definition.nodeid}: what the marker {MARKER!r} asks for cannot be run"
        raise pytest.Collector.CollectError(f"{where}:\n{error}") from None
    name = RUN
    if RUN not in metafunc.fixturenames:
        name = HIDDEN
        metafunc.fixturenames.append(HIDDEN)
    metafunc.parametrize(name, list(_tests(wanted)))


def refuse_without_runs(item: pytest.Item) -> None:
    """Fail where the marker had no effect: a test may not pass because nothing was run."""
    if _block(item) is None:
        pytest.fail(
            f"the marker {MARKER!r} stands on something that pytest cannot call with every run: it needs a"
            " test function, or a method of a class that is no unittest.TestCase, and to stand there when"
            " tests are collected",
            pytrace=False,
        )


def call_for_each_seed(item: pytest.Function) -> bool | None:
    """Judge the run of each seed of the test's block, and call its function with it.

    The block stops at the first that fails. None leaves the call to others: the one call with a run.
    """
    __tracebackhide__ = True
    block = _block(item)
    if block is None or block.at_work:
        return None
    block.at_work = True
    try:
        _call(item, block)
    finally:
        block.at_work = False
        _hand_over(item, block)
    return True


def _call(item: pytest.Function, block: Block) -> None:
    wanted, seeds = block.wanted, block.seeds
    repeat = partial(command, wanted, config=item.config)
    runner = Runner(wanted.scenario)
    doubts = []
    expected = None
    for number, seed in enumerate(seeds, 1):
        run = _run(runner, seed, repeat)
        if run.verdict not in ("pass", *wanted.allowed):
            pytest.fail(telling.verdict(run, seeds[number:], repeat(seed)), pytrace=False)
        try:
            doubt = _test(item, run, repeat)
        except pytest.xfail.Exception as failure:
            # It is of its seed alone: the others may fail in a way that nobody expects.
            expected = expected or failure
            continue
        if doubt is not None:
            doubts.append(doubt)
    if expected is not None:
        raise expected
    if len(doubts) == len(seeds):
        name, last = wanted.scenario.name, f"seed {seeds[-1]}: {doubts[-1]}"
        pytest.skip(f"{name}: no run of seeds {label(seeds)} shows anything, as {last}")


def _run(runner: Runner, seed: int, repeat: Repeat) -> Run:
    """The run of a seed, or its exception with the command."""
    try:
        return runner.run(seed)
    except InputError as error:
        pytest.fail(telling.wrong_input(error, seed, repeat(seed)), pytrace=False)
    except Exception as error:
        error.add_note(telling.no_verdict(runner.scenario.name, seed, repeat(seed)))
        raise


def _test(item: pytest.Function, run: Run, repeat: Repeat) -> str | None:
    """Call the test function with a run. Returns why that shows nothing, if it does not."""
    __tracebackhide__ = True
    _hand_over(item, run)
    try:
        # By way of the hook, so that whoever else calls functions in a way of his own still does.
        item.ihook.pytest_pyfunc_call(pyfuncitem=item)
    except pytest.skip.Exception as skipped:
        return skipped.msg or "skipped"
    except pytest.xfail.Exception:
        raise
    except pytest.fail.Exception as failed:
        failed.msg = f"{failed.msg}\n{telling.assertion(run, _spelled(item), repeat(run.seed))}"
        raise
    except Exception as error:
        error.add_note(telling.assertion(run, _spelled(item), repeat(run.seed)))
        raise
    return run.unknowns[0].message if run.verdict == "unknown" else None


def _tests(wanted: Sequence[Wanted]) -> Iterator[Any]:
    """The parameters of all tests, with ids that depend on scenarios and seeds alone."""
    names: list[str] = []
    for each in wanted:
        name = each.scenario.name
        names.append(name)
        again = "" if names.count(name) == 1 else f"#{names.count(name)}"
        for seeds in blocks(each.seeds):
            yield pytest.param(Block(each, seeds), id=f"{name}{again}-seeds={label(seeds)}")


def _markers(definition: pytest.Item) -> Iterator[pytest.Mark]:
    """The markers of the test function; where it has none, those of its class, or of its module."""
    nearest = None
    for node, mark in definition.iter_markers_with_node(MARKER):
        nearest = nearest or node
        if node is nearest:
            yield mark


def _block(item: pytest.Item) -> Block | None:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    found = parameters.get(RUN, parameters.get(HIDDEN))
    return found if isinstance(found, Block) else None


def _hand_over(item: pytest.Function, run: Run | Block) -> None:
    if RUN in item.funcargs:
        item.funcargs[RUN] = run


def _spelled(item: pytest.Function) -> str:
    """The test function as it is typed after ``pytest``, for all blocks."""
    here = item.config.invocation_params.dir
    file = item.path.relative_to(here) if item.path.is_relative_to(here) else item.path
    classes = item.nodeid.split("::")[1:-1]
    return shlex.quote("::".join([str(file), *classes, item.originalname]))


def _import_from(here: Path) -> None:
    """Let protocols be imported from where pytest was started, as the command line does: last."""
    if str(here) not in sys.path and "" not in sys.path:
        sys.path.append(str(here))
