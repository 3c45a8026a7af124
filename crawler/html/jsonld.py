"""JSON-LD of a page: @graph, lists and broken JSON included. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from crawler.html.foreign_json import load_json

Node = dict[str, Any]

#: From the most telling to the least; the first type that a page has is its article.
ARTICLE_TYPES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
    "OpinionNewsArticle", "Article", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting",
    "ReviewNewsArticle", "TechArticle", "ScholarlyArticle", "Report",
)  # fmt: skip
#: What a page without an article may be instead; a video may have an article below it all the same.
GALLERY_TYPES = ("ImageGallery", "MediaGallery", "VideoGallery", "CollectionPage", "SearchResultsPage")
OTHER_TYPES = (*GALLERY_TYPES, "VideoObject")
MAX_SIZE = 2_000_000
MAX_DEPTH = 6  # of objects and lists in one another

#: What may stand around the JSON of a script, so that old browsers or XML readers leave it alone.
_OPENING = re.compile(r"(?:<!--|(?://\s*)?<!\[CDATA\[)")
_CLOSINGS = ("-->", "]]>")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|@type)"\s*:\s*"((?:[^"\\\n]|\\.)*+)"', re.DOTALL
)


def load_jsonld(scripts: Iterable[str]) -> list[Node]:
    """Every typed node of every script, in order. What is no JSON yields the fields that can be saved."""
    nodes: list[Node] = []
    for text in scripts:
        if text and len(text) <= MAX_SIZE:
            nodes.extend(_walk(_loads(text)))
    return nodes


def _bare(text: str) -> str:
    """The JSON of a script without the comment or CDATA section around it."""
    text = text.strip()
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    body = text.rstrip("; \t\r\n")
    for closing in _CLOSINGS:
        if body.endswith(closing):
            text = body.removesuffix(closing).rstrip().removesuffix("//")
    return text.strip()


def _loads(text: str) -> Any:
    text = _bare(text)
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        if (value := load_json(candidate)) is not None:
            return value
    saved: Node = {}
    for key, value in _FIELD.findall(text):
        if key == "@type" and value not in ARTICLE_TYPES:
            continue
        saved.setdefault(key, re.sub(r'\\(["\\/])', r"\1", value))
    # An author stands in a node of its own, whose "name" can't be told from the publisher's here.
    return saved if "@type" in saved and len(saved) > 1 else None


def _walk(data: Any, depth: int = 0) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, depth + 1)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "breadcrumb"):
            if isinstance(data.get(key), list | dict):
                yield from _walk(data[key], depth + 1)


def types_of(node: Node) -> list[str]:
    kinds = node.get("@type")
    # "http://schema.org/NewsArticle" is the same type as "NewsArticle".
    return [str(k).rpartition("/")[2] for k in (kinds if isinstance(kinds, list) else [kinds])]


def find_article_node(nodes: list[Node]) -> Node:
    """The node of the article, or an empty one."""
    for kind in ARTICLE_TYPES:
        for node in nodes:
            if kind in types_of(node) and (
                node.get("headline") or node.get("datePublished") or node.get("name")
            ):
                return node
    return {}


def find_stated(nodes: list[Node], key: str) -> Iterator[str]:
    """What nodes of any type state for a key, such as the page around an article without a node."""
    return (text for node in nodes if (text := string(node.get(key))))


def resolve(value: Any, nodes: list[Node]) -> list[Any]:
    """The values of a field; {"@id": ...} alone, as in Yoast's graphs, becomes the node of that name."""
    named: dict[str, Node] = {}
    for node in reversed(nodes):
        if isinstance(node.get("@id"), str) and node.get("name"):
            named[node["@id"]] = node
    values = value if isinstance(value, list) else [value]
    return [named.get(_reference(item), item) for item in values]


def _reference(value: Any) -> str:
    """The name of the node that a value is nothing but a reference to, or ""."""
    reference = value.get("@id") if isinstance(value, dict) and not value.get("name") else ""
    return reference if isinstance(reference, str) else ""


def find_other_type(nodes: list[Node]) -> str:
    """The type of a gallery, video or listing on a page that has no article, or an empty string."""
    kinds = [kind for node in nodes for kind in types_of(node)]
    if any(kind in ARTICLE_TYPES for kind in kinds):
        return ""
    return next((kind for kind in kinds if kind in OTHER_TYPES), "")


def string(value: Any, depth: int = MAX_DEPTH) -> str:
    """A text value; of a list the first, of an object its @value or name. Entities are decoded."""
    if not depth:
        return ""
    if isinstance(value, list):
        return next((s for item in value if (s := string(item, depth - 1))), "")
    if isinstance(value, dict):
        return string(value.get("@value") or value.get("name") or value.get("@id") or "", depth - 1)
    if isinstance(value, str):
        return " ".join(unescape(value).split())
    return ""


def strings(value: Any, split: str = "") -> list[str]:
    """All text values, without repeats; a plain string is cut at `split`."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        text = string(item)
        found += [part.strip() for part in text.split(split)] if split and isinstance(item, str) else [text]
    return list(dict.fromkeys(t for t in found if t))


def breadcrumb(nodes: list[Node]) -> list[str]:
    """Names of the BreadcrumbList, from the root down."""
    for node in nodes:
        if "BreadcrumbList" in types_of(node) and isinstance(node.get("itemListElement"), list):
            names = []
            for entry in node["itemListElement"]:
                if isinstance(entry, dict):
                    item = entry.get("item")
                    names.append(
                        string(entry.get("name") or (item.get("name") if isinstance(item, dict) else ""))
                    )
            return [n for n in names if n]
    return []
