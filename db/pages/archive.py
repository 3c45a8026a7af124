"""An article's page as its outlet served it, from the operator's archive, where a reader's browser is safe.

Only the site of a working database has it: what is published holds sentences, and so does its site.
"""

from __future__ import annotations

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
_REACHING = re.compile(rb"<(?=(?:link|i?frame|frameset|object|embed|applet|base)\b)", re.IGNORECASE)

#: Codings in which those tags are other bytes.
_WIDE = ("utf-16", "utf-32", "utf16", "utf32", "utf-7", "ucs", "unicode", "cs")

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{1,40})")


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
    charset = _CHARSET.search(page.content_type.lower())
    if "html" not in page.content_type.lower() or (charset and charset[1].startswith(_WIDE)):
        return Response(
            page.body.decode(charset[1] if charset and _is_known(charset[1]) else "utf-8", "replace"),
            headers=headers,
            content_type="text/plain; charset=utf-8",
        )
    same = say("archive.same" if page.digest == row["warc_digest"] else "archive.differs")
    notice = Markup('<p lang="{}">{} {} {} <a href="{}">{}</a></p><hr>').format(
        language.get(),
        say("archive.notice", day=write_time(row["fetched_at"])),
        page.url,
        same,
        page_path(datasette, article_path(row["id"])),
        say("word.see_article"),
    )
    # ASCII alone, so that it reads the same in whatever the page is written.
    shown = notice.encode("ascii", "xmlcharrefreplace") + _REACHING.sub(b"<x-", page.body)
    return Response(
        shown,
        headers=headers,
        content_type=f"text/html; charset={charset[1]}" if charset else "text/html",
    )


def _is_known(charset: str) -> bool:
    try:
        b"".decode(charset)
    except LookupError:
        return False
    return True
