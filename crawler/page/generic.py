"""The text of a page whose layout nobody described, or whose layout no longer fits. Pure.

Up to four candidates: what the names in platforms/generic.toml find, where the page's prose stands,
JSON-LD's articleBody, and trafilatura. Where the first two agree, or one of them is good enough by itself,
that is the text; else trafilatura and JSON-LD are asked too, and the candidate that agrees best with the
others is. `Body.source` says which spoke.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from crawler.html import jsonld
from crawler.html.bounds import TooLargeError
from crawler.html.likeness import count_words, overlap
from crawler.html.tree import Element, Tree
from crawler.outlet.load import Layout
from crawler.page.blocks import Body, element_body, fragment_body, text_body
from crawler.page.prose import find_prose

#: Fewer characters are no text of an article.
ENOUGH_CHARACTERS = 200
#: F1 of the words from which on two candidates are the same text; below the second, one of two is wrong.
SAME, APART = 0.98, 0.7
#: What stands in one place is believed alone from this share of the page's prose and this length on.
MOST_PROSE, LONG_CHARACTERS = 0.85, 600


def read_generic(tree: Tree, generic: Layout) -> Body:
    """The text on which the candidates agree best, or an empty body."""
    named, (prose, share) = _named(tree, generic), _find_prose(tree, generic)
    candidates = [body for body in (named, prose) if body.blocks]
    if named.blocks and prose.blocks:
        if _likeness(named, prose) >= SAME and _size(named) >= LONG_CHARACTERS:
            return named
    elif candidates and _size(candidates[0]) >= LONG_CHARACTERS and (named.blocks or share >= MOST_PROSE):
        return candidates[0]
    # The page's own text before a script's: of two that agree, the first is taken.
    others = (text_body(extract_generic(tree.html), generic, "trafilatura"), find_stated(tree, generic))
    candidates += [body for body in others if body.blocks]
    best = _choose(candidates)
    return best if _size(best) >= ENOUGH_CHARACTERS else max(candidates, key=_size, default=Body())


def read_unnamed(tree: Tree, generic: Layout) -> Body:
    """The text that stands where most of the page's prose does."""
    return _find_prose(tree, generic)[0]


def _find_prose(tree: Tree, generic: Layout) -> tuple[Body, float]:
    """The text where most of the page's prose stands, and its share of it, 0 to 1."""
    found = find_prose(tree)
    return (element_body(found.roots, generic, "generic"), found.share) if found else (Body(), 0.0)


def _choose(candidates: Sequence[Body]) -> Body:
    """The candidate that agrees best with the others; of two that do not agree at all, the longer."""
    scores = [sum(_likeness(one, other) for other in candidates if other is not one) for one in candidates]
    likely = [one for one, score in zip(candidates, scores, strict=True) if score >= APART / 2]
    if len(likely) > 2:
        return candidates[max(range(len(candidates)), key=scores.__getitem__)]
    if len(likely) == 2 and _likeness(*likely) >= APART:
        return likely[0]
    return max(candidates, key=_size, default=Body())


def _likeness(one: Body, other: Body) -> float:
    return overlap(count_words(" ".join(one.blocks)), count_words(" ".join(other.blocks)))


def _size(body: Body) -> int:
    return sum(map(len, body.blocks))


def _named(tree: Tree, generic: Layout) -> Body:
    """What the first of the generic selectors finds that finds a text."""
    for selector in generic.body:
        elements = selector.elements(tree)
        if selector.kind == "json":
            body = fragment_body(selector.json_values(elements), generic, "generic")
        else:
            body = element_body(text_roots(elements), generic, "generic")
        if _size(body) >= ENOUGH_CHARACTERS:
            return body
    return Body()


def text_roots(elements: list[Element]) -> list[Element]:
    """Of several elements those that make up one text: what no other holds."""
    outer: list[Element] = []
    covered: set[Element] = set()
    for element in elements:  # in document order: what holds another comes first
        if element not in covered:
            outer.append(element)
            covered.update(element.iter())
    return outer


def find_stated(tree: Tree, generic: Layout) -> Body:
    """JSON-LD's articleBody, where it is long enough to be more than a teaser."""
    stated = jsonld.find_article_node(jsonld.load_jsonld(_scripts(tree))).get("articleBody")
    if not isinstance(stated, str) or len(stated) < ENOUGH_CHARACTERS:
        return Body()
    if "<p" in stated or "<br" in stated:
        try:
            return fragment_body([stated], generic, "json-ld")
        except TooLargeError:
            return Body()
    return text_body(unescape(stated), generic, "json-ld")


def _scripts(tree: Tree) -> Iterator[str]:
    if "articleBody" not in tree.html:
        return
    for script in tree.root.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "") and "articleBody" in text:
            yield text


def extract_generic(html: str) -> str:
    """What trafilatura takes for the text of a page; "" where it finds none."""
    from trafilatura import extract  # a second to import: only where it is needed

    text = extract(
        html,
        include_comments=False,
        include_tables=True,
        favor_precision=True,
        output_format="txt",
        deduplicate=False,
    )
    return text or ""
