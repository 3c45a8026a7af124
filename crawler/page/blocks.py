"""From the elements, the piece of HTML or the plain text that holds an article to its blocks. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.html.markup import parse_html, tidy
from crawler.html.tree import Element
from crawler.outlet.load import Layout
from crawler.page.clean import Line, drop_lists, drop_noise, join_lines, read_lines
from db.records import Source


@dataclass(frozen=True, slots=True)
class Body:
    blocks: tuple[str, ...] = ()
    source: Source = "none"
    layout: Layout | None = None
    taken: tuple[str, ...] = ()  # lines that were removed: labels, signatures, origin


def element_body(roots: Sequence[Element], layout: Layout, source: Source = "selector") -> Body:
    """The blocks below elements."""
    if not roots:
        return Body()
    if source == "generic":
        return _body(drop_lists(read_lines(roots, layout.drop, boxes=True)), layout, source)
    return _body(read_lines(roots, layout.drop), layout, source)


def fragment_body(fragments: Sequence[str], layout: Layout, source: Source = "selector") -> Body:
    """The blocks of a piece of HTML that stands in a script or an API's answer."""
    for fragment in fragments:
        tree = parse_html(f"<body>{fragment}</body>")
        if tree is not None and (body := element_body([tree], layout, source)).blocks:
            return body
    return Body()


def text_body(text: str, layout: Layout, source: Source) -> Body:
    """The blocks of a plain text, a line each."""
    lines = [Line(line, "p", False, 0, soft=True) for line in map(tidy, re.split(r"\n+", text)) if line]
    return _body(lines, layout, source)


def _body(lines: list[Line], layout: Layout, source: Source) -> Body:
    taken: list[str] = []
    kept = drop_noise(lines, layout.noise, layout.stop, taken)
    return Body(tuple(join_lines(kept)), source, layout, tuple(taken))
