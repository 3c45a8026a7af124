"""Selectors of outlet files, compiled: CSS, and two ways into the scripts of a page.

    div.txt-article p            the elements; as a value, their text
    meta[name=author]::attr(content)
    script#__NEXT_DATA__ >> props.pageProps.article.title     a path into the JSON of a script
    re:"editors":"([^"]+)"       the first group, anywhere in the page's source

lxml does the work and not BeautifulSoup: a 140 KB article page is parsed and read in about 6 ms with
lxml, while building its BeautifulSoup tree alone takes about 80 ms (benchmarks/read_article.py).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

_ATTR = re.compile(r"::attr\(([\w:-]+)\)\s*$")


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

    def elements(self, tree: HtmlElement) -> list[HtmlElement]:
        return self.css(tree) if self.css is not None else []

    def values(self, tree: HtmlElement, html: str) -> list[str]:
        """Non-empty texts, whitespace folded, in document order."""
        if self.pattern is not None:
            return [fold(m[1] if m.re.groups else m[0]) for m in self.pattern.finditer(html)]
        if self.kind == "json":
            return [fold(v) for v in self.json_values(tree)]
        if self.attribute:
            found = [e.get(self.attribute) or "" for e in self.css(tree)]
        else:
            found = [text_of(e) for e in self.css(tree)]
        return [v for v in map(fold, found) if v]

    def json_values(self, tree: HtmlElement) -> list[str]:
        """Strings at the path; a list on the way is walked through."""
        for element in self.css(tree):
            try:
                data: Any = json.loads(element.text or "", strict=False)
            except ValueError:
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


def text_of(element: HtmlElement) -> str:
    """All text below an element, in its order; scripts and styles left out, block borders become spaces."""
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
            return Selector(source, "json", css=CSSSelector(css.strip(), translator="html"), path=keys)
        attribute = ""
        if match := _ATTR.search(text):
            attribute, text = match[1], text[: match.start()]
        return Selector(source, "css", css=CSSSelector(text, translator="html"), attribute=attribute)
    except re.error as error:
        raise SelectorError(f"{source!r} is no regular expression: {error}") from None
    except (SyntaxError, etree.XPathError, etree.ParserError) as error:  # cssselect's own are SyntaxErrors
        raise SelectorError(f"{source!r} is no CSS selector: {error}") from None


def find_values(selectors: tuple[Selector, ...], tree: HtmlElement, html: str) -> list[str]:
    """The texts of the first selector that has any."""
    for selector in selectors:
        if values := selector.values(tree, html):
            return values
    return []
