"""From bytes to a tree: decoding, parsing, and a line of text without what can't be seen. Pure."""

from __future__ import annotations

import codecs
import re
import unicodedata

from bs4.dammit import EncodingDetector
from lxml import etree

from crawler.html.bounds import MAX_DEPTH, TooLargeError, check_bounds
from crawler.html.select import fold
from crawler.html.tree import Element, Tree

_TAG = re.compile(r"<[^<>]+>")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


#: What these labels mean on the web (WHATWG, Encoding, 4.2): pages that name them were written in this one.
_AS_ON_THE_WEB = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def decode_page(body: bytes, content_type: str = "") -> str:
    """The text of a page. UTF-8 that decodes is believed before a label that says otherwise.

    Then a byte order mark, the labels of the header and the page, UTF-8 with some broken bytes, and
    Windows-1252; never raises. No detector guesses: one page must not read differently where another
    package happens to be installed.
    """
    if body[:3] == codecs.BOM_UTF8:
        return body[3:].decode("utf-8", "replace")
    if body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut in the middle of a character is still UTF-8.
        if error.start >= len(body) - 3:
            return body.decode("utf-8", "ignore")
    header = re.search(r"charset=[\"']?([\w-]+)", content_type)
    for label in (header and header[1], EncodingDetector.find_declared_encoding(body, is_html=True)):
        if (text := _decode_labelled(body, label or "")) is not None:
            return text
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # In UTF-8 every character beyond ASCII is a sequence that hardly any other encoding forms by chance.
    if sum(char > "\x7f" for char in text) > 2 * broken:
        return text
    return body.decode("cp1252", "replace")


def _decode_labelled(body: bytes, label: str) -> str | None:
    """The text, or None where the label names no encoding, UTF-8, or one that does not fit."""
    try:
        name = codecs.lookup(label).name
        return None if name == "utf-8" else body.decode(_AS_ON_THE_WEB.get(name, name))
    except (LookupError, ValueError):  # codecs.lookup also refuses a label with a NUL
        return None


def parse_html(html: str) -> Element | None:
    """The tree of a page, or None where there is nothing to parse; raises TooLargeError.

    What is too large is refused before it is parsed, and what is too deep when the parser gives up: the rest
    of such a page is missing from its tree.
    """
    check_bounds(html)
    # A NUL ends the document for libxml2; other control characters do no harm.
    data = html.replace("\x00", " ").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any(e.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for e in parser.error_log.filter_from_fatals()):
        raise TooLargeError(f"elements nested more than {MAX_DEPTH} deep")
    return root


def parse_page(html: str) -> Tree | None:
    """The tree of a page with its source, or None where a text is no markup; raises TooLargeError."""
    root = parse_html(html) if "<" in html else None
    return Tree(root, html) if root is not None else None


def peek_page(html: str) -> Tree | None:
    """The tree of a page, or None where there is none, for those to whom it makes no difference why."""
    try:
        return parse_page(html)
    except TooLargeError:
        return None


def tidy(text: str) -> str:
    """One line: NFC, spaces folded, invisible characters removed."""
    if text.isascii():
        return fold(text)
    return fold(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))


def strip_tags(text: str) -> str:
    """A text without its tags; what only looks like the beginning of one stays."""
    return _TAG.sub("", text) if "<" in text else text
