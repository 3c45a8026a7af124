"""From bytes to a tree, and from an element to the paragraphs of a text. Pure.

A text has paragraphs separated by one blank line. A list is one block with a line per item, each
with its marker ("1. ", "- "); a heading is a paragraph of its own. Entities are decoded, no-break
spaces are spaces, everything is NFC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crawler.markup import tidy
from crawler.select import NOTHING, Drop, fold, text_of
from crawler.tree import Element
from crawler.words import load_words

#: Deeper nesting is taken as it stands, without a look at its blocks: no article needs it.
MAX_DEPTH = 150
#: No label, link to another article or signature is longer; a paragraph that is, is looked at no further.
LONGEST_NOISE = 300

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "math", "video", "audio", "object", "embed"}
    | {"canvas", "form", "button", "select", "input", "textarea", "nav", "figure", "figcaption", "picture"}
    | {"aside", "header", "footer", "dialog", "map", "head", "link", "meta"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul"}
    | {"ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "hr", "center", "address"}
    | {"details", "summary", "body", "html", "fieldset"}
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ITEM = re.compile(r"(?:\(?\d{1,3}[.)]|[-–•*·▪●]|\(?[a-z][.)])\s*\S")


@dataclass(slots=True)
class Line:
    """A run of text between two borders."""

    text: str
    kind: str  # "p", "h", "li", "row"
    linked: bool  # nothing but links
    group: int  # lines of the same list or table; 0: none
    soft: bool  # one <br> stands before it, and no other border


@lru_cache(maxsize=4096)
def _is_noise_name(name: str) -> bool:
    return bool(load_words().markup_noise.fullmatch(name))


def is_noise(element: Element, drop: Drop) -> bool:
    """Whether an element's class, id or style marks it as no part of the text."""
    get = element.get
    names, ident, style = get("class"), get("id"), get("style")
    if style and _HIDDEN.search(style):
        return True
    if not names and not ident:
        return get("hidden") is not None
    classes = names.split() if names else []
    if drop.names(element.tag, classes, ident):
        return True
    if not any(_is_noise_name(n) for n in classes) and not (ident and _is_noise_name(ident)):
        return get("hidden") is not None
    # A wrapper with a careless name ("content-share") may hold the article itself.
    if len(element) < 3 or len(element.findall(".//p")) < 3:
        return True
    text = len(fold(text_of(element)))
    links = sum(len(fold(text_of(a))) for a in element.iter("a"))
    return text < 1200 or links > text / 3


class _Reader:
    def __init__(self, drop: Drop, dropped: frozenset[Element]) -> None:
        self.drop = drop
        self.dropped = dropped
        self.lines: list[Line] = []
        self.buffer: list[str] = []
        self.plain = False  # something outside a link is in the buffer
        self.marker = ""
        self.kind = "p"
        self.group = 0
        self.groups = 0
        self.soft = False

    def flush(self) -> bool:
        text = tidy("".join(self.buffer))
        linked = not self.plain
        self.buffer.clear()
        self.plain = False
        if not text:
            return False
        if self.marker and not _ITEM.match(text):
            text = self.marker + text
        self.marker = ""
        self.lines.append(Line(text, self.kind, linked, self.group, self.soft))
        self.soft = False
        return True

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.buffer.append(text)
            if not in_link and not text.isspace():
                self.plain = True

    def walk(self, element: Element, in_link: bool, depth: int) -> None:
        self.add(element.text, in_link)
        for child in element:
            if isinstance(child.tag, str):
                self.child(child, in_link, depth)
            self.add(child.tail, in_link)

    def child(self, child: Element, in_link: bool, depth: int) -> None:
        tag = child.tag
        if tag == "br":
            wrote = self.flush()
            self.soft = wrote or (self.soft and not self.lines)
            return
        if (
            tag in _SKIPPED
            or child in self.dropped
            or (tag == "ins" and child.attrib)
            or is_noise(child, self.drop)
        ):
            if tag in _BLOCKS or tag in ("figure", "aside", "iframe", "table"):
                self.border()
            return
        if depth > MAX_DEPTH:
            self.add(text_of(child), in_link)
            return
        if tag in ("td", "th"):
            if self.buffer and "".join(self.buffer).strip():
                self.add(" | ", in_link)
            self.walk(child, in_link, depth + 1)
            return
        if tag not in _BLOCKS:
            self.walk(child, in_link or tag == "a", depth + 1)
            return
        self.border()
        kind, group, marker = self.kind, self.group, self.marker
        if tag in _HEADINGS:
            self.kind = "h"
        elif tag in ("ul", "ol"):
            self.list(child, in_link, depth)
            self.kind, self.group = kind, group
            return
        elif tag == "tr":
            self.kind = "row"
            self.group = self.group or self.new_group()
        elif tag == "table":
            self.group = self.new_group()
        self.walk(child, in_link, depth + 1)
        self.border()
        self.kind, self.group, self.marker = kind, group, marker if tag not in ("p", "div") else ""

    def list(self, element: Element, in_link: bool, depth: int) -> None:
        self.kind, self.group = "li", self.new_group()
        group = self.group
        start = element.get("start", "1")
        number = int(start) if start.isdigit() else 1
        for item in element:
            if not isinstance(item.tag, str) or item in self.dropped or is_noise(item, self.drop):
                continue
            if item.tag != "li":
                self.child(item, in_link, depth + 1)
                self.border()
                continue
            self.border()
            self.kind, self.group = "li", group
            self.marker = f"{number}. " if element.tag == "ol" else "- "
            number += 1
            self.walk(item, in_link, depth + 1)
            self.border()
            self.marker = ""

    def new_group(self) -> int:
        self.groups += 1
        return self.groups

    def border(self) -> None:
        self.flush()
        self.soft = False


