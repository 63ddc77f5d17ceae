"""What may stand on the command line. Mistakes are told with the nearest right word."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from simulation.cli.readers import count, count_or_none, digest, number, one_of, seconds, seed, share
from simulation.errors import InputError, nearest

FORMATS = ("log", "json", "jsonl")

CHECK_FORMATS = ("text", "json", "log", "jsonl")

SWEEP_FORMATS = ("table", "json")

JUDGES = ("outcome", "all")


class Parser(argparse.ArgumentParser):
    """An argument parser that raises ``InputError`` instead of printing its usage and exiting."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is."""
        raise InputError(f"{message}\nSee '{self.prog} --help'.")

    def options(self) -> list[str]:
        """Every option, as it is typed."""
        return [option for action in self._actions for option in action.option_strings]


class CommandLine:
    """The parser of everything, and that of each command by its name."""

    def __init__(self, version: str) -> None:
        self.whole = Parser(
            prog="simulation",
            description="Does a consensus protocol survive crashes? One seed, one run, every time.",
            epilog="A first run: simulation run leader_crash_complex --seed 7",
            allow_abbrev=False,
        )
        self.whole.add_argument("--version", action="version", version=f"simulation {version}")
        self._adder = self.whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
        self.commands: dict[str, Parser] = {}
        _run(self._command("run", "one run of a scenario"))
        _replay(self._command("replay", "repeat a recorded run and compare it event by event"))
        _sweep(self._command("sweep", "many runs: scenarios x a grid x seeds, on many cores"))
        _check(self._command("check", "re-enact and judge every run in a log of the real system"))
        _shrink(self._command("shrink", "the smallest run that still fails in the same way, and its story"))
        _power(self._command("power", "how many runs each strategy needs to find each planted bug"))
        self._command("list", "scenarios, protocols, profiles, faults and checks, with a line each")

    def parse(self, arguments: Sequence[str]) -> Any:
        """What was asked for, as attributes. Raises ``InputError`` for what cannot be understood."""
        if not arguments:
            raise InputError(f"no command was given\n\n{self.whole.format_help().rstrip()}")
        self._check_first(arguments[0])
        given, strange = self.whole.parse_known_args(arguments)
        for word in strange:
            self._refuse(self.commands[given.command], word)
        return given

    def _command(self, name: str, about: str) -> Parser:
        parser: Parser = self._adder.add_parser(name, help=about, description=about, allow_abbrev=False)
        self.commands[name] = parser
        return parser

    def _check_first(self, word: str) -> None:
        if word in self.commands or word in self.whole.options():
            return
        if word.startswith("-"):
            self.whole.error(f"{word!r} comes after the command, as in 'simulation run simple --seed 7'")
        known = ", ".join(self.commands)
        self.whole.error(f"there is no command {word!r}. Known: {known}.{nearest(word, self.commands)}")

    def _refuse(self, parser: Parser, word: str) -> NoReturn:
        if not word.startswith("-"):
            parser.error(f"{word!r} is one word too many")
        option, known = word.partition("=")[0], parser.options()
        parser.error(f"there is no option {option!r}. Known: {', '.join(known)}.{nearest(option, known)}")


def _run(run: Parser) -> None:
    run.add_argument("scenario", metavar="SCENARIO", help="a path, or a name from 'simulation list'")
    _which(run)
    run.add_argument(
        "--format",
        type=one_of("--format", FORMATS),
        default="log",
        metavar="|".join(FORMATS),
        help="log: the real system's lines (default); json: one object; jsonl: the record, an event a line",
    )
    _strategy(run)
    run.add_argument("--explain", action="store_true", help="print the resolved plan and run nothing")


def _replay(replay: Parser) -> None:
    replay.add_argument(
        "record", metavar="RECORD", help="the file of a record; or a scenario, with --seed and --digest"
    )
    _which(replay)
    replay.add_argument(
        "--digest", type=digest, metavar="HEX", help="with a scenario: the digest that must come out"
    )


