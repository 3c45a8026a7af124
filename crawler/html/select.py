"""Selectors of outlet files, compiled: CSS, and two ways into the scripts of a page.

    div.txt-article p            the elements; as a value, their text
    meta[name=author]::attr(content)
    script#__NEXT_DATA__ >> props.pageProps.article.title     a path into the JSON of a script
    re:"editors":"([^"]+)"       the first group, anywhere in the page's source

lxml does the work and not BeautifulSoup: of a 140 KB article page lxml makes a tree in 1.6 ms, BeautifulSoup
in 34 ms, and trafilatura reads it in 31 ms, which `read_article` has to undercut eight times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.cssselect import LxmlHTMLTranslator

from crawler.html.foreign_json import load_json
from crawler.html.tree import Element, Tree

if TYPE_CHECKING:
    from cssselect.xpath import XPathExpr

_NEEDLE = re.compile(r"[.#]([A-Za-z_][\w-]*)|[*^$~|]?=[\"']?([\w:.-]+)[\"']?\s*\]")
_STEP = re.compile(r"(?=.)([a-z][a-z0-9]*)?(?:([.#])([A-Za-z_][\w-]*))?")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])([A-Za-z_][\w-]*)")
_ATTR = re.compile(r"::attr\(([\w:-]+)\)\s*$")


class _Translator(LxmlHTMLTranslator):  # type: ignore[misc]  # lxml ships no types for it
    """CSS as XPath in which the first and last of their kind are known by one look at a neighbour.

    cssselect counts all neighbours of each, which takes quadratic time in a list of thousands.
    """

    def _without(self, xpath: XPathExpr, axis: str, name: str) -> XPathExpr:
        return xpath.add_condition(f"not({axis}-sibling::{name}[1])")

    def xpath_first_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return self._without(xpath, "preceding", "*")

    def xpath_last_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return self._without(xpath, "following", "*")

    def xpath_first_of_type_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return self._without(xpath, "preceding", xpath.element)

    def xpath_last_of_type_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return self._without(xpath, "following", xpath.element)


_TRANSLATOR = _Translator()


class SelectorError(ValueError):
    """A selector that can't be compiled; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Selector:
    """One compiled selector; equal to another when their sources are."""

    source: str
    kind: str = field(compare=False)  # "css", "json", "re"
    css: Any = field(compare=False, default=None)
    attribute: str = field(compare=False, default="")
    path: tuple[str, ...] = field(compare=False, default=())
    pattern: re.Pattern[str] | None = field(compare=False, default=None)
    needles: tuple[str, ...] = field(compare=False, default=())  # what a page it matches has in its source

    def elements(self, tree: Tree) -> list[Element]:
        """What the selector finds on a page, in document order."""
        if self.css is None:
            return []
        for needle in self.needles:
            if needle not in tree.html:
                return []
        found: list[Element] = self.css(tree.root)
        return found

    def values(self, tree: Tree) -> list[str]:
        """Non-empty texts, whitespace folded, in document order."""
        if self.pattern is not None:
            return [fold(m[1] if m.re.groups else m[0]) for m in self.pattern.finditer(tree.html)]
        elements = self.elements(tree)
        if self.kind == "json":
            return [fold(v) for v in self.json_values(elements)]
        if self.attribute:
            found = [e.get(self.attribute) or "" for e in elements]
        else:
            found = [text_of(e) for e in elements]
        return [v for v in map(fold, found) if v]

    def json_values(self, elements: list[Element]) -> list[str]:
        """Strings at the path; a list on the way is walked through."""
        for element in elements:
            data = load_json(element.text or "")
            if data is None:
                continue
            level = [data]
            for key in self.path:
                below = []
                for node in level:
                    nodes = node if isinstance(node, list) else [node]
                    below += [n[key] for n in nodes if isinstance(n, dict) and n.get(key) is not None]
                level = below
            flat = [v for node in level for v in (node if isinstance(node, list) else [node])]
            return [str(v) for v in flat if isinstance(v, str | int | float) and v != ""]
        return []


def fold(text: str) -> str:
    return " ".join(text.split())


