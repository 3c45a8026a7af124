"""From bytes to a tree: decoding, parsing, and a line of text without what can't be seen. Pure."""

from __future__ import annotations

import re
import unicodedata

from bs4.dammit import EncodingDetector, UnicodeDammit
from lxml import etree

from crawler.select import Element, fold

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def decode_page(body: bytes, content_type: str = "") -> str:
    """The text of a page. UTF-8 that decodes is believed before a label that says otherwise.

    Then the label of the header, of the page, and what UnicodeDammit finds; never raises.
    """
    if body[:3] == b"\xef\xbb\xbf":
        return body[3:].decode("utf-8", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut in the middle of a character is still UTF-8.
        if error.start >= len(body) - 3:
            return body.decode("utf-8", "ignore")
    header = re.search(r"charset=[\"']?([\w-]+)", content_type)
    labels = [header[1]] if header else []
    if declared := EncodingDetector.find_declared_encoding(body, is_html=True):
        labels.append(declared)
    dammit = UnicodeDammit(body, known_definite_encodings=[n for n in labels if n.lower() != "utf-8"])
    if dammit.unicode_markup:
        return dammit.unicode_markup
    return body.decode("utf-8", "replace")


def parse_html(html: str) -> Element | None:
    """The tree of a page, or None where there is nothing to parse."""
    # A NUL ends the document for libxml2; other control characters do no harm.
    data = html.replace("\x00", " ").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def tidy(text: str) -> str:
    """One line: NFC, spaces folded, invisible characters removed."""
    if text.isascii():
        return fold(text)
    return fold(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))
