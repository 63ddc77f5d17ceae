"""Where the words of a drawing stand, read from the drawing itself."""

from typing import NamedTuple
from xml.etree import ElementTree

from simulation.diagram.measure import NAME, PLAIN, SMALL, TITLE, wide

SVG = "{http://www.w3.org/2000/svg}"

SIZES = {"faint": SMALL, "name": NAME, "title": TITLE}

LETTERS = 0.72
"""How high letters reach above their line, in parts of their size; what goes below it is left out."""


class Words(NamedTuple):
    """Words and what they cover."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def cover(self, other: "Words") -> bool:
        """Whether they cover any of the others."""
        beside = self.left < other.right and other.left < self.right
        return beside and self.top < other.bottom and other.top < self.bottom


def words_in(drawing: str) -> list[Words]:
    """All words of a drawing, those of its legend too."""
    return list(_below(ElementTree.fromstring(drawing), 0.0, 0.0))


def covered(words: list[Words]) -> list[tuple[str, str]]:
    """The pairs that cover each other."""
    found = []
    ordered = sorted(words, key=lambda each: each.top)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.top >= one.bottom:
                break
            if one.cover(other):
                found.append((one.text, other.text))
    return found


def _below(node, x, y):
    moved = node.get("transform", "translate(0,0)").removeprefix("translate(").removesuffix(")").split(",")
    x, y = x + float(moved[0]), y + float(moved[1])
    if node.tag == f"{SVG}text":
        yield _words(node, x, y)
    for child in node:
        yield from _below(child, x, y)


def _words(node, x, y):
    names = node.get("class", "").split()
    size = next((SIZES[name] for name in names if name in SIZES), PLAIN)
    width = wide(node.text, size, bold=size in (NAME, TITLE))
    left, line = x + float(node.get("x")), y + float(node.get("y"))
    left -= width if node.get("text-anchor") == "end" else 0
    return Words(node.text, left, line - LETTERS * size, left + width, line)
