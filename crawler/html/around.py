"""What stands around a headline, and what stands beside the article. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from crawler.html.markup import tidy
from crawler.html.select import text_of
from crawler.html.tree import Element
from crawler.html.words import load_words

#: Elements around a headline that are looked at, and how many parents of it count as around.
MOST_NEAR, PARENTS = 60, 3
#: Characters of a text of its own from which on an element is a paragraph of the article.
PARAGRAPH = 160
#: Elements inside one that shows a label, a name or a date.
MOST_INSIDE = 12
#: What may show a date or a name.
MAY_SHOW = (
    "time",
    "span",
    "div",
    "p",
    "a",
    "abbr",
    "address",
    "li",
    "em",
    "td",
    "small",
    "b",
    "strong",
    "dd",
)

_BESIDE = frozenset(("aside", "nav", "footer", "form"))


def near(heading: Element | None) -> list[Element]:
    """What stands below a headline down to the first paragraph, then what stands beside it; none twice."""
    if heading is None:
        return []
    found: dict[Element, None] = {}
    for element in islice(_in_order(heading), MOST_NEAR):
        if len(element.text or "") > PARAGRAPH:
            break
        found[element] = None
    for parent in islice(heading.iterancestors(), PARENTS):
        if parent.tag in ("body", "html"):
            break
        found.update(dict.fromkeys(islice(parent.iter(*MAY_SHOW), MOST_NEAR)))
    return list(found)


def _in_order(element: Element) -> Iterator[Element]:
    """The elements behind one, in document order."""
    for around in (element, *element.iterancestors()):
        for sibling in around.itersiblings():
            yield from sibling.iter()


def shown_text(element: Element) -> str:
    """The text of an element that holds little more than text, or ""."""
    if next(islice(element.iter(), MOST_INSIDE, None), None) is not None:
        return ""
    return tidy(text_of(element))


def names_of(element: Element) -> str:
    """The classes and the id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def stands_beside(element: Element) -> bool:
    """Whether an element is in a side column, a comment or a list of other articles, by tags and names."""
    is_beside = load_words().markup_beside.search
    return any(
        one.tag in _BESIDE or (one.tag not in ("body", "html") and bool(is_beside(names_of(one))))
        for one in (element, *element.iterancestors())
    )
