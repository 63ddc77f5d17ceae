"""What may stand on the command line. Mistakes are told with the nearest right word."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from simulation.errors import InputError, nearest


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors name the word that was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Raise ``InputError`` instead of printing the usage and exiting."""
        raise InputError(f"{message}{self._meant(message)}\nSee '{self.prog} --help'.")

    def _meant(self, message: str) -> str:
        wrong = re.search(r"invalid choice: '([^']*)'", message)
        known = re.findall(r"'?([\w-]+)'?", message.partition("choose from")[2])
        if wrong is None:
            wrong = re.search(r"unrecognized arguments: (\S+)", message)
            known = [option for action in self._actions for option in action.option_strings]
        return nearest(wrong.group(1), known) if wrong else ""


def build() -> Parser:
    """The parser of the whole command line."""
    parser = Parser(
        prog="simulation",
        description="Does a consensus protocol survive crashes? Deterministic runs, replayed from a seed.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _run(commands)
    _replay(commands)
    commands.add_parser("list", help="scenarios, protocols, profiles, faults and checks, with a line each")
    return parser


def _run(commands: Any) -> None:
    run = commands.add_parser("run", help="one run of a scenario", allow_abbrev=False)
    _scenario(run, "scenario")
    run.add_argument(
        "--format",
        choices=("log", "json", "jsonl"),
        default="log",
        help="log: the real system's lines; json: one object; jsonl: the record, an event a line",
    )
    run.add_argument("--explain", action="store_true", help="print the resolved plan and run nothing")


def _replay(commands: Any) -> None:
    replay = commands.add_parser(
        "replay", help="repeat a recorded run and compare it event by event", allow_abbrev=False
    )
    _scenario(replay, "record")
    replay.add_argument("--digest", metavar="HEX", help="with a scenario: the digest that must come out")


def _scenario(parser: argparse.ArgumentParser, what: str) -> None:
    told = {
        "scenario": "a path, or a name from 'simulation list'",
        "record": "the file of a record; or a scenario, with --seed and --digest",
    }
    parser.add_argument(what, metavar=what.upper(), help=told[what])
    parser.add_argument("--seed", type=whole_number, default=None, metavar="N", help="default: 0")
    parser.add_argument(
        "--set",
        dest="overrides",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="override a key of the file, such as participants=5 or profile=dist",
    )


def whole_number(text: str) -> int:
    """The seed that was typed. Raises ``InputError`` for what is no whole number from 0 on."""
    try:
        seed = int(text)
    except ValueError:
        seed = -1
    if seed < 0:
        raise InputError(f"--seed: {text!r} is not a whole number from 0 on, such as 7")
    return seed


def overrides(pairs: Sequence[str]) -> dict[str, str]:
    """``["participants=5"]`` as ``{"participants": "5"}``. Raises ``InputError``."""
    found = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise InputError(f"--set: {pair!r} is not KEY=VALUE, such as participants=5")
        found[key.strip()] = value.strip()
    return found
