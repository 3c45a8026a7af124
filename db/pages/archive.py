"""An article's page as its outlet served it, from the operator's archive, where a reader's browser is safe.

Only the site of a working database has it: what is published holds sentences, and so does its site.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from db.errors import StoreError
from db.pages.parts.ask import Ask
from db.pages.parts.language import language, say, write_time
from db.pages.parts.links import article_path, page_path

#: The page is a stranger's: it runs nothing, asks for nothing, submits nothing and has no origin.
POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

#: Tags that make Chromium open a connection before it asks the policy, and the one that moves all links.
_REACHING = re.compile(r"<(?=(?:link|i?frame|frameset|object|embed|applet|base)\b)", re.IGNORECASE)

#: What a page's type or its own first lines say of its coding, as browsers look for it.
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_FIRST = 1024

#: Codings that `str` knows and text is not in: of bytes, of escapes, of names of hosts.
_NO_TEXT = frozenset(
    ("idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7", "mbcs", "oem")
)

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """What the archive holds at a place. `body` is without its transfer's and content's coding."""

    url: str
    content_type: str
    body: bytes
    digest: str  # "sha1:BASE32" of the bytes as they are in the archive


#: Reads the record at an offset of a file of the archive; raises `StoreError` where there is none.
ReadPage = Callable[[str, int], ArchivedPage]


def can_open(datasette: Datasette) -> bool:
    """Whether this site was given an archive."""
    return getattr(datasette, "read_page", None) is not None


async def archived(datasette: Datasette, request: Request) -> Response:
    """`/arsip/ID`: the page with a line above it that says what it is."""
    ask, key = Ask(datasette), request.url_vars["key"]
    row = await ask.one(
        "SELECT id, fetched_at, warc_file, warc_offset, warc_digest FROM articles WHERE id = :key", key=key
    )
    if row is None or not row["warc_file"] or not can_open(datasette):
        raise NotFound(f"archived page {key}")
    try:
        page: ArchivedPage = datasette.read_page(row["warc_file"], row["warc_offset"])
    except StoreError as error:
        raise DatasetteError(str(error), status=503) from error
    headers = {"content-security-policy": POLICY, "x-dns-prefetch-control": "off"}
    # Read here and sent as UTF-8: in other codings the tags that are taken out may be other bytes, and a
    # browser may take another coding than we do.
    text = decode_page(page)
    if "html" not in page.content_type.lower():
        return Response(text, headers=headers, content_type="text/plain; charset=utf-8")
    same = say("archive.same" if page.digest == row["warc_digest"] else "archive.differs")
    notice = Markup('<p lang="{}">{} {} {} <a href="{}">{}</a></p><hr>').format(
        language.get(),
        say("archive.notice", day=write_time(row["fetched_at"])),
        page.url,
        same,
        page_path(datasette, article_path(row["id"])),
        say("word.see_article"),
    )
    return Response(
        str(notice) + _REACHING.sub("<x-", text), headers=headers, content_type="text/html; charset=utf-8"
    )


def decode_page(page: ArchivedPage) -> str:
    """A page's text by its mark of coding, its type or what it says of itself; UTF-8 where none is known."""
    for mark, coding in _MARKS:
        if page.body.startswith(mark):
            return page.body[len(mark) :].decode(coding, "replace")
    head = page.content_type.encode("utf-8", "replace") + b"\n" + page.body[:_FIRST]
    found = _CHARSET.search(head)
    return page.body.decode(_find_coding(found[1].decode("ascii", "replace") if found else ""), "replace")


def _find_coding(name: str) -> str:
    """Python's name of a coding of text."""
    try:
        known = codecs.lookup(name)
    except LookupError:
        return "utf-8"
    return known.name if known._is_text_encoding and known.name not in _NO_TEXT else "utf-8"
