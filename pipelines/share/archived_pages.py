"""Hands the archive's pages to the site of a working database."""

from __future__ import annotations

from pathlib import Path

from crawler.archive.read import content_of, read_response
from crawler.archive.warc_records import ArchiveError
from crawler.archive.write import digest_of
from db.errors import StoreError
from db.pages.archive import ArchivedPage, ReadPage

#: Bytes of a page that are shown.
MAX_BYTES = 10_000_000


def build_reader(folder: Path) -> ReadPage:
    """A reader of the records in a folder of WARC files."""

    def read_page(file: str, offset: int) -> ArchivedPage:
        try:
            exchange = read_response(folder / file, offset)
            body = content_of(exchange, max_bytes=MAX_BYTES)
        except ArchiveError as error:
            raise StoreError(str(error)) from error
        types = [value for name, value in exchange.headers if name.lower() == "content-type"]
        return ArchivedPage(
            url=exchange.url,
            content_type=types[-1] if types else "",
            body=body,
            digest=digest_of(exchange.body),
        )

    return read_page
