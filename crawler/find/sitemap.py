"""Sitemaps and their indexes, read without entities, network or size beyond reason. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import unescape

from lxml import etree

from crawler.find.xml_answer import DiscoverError, read_xml
from crawler.html.dates import read_date
from crawler.html.markup import tidy
from crawler.html.urls import is_web_address, join_url
from crawler.outlet.found import Found
from crawler.outlet.load import Find
from db.records import WIB

MAX_XML_TAGS = 2_000_000  # "<" of every kind; a sitemap of 50,000 addresses with pictures has half of it


def find_child_sitemaps(body: bytes, find: Find, since: date | None = None, url: str = "") -> list[str]:
    """The children of a sitemap index that `follow` matches and that were not last changed before `since`.

    `url` is where the index came from: some name their children as seen from there.
    """
    children = []
    for entry in _xml(body).iterfind("{*}sitemap"):
        address = join_url(url, _text(entry, "{*}loc"))
        if not is_web_address(address) or not find.follow.search(address):
            continue
        changed = read_date(_text(entry, "{*}lastmod"))
        if since is None or changed is None or changed.astimezone(WIB).date() >= since:
            children.append(address)
    return list(dict.fromkeys(children))


def read_sitemap(body: bytes, content_type: str = "") -> Iterator[Found]:
    """The addresses of a sitemap, with what a news sitemap says of each; raises DiscoverError."""
    for entry in _xml(body, content_type).iterfind("{*}url"):
        address = _text(entry, "{*}loc")
        if not address:
            continue
        news = entry.find("{*}news")
        if news is not None:
            moment = read_date(_text(news, "{*}publication_date"))
            yield Found(url=address, title=tidy(_text(news, "{*}title")), published_at=moment)
        else:
            # lastmod is the last change: an article isn't younger, but may be older, so it is no hint.
            yield Found(url=address, changed_at=read_date(_text(entry, "{*}lastmod")))


def _xml(body: bytes, content_type: str = "") -> etree._Element:
    text = read_xml(body, content_type).lstrip("\ufeff \t\r\n")
    if text.count("<") > MAX_XML_TAGS:
        raise DiscoverError(f"XML of more than {MAX_XML_TAGS:,} tags is not read")
    if not text.startswith("<"):
        raise DiscoverError("no XML")
    parser = etree.XMLParser(
        encoding="utf-8",  # of the text that was decoded already, whatever it declares
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DiscoverError(f"broken XML: {error}") from None
    if root is None or etree.QName(root).localname.lower() == "html":
        raise DiscoverError("no XML but a web page")
    return root


def _text(entry: etree._Element, name: str) -> str:
    return unescape((entry.findtext(name) or "").strip())
