"""Readers for answers that need more than selectors. Pure.

An outlet file names one for a way of finding: quirk = "nuxt_payload". Each takes the text of an answer and
the outlet's home and yields what it offers; text that is something else yields nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

from crawler.html.dates import read_date
from crawler.html.foreign_json import load_json
from crawler.html.markup import tidy
from crawler.outlet.found import Found

Reader = Callable[[str, str], Iterator[Found]]

#: The start of the script that holds the state; what follows is taken up to the script's end.
_NEXT_DATA = re.compile(r"<script\b[^<>]{0,300}\bid=[\"']__NEXT_DATA__[\"'][^<>]{0,300}>")
_GOOGLE = re.compile(r"https?://news\.google\.com/(?:rss/)?articles/(?P<token>[\w-]+)")
#: In a token that holds an address: printable ASCII from http up to the next field of the message.
_ADDRESS = re.compile(rb"https?://[\x21-\x7e]+")


def next_data(text: str, home: str) -> Iterator[Found]:
    """Articles in the state of a Next.js page, which has no links in its HTML."""
    match = _NEXT_DATA.search(text)
    end = text.find("</script>", match.end()) if match else -1
    stack = [load_json(text[match.end() : end]) if match and end >= 0 else None]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            category = node.get("category")
            section = category.get("slug") if isinstance(category, dict) else None
            if node.get("article_id") and node.get("slug") and section:
                yield Found(
                    url=f"{home.rstrip('/')}/{section}/{node['article_id']}/{node['slug']}",
                    title=tidy(str(node.get("title") or "")),
                    published_at=read_date(str(node.get("published_at") or "")),
                )
            else:
                stack.extend(reversed(list(node.values())))


def nuxt_payload(text: str, home: str) -> Iterator[Found]:
    """Articles in a Nuxt 3 `_payload.json`: a flat list in which objects name the places of their values."""
    values = load_json(text)
    if not isinstance(values, list):
        return

    def value(node: Mapping[str, Any], *keys: str) -> str:
        for key in keys:
            place = node.get(key)
            found = values[place] if type(place) is int and 0 <= place < len(values) else None
            if isinstance(found, str) and found.strip():
                return found.strip()
        return ""

    for node in values:
        if isinstance(node, dict) and (path := value(node, "canonical_url", "permalink", "url")):
            yield Found(
                url=path if path.startswith("http") else f"{home.rstrip('/')}/{path.lstrip('/')}",
                title=tidy(value(node, "title_digital", "title", "title_print")),
                published_at=read_date(value(node, "published_at")),
            )


def google_news(text: str, home: str) -> Iterator[Found]:
    """Articles of a Google News feed whose links still hold the outlet's address.

    Since 2024 most tokens hold a number in its place, which only a request of Google's own pages turns into
    an address: those are left out, and the outlet's other ways have to find them.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for entry in root.iter("item") if root is not None else ():
        if address := decode_google_link(entry.findtext("link") or ""):
            title = tidy(entry.findtext("title") or "")
            source = tidy(entry.findtext("source") or "")
            yield Found(
                url=address,
                title=title.removesuffix(f" - {source}") if source else title,
                published_at=read_date(entry.findtext("pubDate") or ""),
            )


def decode_google_link(link: str) -> str:
    """The address that a link of Google News holds in its base64 token, or ""."""
    match = _GOOGLE.match(link.strip())
    if not match:
        return ""
    token = match["token"]
    try:
        message = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return ""
    # Field 4 of the message is the address, with its length in one byte or two before it.
    found = _ADDRESS.search(message)
    if not found:
        return ""
    start, address = found.start(), found[0]
    if start >= 2 and message[start - 2] & 0x80:
        length = (message[start - 2] & 0x7F) | (message[start - 1] << 7)
    else:
        length = message[start - 1] if start else len(address)
    return address[:length].decode("ascii") if 0 < length <= len(address) else address.decode("ascii")


QUIRKS: Mapping[str, Reader] = {
    "next_data": next_data,
    "nuxt_payload": nuxt_payload,
    "google_news": google_news,
}
