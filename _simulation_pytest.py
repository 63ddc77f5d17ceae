"""What pytest loads of ``simulation`` in every session: it imports the package when a test is marked.

It stands beside the package because importing anything below ``simulation`` imports all of it, and
NumPy and SimPy with it. That would cost a quarter of a second in every session and every worker of
whoever has it installed, and be too early for whoever measures the coverage of it.
"""

from __future__ import annotations

import pytest

MARKER = (
    "scenario(which, *, seeds, allow=(), **overrides): run a scenario once for each seed and hand every"
    " `run` to the test; a run that does not pass fails it. `which` is a name, a path or a"
    " simulation.Scenario, `seeds` a number N or a range 'A:B', `allow` what may come out beside 'pass',"
    " `overrides` keys of the file, such as participants=5 or protocol=MyPaxos."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that gives every marked test other seeds."""
    parser.getgroup("simulation").addoption(
        "--simulation-seeds",
        metavar="N|A:B",
        help="the seeds of all tests marked with `scenario`, instead of their own: 0 to N-1, or A to B-1",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, and refuse seeds that are none before anything runs."""
    config.addinivalue_line("markers", MARKER)
    given = config.getoption("simulation_seeds")
    if given is not None:
        from simulation.errors import InputError
        from simulation.pytest_plugin import read_seeds

        try:
            read_seeds(given)
        except InputError as error:
            raise pytest.UsageError(f"--simulation-{error}") from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make blocks of seeds of a marked test, each of them a test of its own."""
    if metafunc.definition.get_closest_marker("scenario") is not None:
        from simulation.pytest_plugin import spread

        spread(metafunc)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let no marked test pass that has no runs."""
    if item.get_closest_marker("scenario") is not None:
        from simulation.pytest_plugin import refuse_without_runs

        refuse_without_runs(item)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> object | None:
    """Call the test function once for each seed of its block."""
    __tracebackhide__ = True
    if pyfuncitem.get_closest_marker("scenario") is None:
        return None
    from simulation.pytest_plugin import call_for_each_seed

    return call_for_each_seed(pyfuncitem)
