"""From the arguments to an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from simulation.cli import commands, exits
from simulation.cli.arguments import build
from simulation.errors import HarnessError, InputError, ScenarioError


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code tells whose fault a failure is."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _dispatch(build().parse_args(given))
        sys.stdout.flush()
        return code
    except ScenarioError as error:
        # Bare: every line begins with file and line, where editors and people look for them.
        print(error, file=sys.stderr)
        return exits.INPUT
    except InputError as error:
        _tell(str(error))
        return exits.INPUT
    except HarnessError as error:
        _tell(f"the harness or a machine is at fault, not your input: {error}")
        _tell(f"repeat with: simulation {' '.join(given)}")
        return exits.HARNESS
    except BrokenPipeError:
        # Whoever read us has enough. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.PASS
    except KeyboardInterrupt:
        _tell("interrupted")
        return exits.INTERRUPTED
    except Exception:
        # A bug of ours, or of a user's machine: here the traceback is what helps.
        traceback.print_exc()
        _tell(f"repeat with: simulation {' '.join(given)}")
        return exits.HARNESS


def _dispatch(given: Any) -> int:
    if given.command == "run":
        return commands.run(given)
    if given.command == "replay":
        return commands.replay(given)
    return commands.show_list()


def _tell(text: str) -> None:
    print(f"simulation: {text}", file=sys.stderr)
