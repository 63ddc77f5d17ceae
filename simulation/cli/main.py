"""From the arguments to an exit code."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence

from simulation import __version__
from simulation.cli import exits, streams
from simulation.cli.arguments import CommandLine
from simulation.cli.commands import COMMANDS
from simulation.errors import HarnessError, InputError, NondeterminismError, ScenarioError
from simulation.report.raised import raised
from simulation.sweep.interrupts import listening


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code tells whose fault a failure is."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    with listening() as came:
        try:
            streams.prepare()
            _import_from_here()
            code = _outcome(given, came)
        except KeyboardInterrupt:
            _tell("interrupted")
            code = exits.INTERRUPTED
        return exits.interrupted_by(came[0]) if came and code == exits.INTERRUPTED else code


def _outcome(given: Sequence[str], came: list[int]) -> int:
    try:
        asked = CommandLine(__version__).parse(given)
        return COMMANDS[asked.command](asked)
    except ScenarioError as error:
        # Bare: every line begins with file and line, where editors and people look for them.
        streams.tell(str(error))
        return exits.INPUT
    except InputError as error:
        _tell(str(error))
        return exits.INPUT
    except NondeterminismError as error:
        _tell(f"not the same twice: {error}")
    except HarnessError as error:
        _tell(f"the harness or a machine is at fault, not your input: {error}")
    except Exception as error:
        if came:
            # Whatever a library makes of an interruption.
            raise KeyboardInterrupt from None
        # A bug of ours, or of a user's machine: here the traceback is what helps.
        streams.tell(raised(error))
        _tell("the harness, or a machine of a protocol, raised what stands in the line above")
    streams.tell(f"repeat with: {shlex.join(['simulation', *given])}")
    return exits.HARNESS


def _import_from_here() -> None:
    """Let a protocol of one's own be imported from the current folder, as ``python -m`` does."""
    # Last, so that no file lying here stands in for a module that the package itself imports.
    if "" not in sys.path:
        sys.path.append("")


def _tell(text: str) -> None:
    streams.tell(f"simulation: {text}")
