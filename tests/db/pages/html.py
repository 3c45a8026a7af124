"""What a page has: its elements, and its words as a reader sees them."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def find_elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every element with its attributes, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.found


#: What a paragraph cannot hold: a browser ends it there (https://html.spec.whatwg.org/#the-p-element).
_BLOCKS = re.compile(
    "article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|"
    "section|table|ul"
)


def read_text(html: str) -> str:
    """The words without the elements: marks stand in the midst of sentences."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def find_broken_paragraphs(html: str) -> list[str]:
    """Elements that would end the paragraph in which they are written."""

    class Reader(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if self.inside and _BLOCKS.fullmatch(tag):
                broken.append(f"{tag} at line {self.getpos()[0]}")
            if tag == "p":
                self.inside = True

        def handle_endtag(self, tag: str) -> None:
            if tag == "p":
                self.inside = False

    broken: list[str] = []
    Reader().feed(html)
    return broken


def find_unlabelled(html: str) -> list[str]:
    """Fields without a label of their own; a placeholder is gone as soon as one types."""
    elements = find_elements(html)
    labels = {attributes.get("for") for tag, attributes in elements if tag == "label"}
    return [
        f"{tag} {attributes.get('name')}"
        for tag, attributes in elements
        if tag in ("input", "select", "textarea")
        and attributes.get("type") != "hidden"
        and not attributes.get("aria-label")
        and attributes.get("id") not in labels
    ]
