"""Elements of SVG as text."""

from __future__ import annotations

from html import escape

Point = tuple[float, float]


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """One element; ``class_`` is the attribute ``class``, and ``stroke_width`` is ``stroke-width``."""
    named = {key.strip("_").replace("_", "-"): it for key, it in attributes.items() if it != ""}
    given = "".join(f' {key}="{escape(_shown(it))}"' for key, it in named.items())
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(at: Point, words: str, /, **attributes: object) -> str:
    """Words at a point."""
    return element("text", escape(words, quote=False), x=at[0], y=at[1], **attributes)


def line(begin: Point, end: Point, /, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=begin[0], y1=begin[1], x2=end[0], y2=end[1], **attributes)


def _shown(it: object) -> str:
    return f"{it:.1f}".removesuffix(".0") if isinstance(it, float) else str(it)
