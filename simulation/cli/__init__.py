"""The command line: arguments, printing and exit codes. No logic."""

from simulation.cli.main import main

__all__ = ["main"]
