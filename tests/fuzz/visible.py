"""What a page shows, by its tags alone: the judge of what `read_article` makes of it.

It knows nothing of noise, so a word that the reader leaves out of a line makes that line one which the page
does not show. Lines that the reader leaves out as a whole are its own affair.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.html.markup import parse_html
from db.records import Article

#: What a browser shows on lines of its own (HTML, 15.3), and where a line of text is over in any case.
_BORDERS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "iframe", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
#: What is no running text by its tag: menus, controls, pictures with their captions, and what is never shown.
_NO_TEXT = frozenset((
    "aside", "audio", "button", "canvas", "dialog", "embed", "figcaption", "figure", "footer",
    "form", "head", "header", "iframe", "input", "link", "map", "math", "meta", "nav", "noscript",
    "object", "picture", "script", "select", "style", "svg", "template", "textarea", "video",
))  # fmt: skip
_MARKER = re.compile(r"(?:- |\d+\. )")
_SIGNATURE = re.compile(r"\s*(?:[(\[].{1,100}|\*+)")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def visible_lines(root: etree._Element) -> set[str]:
    """The lines of an element: all that stands between two borders; cells of a row parted by a bar."""
    lines: set[str] = set()
    line: list[str] = []

    def end() -> None:
        lines.add(fold("".join(line)))
        line.clear()

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        if node.tag in _BORDERS:
            end()
        if event == "start":
            style = "".join((node.get("style") or "").split()).lower()
            hidden = "display:none" in style or "visibility:hidden" in style or node.get("hidden") is not None
            if node.tag in _NO_TEXT or hidden:
                walker.skip_subtree()
                continue
            if node.tag in ("td", "th") and any(text.strip() for text in line):
                line.append(" | ")
            line.append(node.text or "")
        elif node is not root:
            line.append(node.tail or "")
    end()
    return lines - {""}


def fold(text: str) -> str:
    """As it is stored: NFC, spaces folded, without characters that can't be seen."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def sources(html: str) -> Iterator[str]:
    """The page, and every text that stands in the JSON of its scripts or of an API's answer."""
    yield html
    scripts = re.findall(r"<script[^<>]*>([^<]*(?:<(?!/script)[^<]*)*)</script", html)
    for script in [html, *scripts]:
        if script.lstrip()[:1] in ("{", "["):
            try:
                yield from _strings(json.loads(script, strict=False))
            except (ValueError, RecursionError):
                continue


def _strings(data: Any) -> Iterator[str]:
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            stack += value.values() if isinstance(value, dict) else value


def shown_by(html: str, *parts: str) -> set[str]:
    """Every line that a page and its further pages show."""
    lines: set[str] = set()
    for text in (source for page in (html, *parts) for source in sources(page)):
        root = parse_html(f"<body>{text}</body>" if text is not html else text)
        if root is not None:
            lines |= visible_lines(root)
    return lines


def is_shown_in_part(line: str, html: str) -> bool:
    """Whether a line is one of those that some element of the page shows, whatever stands around it."""
    words = sorted(line.split(), key=len)[-1:]
    for text in sources(html):
        root = parse_html(f"<body>{text}</body>" if text is not html else text)
        for element in _around(words[0], root) if root is not None and words else ():
            shown = visible_lines(element)
            if _is_shown(line, shown) or _is_shown_with_signature(line, shown) or _is_joined(line, shown):
                return True
    return False


def _around(word: str, root: etree._Element) -> list[etree._Element]:
    """The elements that hold a word, and those around them."""
    found: dict[etree._Element, None] = {}
    for node in root.iter():
        if word in fold(f"{node.text or ''} {node.tail or ''}"):
            found |= dict.fromkeys((node, *node.iterancestors()))
    return list(found)


def lines_not_shown(article: Article, shown: set[str]) -> list[str]:
    """The lines of an article's text that its page does not show as they stand there.

    Allowed are the marker before an item, a place with its dash before the first paragraph, and a signature
    that was cut from the last.
    """
    lines = article.text.split("\n")
    wrong = [n for n, line in enumerate(lines) if line and not _is_shown(line, shown)]
    if wrong and wrong[-1] == len(lines) - 1 and _is_shown_with_signature(lines[-1], shown):
        wrong.pop()
    if wrong and wrong[0] == 0 and _is_joined(lines[0], shown):
        wrong.pop(0)
    return [lines[n] for n in wrong]


def _is_shown(line: str, shown: set[str]) -> bool:
    return line in shown or _MARKER.sub("", line, count=1) in shown


def _is_shown_with_signature(line: str, shown: set[str]) -> bool:
    begins = (line, _MARKER.sub("", line, count=1))
    return any(s.startswith(b) and _SIGNATURE.fullmatch(s, len(b)) for s in shown for b in begins)


def _is_joined(line: str, shown: set[str]) -> bool:
    """Whether a line is a place with its dash, and the paragraph that follows it."""
    places = (s for s in shown if line.startswith(f"{s} ") and s.endswith(("-", "–", "—")))
    return any(line[len(place) + 1 :] in shown for place in places)