def _check(check: Parser) -> None:
    check.add_argument("log", metavar="LOG", help="the file of a log, or - for standard input")
    check.add_argument(
        "--format",
        type=one_of("--format", CHECK_FORMATS),
        default="text",
        metavar="|".join(CHECK_FORMATS),
        help="text: what is to be told, and a table (default); json: one object; log, jsonl: with --run, its"
        " lines or its record",
    )
    check.add_argument("--run", type=number, metavar="N", help="only this run, counted from 0")
    check.add_argument(
        "--protocol", default="paxos", metavar="NAME", help="whose execution is looked for; default: paxos"
    )


def _shrink(shrink: Parser) -> None:
    shrink.add_argument("record", metavar="RECORD", help="the file of the record of a run that fails")
    shrink.add_argument(
        "-o", "--out", metavar="FILE", help="write the small record there; default: to standard output"
    )
    shrink.add_argument(
        "--check", metavar="NAME", help="the property that stays violated; default: what the failure costs"
    )


def _sweep(sweep: Parser) -> None:
    add = sweep.add_argument
    add("scenarios", metavar="SCENARIO", nargs="+", help="paths, or names from 'simulation list'")
    add("--seeds", metavar="A:B", help="from A to B, B excluded; default: what [sweep] of the file says")
    add(
        "--grid",
        action="append",
        default=[],
        metavar="KEY=V1,V2",
        help="every combination of these values, as --set would set them",
    )
    _set(sweep)
    _strategy(sweep)
    add("--jobs", type=count("--jobs"), metavar="N", help="processes; default: one per core")
    add("--cluster", metavar="ADDRESS", help="of a Dask scheduler, whose workers do the work instead")
    add("--out", metavar="DIR", help="keep the results there; the same command goes on where it ended")
    add(
        "--format",
        type=one_of("--format", SWEEP_FORMATS),
        default="table",
        metavar="|".join(SWEEP_FORMATS),
        help="table: what came of it (default); json: one object",
    )
    add("--stop-after", type=count("--stop-after"), metavar="N", help="stop after so many failures")
    add("--max-seconds", type=seconds, metavar="S", help="stop after so long")
    add("--watch", type=share, default=0.02, metavar="SHARE", help="of runs done twice; default: 0.02")
    add("--chunk", type=count("--chunk"), metavar="N", help="seeds handed over at a time; default: as pays")


def _power(power: Parser) -> None:
    add = power.add_argument
    add(
        "--strategy",
        dest="strategies",
        action="append",
        metavar="NAME",
        help="whose power is measured; may be given more than once; default: portfolio",
    )
    add("--bug", dest="bugs", action="append", metavar="NAME", help="only this one, or these; default: all")
    add("--repetitions", type=count("--repetitions"), default=10, metavar="R", help="a cell; default: 10")
    add("--cap", type=count("--cap"), default=10_000, metavar="N", help="runs a repetition; default: 10000")
    add(
        "--control-runs",
        type=count_or_none("--control-runs"),
        default=10_000,
        metavar="N",
        help="runs of each control; default: 10000",
    )
    add(
        "--judge",
        type=one_of("--judge", JUDGES),
        default="outcome",
        metavar="|".join(JUDGES),
        help="outcome: what consensus promises (default); all: every check, also of the steps on the way",
    )
    add("--jobs", type=count("--jobs"), metavar="N", help="processes; default: one per core")
    add("--out", metavar="DIR", help="keep what is finished there; the same command goes on where it ended")
    add(
        "--format",
        type=one_of("--format", SWEEP_FORMATS),
        default="table",
        metavar="|".join(SWEEP_FORMATS),
        help="table: a line a bug and strategy (default); json: one object, with every repetition",
    )


def _which(parser: Parser) -> None:
    parser.add_argument("--seed", type=seed, default=None, metavar="N", help="default: 0")
    _set(parser)


def _set(parser: Parser) -> None:
    parser.add_argument(
        "--set",
        dest="overrides",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="override a key of the file, such as participants=5 or profile=dist",
    )


def _strategy(parser: Parser) -> None:
    parser.add_argument(
        "--strategy",
        metavar="NAME",
        help="let a strategy say what happens next, which looks for trouble; see 'simulation list'",
    )
