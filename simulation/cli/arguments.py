"""What may stand on the command line. Mistakes are told with the nearest right word."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from simulation.cli import exits, options
from simulation.errors import InputError, nearest


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
            epilog=_epilog(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.whole.add_argument("--version", action="version", version=f"simulation {version}")
        self._adder = self.whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
        self.commands: dict[str, Parser] = {}
        options.run(self._command("run", "one run of a scenario"))
        options.replay(self._command("replay", "repeat a recorded run and compare it event by event"))
        options.sweep(self._command("sweep", "many runs: scenarios x a grid x seeds, on many cores"))
        options.check(self._command("check", "re-enact and judge every run in a log of the real system"))
        options.shrink(
            self._command("shrink", "the smallest run that still fails in the same way, and its story")
        )
        options.power(self._command("power", "how many runs each strategy needs to find each planted bug"))
        options.show(self._command("show", "a run as a picture, a page to step through, or for another tool"))
        self._command("list", "scenarios, protocols, profiles, faults, strategies, checks: a line each")

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


def _epilog() -> str:
    codes = [f"  {code:<5}{meaning}" for code, meaning in exits.MEANINGS.items()]
    first = "A first run: simulation run leader_crash_complex --seed 7"
    return "\n".join(["exit codes:", *codes, "", first])
