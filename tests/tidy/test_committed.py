"""What stands in the repository is for everybody: no path of a machine, no host of a private one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tidy.sources import PROJECT

OF_A_MACHINE = re.compile(r"(?<![\w.$}~-])/(?:home|root|Users|work|tmp|opt|mnt)/")

LINK = re.compile(r"https?://([^/\s\"'`)>\]]+)")

KNOWN_HOSTS = {
    "bestchai.bitbucket.io",
    "json-schema.org",
    "simpy.readthedocs.io",
    "ui.perfetto.dev",
    "www.w3.org",
}
"""Where links may lead. Whoever adds one has looked at it."""


def committed() -> list[Path]:
    """The text files that are committed, or would be."""
    if shutil.which("git") is None or not (PROJECT / ".git").exists():
        pytest.skip("this is no git checkout")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [PROJECT / name for name in listed.split("\0") if (PROJECT / name).is_file()]


def found(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every match with the file it is in."""
    return [
        (str(file.relative_to(PROJECT)), match)
        for file in committed()
        for match in pattern.findall(file.read_text(encoding="utf-8", errors="replace"))
    ]


def test_no_path_of_a_machine_is_committed() -> None:
    assert found(OF_A_MACHINE) == []


def test_links_lead_to_known_hosts() -> None:
    assert [(file, host) for file, host in found(LINK) if host not in KNOWN_HOSTS] == []
