"""One run, fully resolved: what ``--explain`` prints and the harness carries out."""

from __future__ import annotations

from msgspec import Struct

from simulation.faults import PlannedFault
from simulation.harness.steps import Step, proposals
from simulation.network import Conditions
from simulation.protocols.quorum import majority


class Happening(Struct, frozen=True):
    """Every one of ``processes`` was ``what``, and with ``before_decision`` in time.

    ``what``: ``killed``, ``restarted``, ``suspended``, ``resumed``, ``aborted`` (a client there was
    answered with an abort) or ``decided``. ``before_decision``: before any process had
    learned a decision. ``text`` is the statement as the scenario wrote it.
    """

    text: str
    processes: tuple[int, ...]
    what: str
    before_decision: bool = False


class Expectation(Struct, frozen=True):
    """What has to come out.

    ``decision`` is ``"required"`` of all processes in ``by``, ``"allowed"`` or
    ``"impossible"``. ``happens`` are statements about the course of the run without
    which it proves nothing: a run in which one is false is *unknown*.
    """

    decision: str
    by: tuple[int, ...]
    happens: tuple[Happening, ...] = ()


class Calm(Struct, frozen=True):
    """When the storm is over, for whom, and how long the core then has to decide."""

    at_us: int
    core: tuple[int, ...]
    within_us: int


class Plan(Struct, frozen=True):
    """Everything about one run but the chance that its seed holds.

    Processes are numbers; ``names`` gives their names, ``order`` the participants' order
    of this run, ``roles`` the named sets in the order in which the file defines them.
    ``values`` are the proposals by process.
    ``announce`` says what each process prints beside ``started``: ``"nothing"``,
    ``"participants"`` or ``"kill sets"`` (of the roles spare, leaders and followers).
    The first ``acceptors`` processes vote. With a ``strategy`` that says what happens next, scripts
    only tell who proposes.
    ``linger_us`` passes between the end of all scripts and the reading of queues.
    """

    scenario: str
    seed: int
    protocol: str
    profile: str
    conditions: Conditions
    names: tuple[str, ...]
    order: tuple[int, ...]
    roles: dict[str, tuple[int, ...]]
    values: tuple[int, ...]
    scripts: tuple[tuple[Step, ...], ...]
    faults: tuple[PlannedFault, ...]
    expect: Expectation
    acceptors: int = 0
    strategy: str | None = None
    announce: str = "nothing"
    linger_us: int = 100_000
    limit_us: int = 120_000_000
    most_events: int = 2_000_000
    calm: Calm | None = None

    @property
    def voters(self) -> range:
        """The processes that vote: all, where the number of acceptors is not given."""
        return range(self.acceptors or len(self.names))

    @property
    def proposers(self) -> list[int]:
        """The processes whose scripts propose anything, in ascending order."""
        return [process for process, script in enumerate(self.scripts) if [*proposals(script)]]

    @property
    def quorum(self) -> int:
        """How many votes choose a value."""
        return majority(len(self.voters))
