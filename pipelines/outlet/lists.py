"""How the articles of a list are found now that an outlet's file no longer finds them. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from crawler.find.discover import DiscoverError, Found, find_article_urls
from crawler.html.markup import decode_page, peek_page, tidy
from crawler.html.select import text_of
from crawler.html.tree import Element, Tree
from crawler.html.urls import join_url
from crawler.outlet.load import Find, Outlet
from pipelines.outlet.selectors import describe_class

#: Fewer articles make no list, and no form of addresses.
FEW = 3
#: The share of a list's articles that a selector has to find.
MOST = 0.6
#: Addresses that are tried where an outlet's ways are closed.
MOST_TRIED = 2

_INDEX = re.compile(r"\b(?:indeks|index|terbaru|terkini|latest|arsip|semua berita|berita)\b", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){2,}")


@dataclass(frozen=True, slots=True)
class ListMend:
    """What finds articles in an answer: changed keys of a way and of [article], and the articles."""

    find: dict[str, Any]
    article: dict[str, Any]
    found: list[Found]


def mend_list(body: bytes, content_type: str, url: str, find: Find, outlet: Outlet) -> ListMend | None:
    """The selectors and the form of addresses with which a list holds articles, or None."""
    tree = peek_page(decode_page(body, content_type))
    if tree is None or find.kind in ("feed", "sitemap", "wp-json"):
        return None
    links = _links(tree, url or outlet.home)
    own = {address: link for address, link in links.items() if outlet.is_article(address)}
    article: dict[str, Any] = {}
    if len(own) < FEW:
        pattern = _form_of(list(links), outlet)
        if not pattern:
            return None
        article = {"url": pattern, "not_url": ""}
        outlet = _with_addresses(outlet, pattern)
        own = {address: link for address, link in links.items() if outlet.is_article(address)}
    for item in (_item_of(own, tree), ""):
        change: dict[str, Any] = {"item": item, "link": "a[href]"}
        trial = replace(find, **change, title="", time="", drop=(), last="", quirk="")
        with suppress(DiscoverError):
            found = find_article_urls(body, trial, outlet, url, content_type)
            if len(found) >= max(FEW, MOST * len({outlet.key(a) for a in own})):
                return ListMend(change, article, found)
    return None


def _links(tree: Tree, base: str) -> dict[str, Element]:
    """Addresses of a page's links, each with the first link to it whose text is no button."""
    links: dict[str, Element] = {}
    for link in tree.root.iter("a"):
        address = join_url(base, link.get("href") or "")
        if address.startswith("http"):
            links.setdefault(address, link)
    return links


def _item_of(own: dict[str, Element], tree: Tree) -> str:
    """The selector of the entries that hold one article each, or ""."""
    links = set(own.values())
    shared: Counter[Element] = Counter(e for link in links for e in link.iterancestors())
    names: Counter[str] = Counter()
    for link in links:
        entry = link
        for around in link.iterancestors():
            if shared[around] > 1 or around.tag in ("body", "html"):
                break
            entry = around
        names.update(set(describe_class(entry)))
    for name, count in names.most_common():
        if count >= MOST * len(links):
            return name
    return ""


def _form_of(addresses: list[str], outlet: Outlet) -> str:
    """A pattern of the addresses of articles: the commonest form of those with a long last part."""
    forms: dict[str, set[str]] = defaultdict(set)
    for address in addresses:
        parts = urlsplit(address)
        if outlet.owns(address) and (form := _form(parts.path)):
            forms[form].add(parts.path)
    form, paths = max(forms.items(), key=lambda pair: len(pair[1]), default=("", set()))
    return f"^https?://[^/]+{form}" if len(paths) >= FEW else ""


def _form(path: str) -> str:
    pieces = []
    named = False
    steps = [step for step in path.split("/") if step]
    for step in steps:
        bare = re.sub(r"\.html?$|\.php$", "", step)
        ending = re.escape(step[len(bare) :])
        if step.isdigit():
            pieces.append(r"(?P<id>\d+)" if not named and len(step) > 4 else r"\d+")
            named = named or len(step) > 4
        elif match := re.fullmatch(r"(\d{4,})-(.+)|(.+)-(\d{5,})", bare):
            number = r"(?P<id>\d+)" if not named else r"\d+"
            named = True
            pieces.append((rf"{number}-[^/]+" if match[1] else rf"[^/]+-{number}") + ending)
        elif _SLUG.fullmatch(bare):
            pieces.append("[a-z0-9]+(?:-[a-z0-9]+){2,}" + ending)
        else:
            pieces.append(re.escape(step))
    is_article = bool(steps) and (_SLUG.search(steps[-1]) or _SLUG.search("/".join(steps[-2:])))
    return "/" + "/".join(pieces) + "/?(?:[?#].*)?$" if is_article else ""


def _with_addresses(outlet: Outlet, pattern: str) -> Outlet:
    article = replace(outlet.article, url=re.compile(pattern), not_url=re.compile("(?!)"))
    return replace(outlet, article=article)


def find_other_ways(home: bytes, content_type: str, url: str, kind: str) -> list[dict[str, Any]]:
    """Ways of finding that a home page names, those most like the one that is closed first."""
    tree = peek_page(decode_page(home, content_type))
    if tree is None:
        return []
    host = urlsplit(url).hostname
    feeds = [
        {"kind": "feed", "url": join_url(url, link.get("href") or "")}
        for link in tree.root.iter("link")
        if (link.get("type") or "").lower() in _FEED_TYPES and "comment" not in (link.get("href") or "")
    ]
    lists = [
        {"kind": "listing", "url": address}
        for address, link in _links(tree, url).items()
        if urlsplit(address).hostname == host and _names_a_list(address, link)
    ]
    both = [lists, feeds] if kind in ("listing", "tag", "search") else [feeds, lists]
    return [*both[0][:MOST_TRIED], *both[1][:1]]


def _names_a_list(address: str, link: Element) -> bool:
    path = urlsplit(address).path
    text = tidy(text_of(link))
    return path.strip("/") != "" and not _SLUG.search(path) and bool(_INDEX.search(f"{path} {text[:40]}"))


def as_template(address: str, home: str) -> str:
    """An address as the `url` of a way."""
    root = home.rstrip("/")
    escaped = address.replace("{", "{{").replace("}", "}}")
    return escaped.replace(root, "{home}", 1) if escaped.startswith(root) else escaped
