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

from lxml import etree

from crawler.html.markup import tidy
from crawler.html.select import NOTHING, Drop, fold, text_of
from crawler.html.tree import Element
from crawler.html.words import load_words

#: A block with the name of noise and as many characters, most of them outside links, is none.
MANY_CHARACTERS = 1200
#: Of such blocks, one in another, no page needs more.
MOST_WRAPPERS = 20
#: Of a class or an id; a longer one is none that anybody chose.
LONGEST_NAME = 100
#: No label, link to another article or signature is longer; a paragraph that is, is looked at no further.
LONGEST_NOISE = 300
#: The share of links from which on a list leads elsewhere, and the characters of a line that announces one.
MOSTLY, LEAD_IN = 0.8, 60

SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "math", "video", "audio", "object", "embed"}
    | {"canvas", "form", "button", "select", "input", "textarea", "nav", "figure", "figcaption", "picture"}
    | {"aside", "header", "footer", "dialog", "map", "head", "link", "meta"}
)
#: Those of them that part what stands before them from what follows.
_SKIPPED_BLOCKS = frozenset(
    {"form", "nav", "figure", "figcaption", "aside", "header", "footer", "dialog", "iframe"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul"}
    | {"ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "hr", "center", "address"}
    | {"details", "summary", "body", "html", "fieldset"}
)
#: Blocks that part nothing but words inside a table's cell.
_IN_CELLS = frozenset(("p", "div", "br", "center", "ul", "ol", "li", "h3", "h4", "h5", "h6"))
#: Characters; a table with a longer cell is the layout of a page.
LONGEST_CELL = 200
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
    return len(name) <= LONGEST_NAME and bool(load_words().markup_noise.fullmatch(name))


@lru_cache(maxsize=4096)
def _is_box_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and bool(load_words().markup_box.search(name))


def is_box(element: Element) -> bool:
    """Whether a class or an id says that an element is no part of the text, or a box beside it."""
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return any(name and (_is_noise_name(name) or _is_box_name(name)) for name in names)


def is_hidden(element: Element) -> bool:
    """Whether an element says itself that it is not shown."""
    style = element.get("style")
    return bool(style and _HIDDEN.search(style)) or element.get("hidden") is not None


def _holds_a_text(wrapper: Element) -> bool:
    """Whether there is an article in a block: much text, and most of it outside links."""
    if len(wrapper) < 3 or len(wrapper.findall(".//p")) < 3:
        return False
    characters = linked = links = 0
    for event, node in etree.iterwalk(wrapper, events=("start", "end")):
        links += (event == "start") - (event == "end") if node.tag == "a" else 0
        if text := node.text if event == "start" else node.tail:
            length = len(fold(text))
            characters += length
            linked += length if links else 0
    return characters >= MANY_CHARACTERS and linked <= characters / 3


def _has_short_cells(table: Element) -> bool:
    """Whether a table holds data, and not the layout of a page: rows of several cells, all of them short."""
    if table.find(".//table") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    several = sum(len(row) > 1 for row in rows)
    cells = (cell for row in rows for cell in row)
    return several > 1 and all(len(fold(text_of(cell))) <= LONGEST_CELL for cell in cells)


class _Reader:
    """Walks over the elements below a root in their order, and cuts their text into lines.

    A class or an id tells noise for blocks only: a word inside a sentence is the sentence's, whatever the
    link or mark around it is called.
    """

    def __init__(self, drop: Drop, dropped: frozenset[Element], boxes: bool) -> None:
        self.drop = drop
        self.dropped = dropped
        self.boxes = boxes  # whether what is only named as a box beside the text is left out too
        self.lines: list[Line] = []
        self.buffer: list[str] = []
        self.filled = False  # something that can be seen is in the buffer
        self.plain = False  # and some of it outside a link
        self.links = 0  # that are open
        self.marker = ""
        self.kind = "p"
        self.group = 0
        self.groups = 0
        self.soft = False
        self.outer: list[tuple[str, int]] = []  # kind and group around each open block
        self.lists: list[int | None] = []  # of each open list its next number; None: without numbers
        self.wrappers = 0  # with the name of noise, but an article in it
        self.table: Element | None = None  # the open table of short cells, each of whose rows is one line
        self.cells = 0  # of the open row of such a table
        self.parted = False  # a block or <br> ended inside the cell, behind text

    def read(self, root: Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: Element | None = None
        for event, node in walker:
            if event == "start":
                if node is root or self.enter(node):
                    self.add(node.text)
                else:
                    skipped = node
                    walker.skip_subtree()
            elif node is not root:
                if node is not skipped:
                    self.leave(node)
                self.add(node.tail)
        self.border()

    def flush(self) -> bool:
        text = tidy("".join(self.buffer)) if self.filled else ""
        linked = not self.plain
        self.buffer.clear()
        self.filled = self.plain = False
        if not text:
            return False
        if self.marker and not _ITEM.match(text):
            text = self.marker + text
        self.marker = ""
        self.lines.append(Line(text, self.kind, linked, self.group, self.soft))
        self.soft = False
        return True

    def border(self) -> None:
        self.flush()
        self.soft = False

    def add(self, text: str | None) -> None:
        if text:
            if self.parted and not text.isspace():
                self.buffer.append(", ")  # "Boja<br>Patean" in a cell
                self.parted = False
            self.buffer.append(text)
            if not text.isspace():
                self.filled = True
                self.plain = self.plain or not self.links

    def enter(self, node: Element) -> bool:
        """Whether what is below an element is read; where so, `leave` follows."""
        tag = node.tag
        if self.table is not None and tag in _IN_CELLS:
            self.part()
            return not is_hidden(node)
        if tag == "br":
            wrote = self.flush()
            self.soft = wrote or (self.soft and not self.lines)
            return True
        if tag in SKIPPED or is_hidden(node):
            if tag in _BLOCKS or tag in _SKIPPED_BLOCKS:
                self.border()
            return False
        if tag == "a":
            self.links += 1
        elif tag in ("td", "th"):
            if self.table is not None:
                self.open_cell()
            else:
                self.add(" | " if self.filled else None)
        elif tag in _BLOCKS:
            self.border()
            if node in self.dropped or self.is_noise(node):
                return False
            self.enter_block(node)
        return True

    def part(self) -> None:
        """Notes that a block ends inside a cell; what follows is set off by a comma."""
        said = "".join(self.buffer).rstrip()
        self.parted = bool(said) and said[-1] not in "|,;:"

    def open_cell(self) -> None:
        """Sets the bar before a cell, also behind an empty one: each cell keeps its column."""
        self.parted = False
        if self.cells:
            self.buffer.append(" | ")
        self.cells += 1

    def enter_block(self, node: Element) -> None:
        tag = node.tag
        self.outer.append((self.kind, self.group))
        if tag in _HEADINGS:
            self.kind = "h"
        elif tag in ("ul", "ol"):
            start = node.get("start", "1")
            first = int(start) if start.isdecimal() and len(start) < 7 else 1
            self.lists.append(first if tag == "ol" else None)
            self.kind, self.group = "li", self.new_group()
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            self.marker = "- " if number is None else f"{number}. "
            self.lists[-1] = None if number is None else number + 1
        elif tag == "tr":
            self.kind = "row"
            self.group = self.group or self.new_group()
            self.cells = 0
        elif tag == "table":
            self.group = self.new_group()
            if self.table is None and _has_short_cells(node):
                self.table = node

    def leave(self, node: Element) -> None:
        tag = node.tag
        if tag == "a":
            self.links -= 1
        elif self.table is not None and tag in _IN_CELLS:
            self.part()
        elif tag in _BLOCKS:
            if node is self.table:
                self.table = None
            self.parted = False
            self.border()
            self.kind, self.group = self.outer.pop()
            if tag in ("ul", "ol"):
                self.lists.pop()
            if tag in ("li", "ul", "ol"):
                self.marker = ""

    def new_group(self) -> int:
        self.groups += 1
        return self.groups

    def is_noise(self, block: Element) -> bool:
        """Whether the class or id of a block marks it as no part of the text."""
        stated, ident = block.get("class"), block.get("id")
        if not stated and not ident:
            return False
        classes = stated.split() if stated else []
        if self.drop.names(block.tag, classes, ident):
            return True
        names = [*classes, ident] if ident else classes
        if not any(_is_noise_name(n) or (self.boxes and _is_box_name(n)) for n in names):
            return False
        # A wrapper with a careless name ("content-share") may hold the article itself.
        if self.wrappers < MOST_WRAPPERS and _holds_a_text(block):
            self.wrappers += 1
            return False
        return True


def read_lines(roots: Iterable[Element], drop: Drop = NOTHING, *, boxes: bool = False) -> list[Line]:
    """The lines below `roots`, without scripts, captions, advertising and what `drop` names.

    `boxes`: also without what carries the name of a box beside the text, on a page whose layout nobody
    described.
    """
    roots = list(roots)
    reader = _Reader(drop, drop.find(roots), boxes)
    for root in roots:
        reader.read(root)
    return reader.lines


def drop_lists(lines: list[Line]) -> list[Line]:
    """Lines without lists of links to other pages, the words that announce them, and headings at the end."""
    sizes: dict[int, list[int]] = {}
    for line in lines:
        if line.group:
            size = sizes.setdefault(line.group, [0, 0])
            size[0] += len(line.text)
            size[1] += len(line.text) * line.linked
    kept: list[Line] = []
    for line in lines:
        if not line.group or sizes[line.group][1] < MOSTLY * sizes[line.group][0]:
            kept.append(line)
            continue
        while kept and _announces(kept[-1]):
            kept.pop()
    while len(kept) > 1 and (kept[-1].kind == "h" or (kept[-1].linked and len(kept[-1].text) < LEAD_IN)):
        kept.pop()
    return kept


def _announces(line: Line) -> bool:
    return not line.group and len(line.text) < LEAD_IN and (line.kind == "h" or line.text.endswith(":"))


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
