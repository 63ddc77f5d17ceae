"""The pages for users, and what stands in them between fences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)

_SAVED_AS = re.compile(r"`([\w./]+)`[^`\n]*:\n\n\Z")


class Block(NamedTuple):
    """A fenced block. ``file`` is the name that the sentence before it gives to it, or empty."""

    language: str
    text: str
    file: str


def page(name: str) -> str:
    """The text of a page of ``docs``."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    """All fenced blocks of a page, from top to bottom."""
    found = []
    for match in _FENCED.finditer(text):
        saved = _SAVED_AS.search(text, 0, match.start())
        found.append(Block(match[1], match[2], saved[1] if saved else ""))
    return found


def block(text: str, language: str, word: str = "") -> str:
    """The first fenced block of a language that has this word in it."""
    return next(each.text for each in blocks(text) if each.language == language and word in each.text)


def commands(text: str) -> list[str]:
    """Every ``simulation ...`` that a page shows, without what a shell takes from it."""
    lines = [
        line.removeprefix("$ ")
        for each in blocks(text)
        if each.language in ("sh", "console")
        for line in each.text.splitlines()
    ]
    return [re.split(r" +[>#]", line)[0] for line in lines if line.startswith("simulation ")]
