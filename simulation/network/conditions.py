"""The conditions under which processes run: every knob of the network and the machines.

Times are whole microseconds. A pair is ``(low, high)``, uniform, both ends in. A scenario
file overrides any of them by name under ``[network]``.
"""

from __future__ import annotations

from msgspec import Struct

Range = tuple[int, int]


class Boot(Struct, frozen=True):
    """How long it takes from the first node's start until the scripts may start.

    Drawn once a run: normal with mean ``mean_us`` (by number of participants; between
    two given numbers linear, outside them the nearest) and deviation ``deviation_us``,
    at least ``least_us``. With one entry and no deviation it is a constant.
    """

    mean_us: dict[int, int]
    deviation_us: dict[int, int]
    least_us: int


class Conditions(Struct, frozen=True):
    """One network with its machines. ``simulation list`` shows the named ones.

    ``delay_us``            a message from one process to another
    ``own_delay_us``        a message to oneself, a client's call, its answer
    ``own_decision_us``     what a message on a channel apart, as a leader's decision is,
                            takes to oneself in addition; nothing where ``fifo`` is false
    ``fifo``                messages of one pair and channel keep their order
    ``send_us``             one send of a broadcast, which is a loop over the participants:
                            the process is busy with it, and may die in the middle
    ``print_us``            one printed line: the process waits for it
    ``node_start_us``       when a node begins, after the run's beginning
    ``last_node_us``        how long after all others the process of the highest number does:
                            in the real system's log it is the last one in every dist run
    ``boot``                see ``Boot``: names are registered up to 100 ms before its end
    ``registered_at_once``  all names are registered at the boot's end minus 100 ms;
                            otherwise each at a uniform time before that, one just then
    ``visible_after_us``    mean of the exponential time until another process sees a
                            registered name
    ``start_jitter_us``     from the coordinator's start until a script begins
    ``slice_per_mille``     how often, out of 1,000, a replica gets to run between a resume
                            and the suspend or kill that directly follows it
    ``slice_us``            for how long it then runs
    ``sync_us``             what a ``Persist`` takes: what stands behind it waits, and a death before
                            its end leaves the record on the disk or not, machine by machine
    """

    delay_us: Range
    own_delay_us: Range
    own_decision_us: int
    fifo: bool
    send_us: Range
    print_us: Range
    node_start_us: Range
    last_node_us: Range
    boot: Boot
    registered_at_once: bool
    visible_after_us: int
    start_jitter_us: Range
    slice_per_mille: int
    slice_us: int
    sync_us: Range = (0, 0)
