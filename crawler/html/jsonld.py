"""JSON-LD of a page: @graph, lists and broken JSON included. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

Node = dict[str, Any]

#: From the most telling to the least; the first type that a page has is its article.
ARTICLE_TYPES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
    "OpinionNewsArticle", "Article", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting",
    "TechArticle", "Report",
)  # fmt: skip
#: What a page without an article may be instead; a video may have an article below it all the same.
GALLERY_TYPES = ("ImageGallery", "MediaGallery", "VideoGallery", "CollectionPage", "SearchResultsPage")
OTHER_TYPES = (*GALLERY_TYPES, "VideoObject")
MAX_SIZE = 2_000_000

_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|@type)"\s*:\s*"((?:[^"\\\n]|\\.)*)"', re.DOTALL
)


def load_jsonld(scripts: Iterable[str]) -> list[Node]:
    """Every typed node of every script, in order. What is no JSON yields the fields that can be saved."""
    nodes: list[Node] = []
    for text in scripts:
        if text and len(text) <= MAX_SIZE:
            nodes.extend(_walk(_loads(text)))
    return nodes


def _loads(text: str) -> Any:
    text = _COMMENT.sub("", text).strip()
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    saved: Node = {}
    for key, value in _FIELD.findall(text):
        if key == "@type" and value not in ARTICLE_TYPES:
            continue
        saved.setdefault(key, re.sub(r'\\(["\\/])', r"\1", value))
    # An author stands in a node of its own, whose "name" can't be told from the publisher's here.
    return saved if "@type" in saved and len(saved) > 1 else None


def _walk(data: Any, depth: int = 0) -> Iterator[Node]:
    if depth > 6:
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
    return [str(k) for k in kinds] if isinstance(kinds, list) else [str(kinds)]


def find_article_node(nodes: list[Node]) -> Node:
    """The node of the article, or an empty one."""
    for kind in ARTICLE_TYPES:
        for node in nodes:
            if kind in types_of(node) and (
                node.get("headline") or node.get("datePublished") or node.get("name")
            ):
                return node
    return {}


def resolve(value: Any, nodes: list[Node]) -> Any:
    """A value in which {"@id": ...} alone is replaced by the node of that name, as in Yoast's graphs."""
    if isinstance(value, list):
        return [resolve(item, nodes) for item in value]
    if isinstance(value, dict) and value.get("@id") and not value.get("name"):
        return next((n for n in nodes if n.get("@id") == value["@id"] and n.get("name")), value)
    return value


def find_other_type(nodes: list[Node]) -> str:
    """The type of a gallery, video or listing on a page that has no article, or an empty string."""
    kinds = [kind for node in nodes for kind in types_of(node)]
    if any(kind in ARTICLE_TYPES for kind in kinds):
        return ""
    return next((kind for kind in kinds if kind in OTHER_TYPES), "")


def string(value: Any) -> str:
    """A text value; of a list the first, of an object its @value or name. Entities are decoded."""
    if isinstance(value, list):
        return next((s for s in map(string, value) if s), "")
    if isinstance(value, dict):
        return string(value.get("@value") or value.get("name") or value.get("@id") or "")
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
