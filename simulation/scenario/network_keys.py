"""The keys of ``[network]``: every condition of the network and the machines, in a file's words.

They are called as the fields of ``network.Conditions`` are, without the unit at the end:
a file writes the unit with the time.
"""

from __future__ import annotations

from simulation.scenario import times, values
from simulation.scenario.keys import Key

PROFILE = "the profile's"
TIMES = "time, or range of times"

NETWORK = (
    Key("delay", times.pair, TIMES, "A message from one process to another takes this long.", absent=PROFILE),
    Key(
        "own_delay",
        times.pair,
        TIMES,
        "A message to oneself, a client's call and its answer take this long.",
        absent=PROFILE,
    ),
    Key(
        "own_decision",
        times.duration,
        "time",
        "What a leader's decision to itself takes in addition to `own_delay`.",
        absent=PROFILE,
    ),
    Key(
        "fifo",
        values.truth,
        "`true` or `false`",
        "Whether messages between two processes keep their order.",
        absent=PROFILE,
    ),
    Key(
        "send",
        times.pair,
        TIMES,
        "Each send of a broadcast takes this long; the process is busy with it, and may die in the middle.",
        absent=PROFILE,
    ),
    Key("print", times.pair, TIMES, "Printing one line takes this long; the process waits.", absent=PROFILE),
    Key(
        "node_start",
        times.pair,
        TIMES,
        "When the node of a process starts, counted from the beginning of the run.",
        absent=PROFILE,
    ),
    Key(
        "last_node",
        times.pair,
        TIMES,
        "How long after all others the node of the process with the highest number starts.",
        absent=PROFILE,
    ),
    Key(
        "boot",
        times.at_least(100_000, "100ms, the time between registration and start"),
        "time, at least 100ms",
        "From the first node's start until the scripts may start, on average. Given alone, it is a constant.",
        absent=PROFILE,
    ),
    Key(
        "boot_deviation",
        times.duration,
        "time",
        "The standard deviation of `boot`, which is drawn once a run from a normal distribution.",
        absent='the profile\'s; `"0ms"` where `boot` is given',
    ),
    Key(
        "boot_least",
        times.at_least(100_000, "100ms, the time between registration and start"),
        "time, at least 100ms",
        "`boot` is never drawn below this.",
        absent='the profile\'s; `"100ms"` where `boot` is given',
    ),
    Key(
        "registered_at_once",
        values.truth,
        "`true` or `false`",
        "Whether all names are registered together, 100 ms before the end of `boot`, or at times"
        " spread before that.",
        absent=PROFILE,
    ),
    Key(
        "visible_after",
        times.duration,
        "time",
        "How long it takes on average until another process sees a registered name (exponential).",
        absent=PROFILE,
    ),
    Key(
        "start_jitter",
        times.pair,
        TIMES,
        "From the coordinator's start until a script begins.",
        absent=PROFILE,
    ),
    Key(
        "slice_per_mille",
        values.whole_number(0, 1000),
        "whole number, 0 to 1000",
        "How often, out of 1000, a replica gets to run between a resume and the suspend or kill that directly"
        " follows it.",
        absent=PROFILE,
    ),
    Key("slice", times.duration, "time", "For how long it then runs.", absent=PROFILE),
    Key(
        "sync",
        times.pair,
        TIMES,
        "Making something durable takes this long; the machine waits. Who dies meanwhile may have lost it, or"
        " not, each machine of a process for itself.",
        absent=PROFILE,
    ),
)