_SILENT = frozenset(("script", "style", "noscript", "template"))
#: Inline markup ("<b>Ba</b>nyumas") must not split a word; these part two words without a space between them.
_PARTING = frozenset((
    "br", "p", "div", "section", "article", "blockquote", "li", "ul", "ol", "dl", "dt", "dd",
    "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip


def text_of(element: Element) -> str:
    """All text below an element, in its order; scripts and styles left out, block borders become spaces."""
    if not len(element):
        return "" if element.tag in _SILENT else element.text or ""
    parts = []
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            if node.tag in _PARTING:
                parts.append(" ")
            if node.tag in _SILENT:
                walker.skip_subtree()
            elif node.text:
                parts.append(node.text)
            continue
        if event == "end" and node.tag in _PARTING:
            parts.append(" ")
        if node is not element and node.tail:
            parts.append(node.tail)
    return "".join(parts)


def compile_selector(source: str) -> Selector:
    """Compile one selector of an outlet file; raises SelectorError."""
    text = source.strip()
    try:
        if text.startswith("re:"):
            return Selector(source, "re", pattern=re.compile(text[3:], re.DOTALL))
        if ">>" in text:
            css, _, path = text.partition(">>")
            keys = tuple(k for k in path.strip().split(".") if k)
            css = css.strip()
            return Selector(source, "json", css=compile_css(css), path=keys, needles=find_needles(css))
        attribute = ""
        if match := _ATTR.search(text):
            attribute, text = match[1], text[: match.start()]
        return Selector(source, "css", css=compile_css(text), attribute=attribute, needles=find_needles(text))
    except re.error as error:
        raise SelectorError(f"{source!r} is no regular expression: {error}") from None
    except (SyntaxError, etree.XPathError, etree.ParserError) as error:  # cssselect's own are SyntaxErrors
        raise SelectorError(f"{source!r} is no CSS selector: {error}") from None


def compile_css(css: str) -> etree.XPath:
    """CSS as XPath: steps of one tag, class or id each, as most are, in the form that libxml2 finds fastest.

    It walks over attributes three times as fast as it tests each element for one.
    """
    steps = [_STEP.fullmatch(step) for step in css.split()]
    if not steps or not all(steps):
        return etree.XPath(_TRANSLATOR.css_to_xpath(css))
    path = ""
    for step in steps:
        assert step is not None
        tag, sign, name = step.groups()
        path += "/descendant::" if path else "descendant-or-self::"
        if sign == ".":
            test = f"contains(., '{name}') and contains(concat(' ', normalize-space(.), ' '), ' {name} ')"
            path += f"{tag}[@class[{test}]]" if tag else f"*/@class[{test}]/.."
        elif sign == "#":
            path += f"{tag}[@id = '{name}']" if tag else f"*/@id[. = '{name}']/.."
        else:
            path += tag
    return etree.XPath(path)


def find_needles(css: str) -> tuple[str, ...]:
    """Names of classes and ids, and values of attributes, without which the selector can't match."""
    if "," in css or ":not(" in css or ":is(" in css:
        return ()
    return tuple(dict.fromkeys(a or b for a, b in _NEEDLE.findall(css)))


def find_values(selectors: Sequence[Selector], tree: Tree) -> list[str]:
    """The texts of the first selector that has any."""
    for selector in selectors:
        if values := selector.values(tree):
            return values
    return []


@dataclass(frozen=True, slots=True)
class Drop:
    """Elements that are none of the text.

    Nearly all are named by one class or id, which is looked at while the text is read; a search by XPath
    for a dozen selectors takes as long as all the rest.
    """

    sources: tuple[str, ...] = ()
    classes: Mapping[str, frozenset[str]] = field(
        compare=False, default_factory=dict
    )  # name -> tags; "": any
    ids: Mapping[str, frozenset[str]] = field(compare=False, default_factory=dict)
    others: Any = field(compare=False, default=None)

    def names(self, tag: object, classes: Sequence[str], ident: str | None) -> bool:
        """Whether a class or id of an element is one of those."""
        for name in classes:
            if (tags := self.classes.get(name)) and ("" in tags or tag in tags):
                return True
        return bool(ident and (tags := self.ids.get(ident)) and ("" in tags or tag in tags))

    def find(self, roots: Sequence[Element]) -> frozenset[Element]:
        """Elements below `roots` that only a search finds."""
        if self.others is None:
            return frozenset()
        return frozenset(e for root in roots for e in self.others(root))


NOTHING = Drop()


def compile_drop(sources: Sequence[str]) -> Drop:
    """Compile what a layout drops; raises SelectorError."""
    classes: dict[str, set[str]] = {}
    ids: dict[str, set[str]] = {}
    others = []
    for source in sources:
        compile_selector(source)
        if match := _SIMPLE.fullmatch(source.strip()):
            (classes if match[2] == "." else ids).setdefault(match[3], set()).add(match[1] or "")
        else:
            others.append(source)
    return Drop(
        tuple(sources),
        {name: frozenset(tags) for name, tags in classes.items()},
        {name: frozenset(tags) for name, tags in ids.items()},
        etree.XPath(_TRANSLATOR.css_to_xpath(", ".join(others))) if others else None,
    )
