"""The tree of a page together with its source, in which a look is cheaper."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page."""

    root: Element
    html: str
