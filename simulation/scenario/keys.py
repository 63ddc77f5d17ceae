"""Every key of a scenario file, once: how it is read, its default and what it means.

The reader, the tables of ``docs/scenarios.md`` and ``scenario.schema.json`` agree with
this module; tests compare them.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from simulation.scenario import times, values
from simulation.scenario.values import Reader


class Key(Struct, frozen=True):
    """One key of one table.

    ``kind`` says what it takes, with unit. ``default`` is what an absent key means, as a
    file would write it; where there is no such value, ``absent`` says it in words. A
    ``required`` key must be there, as in ``example``.
    """

    name: str
    read: Reader
    kind: str
    meaning: str
    default: Any = None
    absent: str = ""
    example: str = ""

    @property
    def required(self) -> bool:
        """Whether the key has to be given."""
        return self.default is None and not self.absent


HEAD = (
    Key("format", values.only_format_1, "`1`", "The version of this file format.", example="1"),
    Key(
        "about",
        values.text,
        "text",
        "One sentence on what the scenario shows; `simulation list` prints it.",
        "",
    ),
    Key(
        "participants",
        values.whole_number(1, 1000),
        "whole number, 1 to 1000",
        "How many processes there are. They are called `p1`, `p2`, ...",
        example="5",
    ),
    Key(
        "acceptors",
        values.whole_number(1, 1000),
        "whole number, 1 to `participants`",
        "How many of them vote: `p1` and those after it. The others propose and learn. Only for protocols"
        " that can do with that, such as `textbook`.",
        absent="all",
    ),
    Key(
        "order",
        values.order,
        '`"shuffled"`, `"sorted"` or a list of all names',
        "The participants' order, in which *first*, *second* and *last* are places: drawn anew in every run,"
        " by number (`p1`, `p2`, ...), or as listed. Broadcasts go out in this order too.",
        "shuffled",
    ),
    Key(
        "profile",
        values.text,
        "name",
        "The network and the machines: `local` (one machine) or `dist` (a node per process).",
        "local",
    ),
    Key("protocol", values.text, "name, or `package.module:Class`", "What the processes run.", "paxos"),
    Key(
        "strategy",
        values.text,
        "name",
        "Who says what happens next: a strategy, which looks for the run that breaks the protocol. Its runs"
        " know no times, and scripts only say who proposes.",
        absent="the times of the network",
    ),
    Key(
        "values",
        values.proposals,
        'range `"LOW..HIGH"`, or a list with one whole number per process',
        "What the processes propose. From a range every process draws its own value once per block of ten"
        " seeds (0 to 9, 10 to 19, ...).",
        "201..210",
    ),
    Key(
        "announce",
        values.one_of("nothing", "participants", "kill sets"),
        '`"nothing"`, `"participants"` or `"kill sets"`',
        "What each process prints beside `started`: nothing, the participants in order, or the roles `spare`,"
        " `leaders` and `followers`, which the file must then define.",
        "nothing",
    ),
    Key(
        "linger",
        times.duration,
        "time",
        "How long everybody waits between the end of all scripts and the reading of the queues.",
        "100ms",
    ),
    Key(
        "limit",
        times.at_least(1, "1us"),
        "time",
        "The run is cut when so much virtual time has passed; its verdict is then *unknown*.",
        "120s",
    ),
    Key(
        "max_events",
        values.whole_number(1, 1_000_000_000),
        "whole number, 1 to 1000000000",
        "The run is cut after so many steps, recorded or not; its verdict is then *unknown*.",
        2_000_000,
    ),
)

TABLES = ("roles", "script", "let", "fault", "calm", "network", "expect", "sweep")

LET = (
    Key(
        "one_of",
        values.instances,
        "list of whole numbers, 1 to 1000000",
        "The instances of which one is drawn.",
        example="[1, 2]",
    ),
    Key(
        "fixed_by",
        values.string_or_strings,
        "role, or list of roles",
        "The draw depends on the names of these roles' processes alone, and not on the seed: the same names"
        " give the same draw.",
        absent="the run's seed",
    ),
)

FAULT = (
    Key(
        "name",
        values.text,
        "text",
        "What the fault is called in the trace and in messages. No two faults share a name.",
        absent="the words of `do` and of the time, the step or the rate",
    ),
    Key(
        "at",
        times.duration,
        "time",
        "When it strikes, counted from the start of the scripts.",
        absent="none where a step or a rate is given",
    ),
    Key(
        "every",
        times.at_least(100, "100us"),
        "time, at least 100us",
        "It strikes again and again, at random moments that are so far apart on average; see below.",
        absent="it strikes once",
    ),
    Key(
        "from",
        times.duration,
        "time",
        "From when on it strikes. Only with `every`.",
        "0ms",
    ),
    Key(
        "until",
        times.duration,
        "time",
        "From when on it strikes no more. Only with `every`.",
        absent="the calm, or the end of the run",
    ),
    Key(
        "after",
        values.text,
        "`[WHICH] STEP`",
        "It strikes directly after this step of the protocol, in the place of a time; see below.",
        absent="none where a time or a rate is given",
    ),
    Key(
        "before",
        values.text,
        "`[WHICH] STEP`",
        "It strikes just before this step: who dies then has not taken it.",
        absent="none where a time or a rate is given",
    ),
    Key(
        "by",
        values.text,
        "set, or `leader`",
        "Whose steps count. Only with `after` or `before`.",
        absent="anybody's",
    ),
    Key(
        "do",
        values.text,
        "a fault and whom it hits",
        "What happens to whom; see below. `leader` as the set is whoever leads at that moment, `any of SET`"
        " one of a set that is drawn then.",
        example='"kill leader"',
    ),
    Key(
        "for",
        times.duration,
        "time",
        "How long it lasts: messages are hit for so long, whom it kills is restarted then, whom it suspends"
        " is resumed then.",
        absent="to the end of the run",
    ),
    Key(
        "must_happen",
        values.truth,
        "`true` or `false`",
        "Whether a run in which it strikes nobody, or no message, is *unknown* instead of *pass*.",
        True,
    ),
)

CALM = (
    Key(
        "at",
        times.duration,
        "time",
        "When the storm is over, counted from the start of the scripts.",
        example='"3s"',
    ),
    Key(
        "core",
        values.string_or_strings,
        '`"a majority"`, `"random majority"` or a set',
        "Who is healed: the first majority in this run's order, one that is drawn, or this set, if it is a"
        " majority at least.",
        "a majority",
    ),
    Key(
        "within",
        times.at_least(1, "1us"),
        "time",
        "How long every process of the core then has to decide.",
        "10s",
    ),
)

EXPECT = (
    Key(
        "decision",
        values.one_of("required", "allowed", "impossible"),
        '`"required"`, `"allowed"` or `"impossible"`',
        "Whether every process in `by` has to decide, may decide, or nobody may.",
        "required",
    ),
    Key(
        "by",
        values.string_or_strings,
        "set",
        "Who has to decide where a decision is required.",
        absent="every process that is up at the end; with a calm, its core",
    ),
    Key(
        "happens",
        values.strings,
        "list of statements",
        "What the run has to show, or it is *unknown*: `SET killed`, `restarted`, `suspended`, `resumed`,"
        " `aborted` or `decided`, each but the last also with `before decision`.",
        [],
    ),
)

SWEEP = (
    Key(
        "seeds",
        values.seeds,
        'range `"A:B"`, B excluded',
        "The seeds of a sweep that names none.",
        absent="none",
    ),
    Key(
        "grid",
        values.table,
        "table of lists, by key",
        "A sweep runs every combination of these values, as `--set` would set them.",
        {},
    ),
)
