"""Elements of SVG as text."""

from __future__ import annotations

import re
from html import escape

Point = tuple[float, float]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_NOT_OF_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """One element; ``class_`` is the attribute ``class``, and ``stroke_width`` is ``stroke-width``.

    ``content`` is markup: words in it have to be ``plain``.
    """
    named = {key.strip("_").replace("_", "-"): it for key, it in attributes.items() if it != ""}
    given = "".join(f' {key}="{plain(_shown(it))}"' for key, it in named.items())
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(at: Point, words: str, /, **attributes: object) -> str:
    """Words at a point."""
    return element("text", plain(words), x=at[0], y=at[1], **attributes)


def title(words: str) -> str:
    """What is told where a pointer rests on the element around it."""
    return element("title", plain(words))


def plain(words: str) -> str:
    """Words of anybody's as they may stand in a drawing: no markup, and nothing that XML cannot hold."""
    return escape(_NOT_OF_XML.sub("\ufffd", words))


def under(box: Box) -> str:
    """What stands under words that lines go through, so that they can be read."""
    left, top, right, bottom = box
    return element("rect", x=left, y=top, width=right - left, height=bottom - top, rx=2, class_="under")


def line(begin: Point, end: Point, /, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=begin[0], y1=begin[1], x2=end[0], y2=end[1], **attributes)


def _shown(it: object) -> str:
    return f"{it:.1f}".removesuffix(".0") if isinstance(it, float) else str(it)
