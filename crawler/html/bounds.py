"""What a page may have at most, looked at before it is parsed. Pure.

A parser takes quadratic time for the attributes of one element, and a hundred times a page's size in memory
for a page of nothing but elements. The largest news pages have a tenth of these figures.
"""

from __future__ import annotations

import re

MAX_CHARACTERS = 5_000_000  # of one page; pictures written into it included
MAX_TAGS = 200_000  # "<" of every kind: a start and an end for each element
MAX_ATTRIBUTES = 1_000  # of one element
#: libxml2's own bound, at which it leaves the rest of a page out.
MAX_DEPTH = 256

# An attribute as HTML's tokenizer takes it (13.2.5.32 to 13.2.5.38). Nothing here is tried twice: each part
# is possessive, and matches in whatever text it begins.
_ATTRIBUTE = (
    r"[\s/]*+[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>"'][^\s>]*+)?+)?+"""
)
_MANY = rf"(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+"
_SCRIPT = r"[sS][cC][rR][iI][pP][tT]"
#: A start tag with its attributes, a script with what is in it; the groups have an attribute too many.
_TAG = re.compile(
    rf"<(?:{_SCRIPT}(?=[\s/>]){_MANY}(?:({_ATTRIBUTE})|[\s/]*+>[^<]*+(?:<(?!/{_SCRIPT})[^<]*+)*+)?+"
    rf"|[a-zA-Z][^\s/>]*+{_MANY}({_ATTRIBUTE})?+)"
)

MAX_XML_TAGS = 100_000  # of a feed: a thousand entries, or a hundred with their texts
_XML_TAG = re.compile(rf"<[a-zA-Z_][^\s/>]*+(?:{_ATTRIBUTE}){{100}}")


class TooLargeError(ValueError):
    """A page that is not parsed; the message says by what measure."""


def check_bounds(html: str) -> None:
    """Raises TooLargeError for a page that would take more time or memory than any page is worth."""
    if len(html) > MAX_CHARACTERS:
        raise TooLargeError(f"{len(html):,} characters; at most {MAX_CHARACTERS:,} are read")
    if (tags := html.count("<")) > MAX_TAGS:
        raise TooLargeError(f"{tags:,} tags; at most {MAX_TAGS:,} are read")
    if any(map(any, _TAG.findall(html))):
        raise TooLargeError(f"an element with more than {MAX_ATTRIBUTES:,} attributes")


def check_xml_bounds(text: str) -> None:
    """Raises TooLargeError for a feed that would take its parser, in Python, more than some seconds."""
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"{len(text):,} characters; at most {MAX_CHARACTERS:,} are read")
    if (tags := text.count("<")) > MAX_XML_TAGS:
        raise TooLargeError(f"{tags:,} tags; at most {MAX_XML_TAGS:,} are read")
    if _XML_TAG.search(text):
        raise TooLargeError("an element with 100 attributes or more")
