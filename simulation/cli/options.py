"""The options of each command."""

from __future__ import annotations

from argparse import ArgumentParser

from simulation.cli.readers import count, count_or_none, digest, number, one_of, seconds, seed, share
from simulation.scene.folds import FOLDS
from simulation.show import FORMS

FORMATS = ("log", "json", "jsonl")

CHECK_FORMATS = ("text", "json", "log", "jsonl")

SWEEP_FORMATS = ("table", "json")
POWER_FORMATS = ("table", "matrix", "json")

JUDGES = ("outcome", "all")


def run(run: ArgumentParser) -> None:
    """What ``simulation run`` takes."""
    run.add_argument("scenario", metavar="SCENARIO", help="a path, or a name from 'simulation list'")
    _which(run)
    run.add_argument(
        "--format",
        type=one_of("--format", FORMATS),
        metavar="|".join(FORMATS),
        help="log: the real system's lines (default); json: one object; jsonl: the record, an event a line",
    )
    _strategy(run)
    run.add_argument("--explain", action="store_true", help="print the resolved plan and run nothing")


def replay(replay: ArgumentParser) -> None:
    """What ``simulation replay`` takes."""
    replay.add_argument(
        "record",
        metavar="RECORD",
        help="the file of a record, or - for standard input; or a scenario, with --seed and --digest",
    )
    _which(replay)
    replay.add_argument(
        "--digest", type=digest, metavar="HEX", help="with a scenario: the digest that must come out"
    )


def check(check: ArgumentParser) -> None:
    """What ``simulation check`` takes."""
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


def shrink(shrink: ArgumentParser) -> None:
    """What ``simulation shrink`` takes."""
    shrink.add_argument(
        "record", metavar="RECORD", help="the record of a run that fails: a file, or - for standard input"
    )
    shrink.add_argument(
        "-o", "--out", metavar="FILE", help="write the small record there; default: to standard output"
    )
    shrink.add_argument(
        "--check", metavar="NAME", help="the property that stays violated; default: what the failure costs"
    )


def sweep(sweep: ArgumentParser) -> None:
    """What ``simulation sweep`` takes."""
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


def power(power: ArgumentParser) -> None:
    """What ``simulation power`` takes."""
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
        type=one_of("--format", POWER_FORMATS),
        default="table",
        metavar="|".join(POWER_FORMATS),
        help="table: a line a bug and strategy (default); matrix: a column a strategy; json: one object, with"
        " every repetition",
    )


def show(show: ArgumentParser) -> None:
    """What ``simulation show`` takes."""
    add = show.add_argument
    add(
        "what",
        metavar="RECORD|SCENARIO",
        help="a record, - for standard input; or a scenario, by path or name",
    )
    _which(show)
    _strategy(show)
    add(
        "-o", "--out", required=True, metavar="FILE", help=f"what it ends in says what it becomes: {_forms()}"
    )
    add("--beside", metavar="RECORD|SEED", help="in a page: another run, and where the two first differ")
    add(
        "--unfold",
        type=one_of("--unfold", tuple(FOLDS)),
        action="append",
        default=[],
        metavar="NAME",
        help=f"in an .svg: show what is folded away at first; {', '.join(FOLDS)}",
    )
    add("--around", type=count_or_none("--around"), metavar="ID", help="in an .svg: the event to be seen")
    add("--most", type=count("--most"), metavar="N", help="in an .svg: so many events; default: 500")


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("--seed", type=seed, default=None, metavar="N", help="default: 0")
    _set(parser)


def _set(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        dest="overrides",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="override a key of the file, such as participants=5 or profile=dist",
    )


def _strategy(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--strategy",
        metavar="NAME",
        help="let a strategy say what happens next, which looks for trouble; see 'simulation list'",
    )


def _forms() -> str:
    return "; ".join(f"{ending} {form.about}" for ending, form in FORMS.items())