def read_lines(roots: Iterable[Element], drop: Drop = NOTHING) -> list[Line]:
    """The lines below `roots`, without scripts, captions, advertising and what `drop` names."""
    roots = list(roots)
    reader = _Reader(drop, drop.find(roots))
    for root in roots:
        reader.walk(root, False, 0)
        reader.border()
    return reader.lines


def join_lines(lines: list[Line]) -> list[str]:
    """Blocks of text: list items and table rows joined by a newline, all else alone."""
    blocks: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and (
            (line.group and line.group == last.group)
            or (line.soft and _ITEM.match(line.text) and _ITEM.match(last.text))
        ):
            blocks[-1] += "\n" + line.text
        elif (
            last is not None
            and len(blocks) == 1
            and re.search(r"\s(?:--|[-–—])$", last.text)
            and len(last.text) < 60
        ):
            # "Jakarta -" stands outside the first paragraph in some templates.
            blocks[-1] += " " + line.text
        else:
            blocks.append(line.text)
        last = line
    return blocks


def _is_credit(text: str) -> bool:
    """A byline ("Penulis: A | Editor: B"), or a line that names the outlet that printed the article first."""
    words = load_words()
    if len(text) < 160 and words.byline.match(text):
        return True
    return any(pattern.match(text) for pattern in words.origin)


def _is_headline_of_another(line: Line) -> bool:
    """A paragraph that is one link and no sentence, as editors put between those of the text."""
    words = line.text.count(" ") + 1
    return (
        line.linked and line.kind == "p" and not line.group and words > 3 and line.text[-1] not in '.!?:;,"”)'
    )


def drop_noise(
    lines: list[Line],
    noise: re.Pattern[str],
    stop: re.Pattern[str],
    taken: list[str],
) -> list[Line]:
    """Lines that belong to the article; those that were dropped go to `taken`.

    `noise` matches at the start of a line that is none of the article's, `stop` where the text is over.
    """
    words = load_words()
    kept: list[Line] = []
    after_lead_in = False
    for position, line in enumerate(lines):
        if len(line.text) > LONGEST_NOISE:
            after_lead_in = False
            kept.append(line)
            continue
        if stop.match(line.text):
            taken += [later.text for later in lines[position:]]
            break
        if words.lead_in.match(line.text):
            after_lead_in = True
        elif after_lead_in and line.linked:
            pass
        elif (
            words.noise.match(line.text)
            or noise.match(line.text)
            or _is_credit(line.text)
            or _is_headline_of_another(line)
        ):
            after_lead_in = False
        else:
            after_lead_in = False
            kept.append(line)
            continue
        taken.append(line.text)
    return kept
