"""The part of a page that holds its prose, found by where the paragraphs stand and not by names. Pure.

As in Readability (Arc90), each paragraph counts for the element around it, half as much for the next, and
so on; links count against. Then the element grows as long as what it gains is prose without links, so that a
text of several wrappers is found whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.html.select import fold, text_of
from crawler.html.tree import Element, Tree
from crawler.page.clean import SKIPPED, is_box, is_hidden

#: Characters outside links from which on a run of text is a paragraph, and those that count of a long one.
SHORTEST, LONGEST = 40, 400
#: What a paragraph counts for the element around it, for the one around that, and so on.
SHARES = (1.0, 0.5, 0.33, 0.2, 0.1)
#: An element grows at most so many times, by a fifth of its prose or more, with at most so many linked
#: characters to one of prose: teasers of other articles have twice as many.
GROWTHS, GROWTH, LINKED = 4, 0.2, 0.12
#: A neighbour of the best element belongs to it from this share of its score on.
NEIGHBOUR = 0.1
#: Where the element with most paragraphs stands in a box by its name, and no other has a third of its prose,
#: names tell nothing on that page; so few characters are no text of an article.
FEW_CHARACTERS, CARELESS = 140, 3

#: Paragraphs, and what holds text without any around it.
_RUNS = etree.XPath(
    "//p | //*[self::div or self::td or self::section or self::article or self::li or self::blockquote]"
    "[text()[string-length(normalize-space(.)) > 60]]"
)
_INLINE = frozenset(("span", "b", "i", "em", "strong", "font", "label", "u"))
_ROOTS = frozenset(("body", "html", "article", "main"))
#: Some sites put the whole page into one of these.
_SKIPPED = SKIPPED - {"form", "header"}


@dataclass(frozen=True, slots=True)
class Prose:
    """The elements that hold a page's text, and their share of the page's prose, 0 to 1."""

    roots: tuple[Element, ...]
    share: float


def find_prose(tree: Tree) -> Prose | None:
    """The elements with the page's main text, or None where no paragraph stands on it."""
    page = _Page(tree)
    if not page.score:
        return None
    best = page.grow(page.best())
    return Prose(tuple(page.neighbours(best)), page.prose[best] / max(page.prose.values()))


def _around(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.getparent()


class _Page:
    """How much prose, and how much linked text, each element of a page holds."""

    def __init__(self, tree: Tree) -> None:
        self.seen: dict[tuple[Element, bool], bool] = {}
        runs = [(host, size) for host, size in _runs(tree) if self.is_shown(host, boxes=True)]
        kept = [(host, size) for host, size in runs if self.is_shown(host, boxes=False)]
        # Whether what stands in boxes counts: their names are careless where the best text is in one.
        self.boxes = _best_host(runs) > max(FEW_CHARACTERS, CARELESS * _best_host(kept))
        self.score: defaultdict[Element, float] = defaultdict(float)
        self.prose: Counter[Element] = Counter()
        self.hosts = {host for host, _ in runs}
        for host, size in runs if self.boxes else kept:
            for level, element in enumerate(_around(host)):
                self.prose[element] += size
                if level < len(SHARES):
                    self.score[element] += min(size, LONGEST) * SHARES[level]
        self.links: Counter[Element] = Counter()
        for link in tree.root.iter("a"):
            parent = link.getparent()
            if parent is not None and self.is_shown(parent, boxes=self.boxes):
                size = len(fold(text_of(link)))
                for element in _around(parent):
                    self.links[element] += size

    def is_shown(self, element: Element, *, boxes: bool) -> bool:
        """Whether an element stands in no part of a page that is skipped, and in no box unless they count."""
        path = []
        shown = True
        for one in _around(element):
            known = self.seen.get((one, boxes))
            if known is not None:
                shown = known
                break
            path.append(one)
        for one in reversed(path):
            skipped = one.tag in _SKIPPED or is_hidden(one) or (not boxes and _is_box(one))
            shown = self.seen[one, boxes] = shown and not skipped
        return shown

    def worth(self, element: Element) -> float:
        return self.score.get(element, 0.0) / (1 + self.links[element] / max(self.prose[element], 1))

    def best(self) -> Element:
        """The element of most worth; the whole page only where paragraphs stand in it directly."""
        inner = (e for e in self.score if e.tag not in ("html", "body") or e in self.hosts)
        return max(inner, key=self.worth)

    def grow(self, best: Element) -> Element:
        """The element, or one around it that holds more of the same text."""
        around = best
        for _ in range(GROWTHS):
            parent = around.getparent()
            if parent is None or parent.tag in ("body", "html"):
                break
            around = parent
            gain = self.prose[around] - self.prose[best]
            if gain > GROWTH * self.prose[best] and self.links[around] - self.links[best] <= LINKED * gain:
                best = around
        return best

    def neighbours(self, best: Element) -> Iterator[Element]:
        """The element with those beside it that hold prose as it does, in document order."""
        parent = best.getparent()
        if parent is None or best.tag == "body":
            yield best
            return
        least = max(NEIGHBOUR * self.worth(best), SHORTEST)
        for one in parent:
            if one is best or (
                self.prose[one]
                and self.worth(one) >= least
                and self.links[one] < 0.3 * self.prose[one]
                and self.is_shown(one, boxes=self.boxes)
            ):
                yield one


def _best_host(runs: list[tuple[Element, int]]) -> int:
    """The prose of the element with most of it, 0 where there is none."""
    direct: Counter[Element] = Counter()
    for host, size in runs:
        direct[host] += min(size, LONGEST)
    return max(direct.values(), default=0)


def _is_box(element: Element) -> bool:
    return element.tag not in _ROOTS and is_box(element)


def _runs(tree: Tree) -> Iterator[tuple[Element, int]]:
    """(element, characters) of each paragraph, and of each run of text without one around it."""
    found: list[Element] = _RUNS(tree.root)  # type: ignore[assignment]
    for run in found:
        host: Element | None = run.getparent() if run.tag in ("p", "li") else run
        while host is not None and host.tag in _INLINE:
            host = host.getparent()
        if host is None or host.tag == "a":
            continue
        sizes = [_unlinked(run)] if run.tag == "p" else _between_blocks(run)
        for size in sizes:
            if size >= SHORTEST:
                yield host, size


def _unlinked(run: Element) -> int:
    """Characters of a paragraph, those of its links counted against it."""
    return len(fold(text_of(run))) - 2 * sum(len(fold(text_of(link))) for link in run.iter("a"))


def _between_blocks(run: Element) -> list[int]:
    """Characters of each piece of the text that stands directly in an element, parted by <br> and blocks."""
    pieces = [run.text or ""]
    for child in run:
        if child.tag in _INLINE or child.tag == "a":
            pieces[-1] += child.text or "" if child.tag != "a" else ""
            pieces[-1] += child.tail or ""
        else:
            pieces.append(child.tail or "")
    return [len(fold(piece)) for piece in pieces]
