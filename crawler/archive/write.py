"""The archive: every response as WARC 1.1. Scrapy's side of it is `keep`, reading is `read`.

A response and its request are one gzip member each, made in memory and written with one call, so
that a run which is killed leaves whole records and at most one cut one at the end. A file is never
appended to by a later run. What an address answers as before is a revisit record, which refers to the earlier
response. Beside each file stands its index (crawler/archive/cdxj.py).

The body is the one that came over the wire: still compressed where the server compressed it. What is not kept
is the framing of `Transfer-Encoding: chunked`, which the HTTP client removes; such a response gets a
Content-Length, and its original header under X-Archive-Orig-.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import logging
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO, FileIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.cdxj import ADVICE, format_line, save_lines, save_missing_indexes
from crawler.archive.warc_records import ArchiveError, Exchange
from db.records import WarcPointer

logger = logging.getLogger(__name__)

MAX_FILE_BYTES = 256_000_000  # a new file after this; an archive's usual unit is up to 1 GB
#: Level 9, warcio's own choice, takes three times as long as 6 for 1 % less.
GZIP_LEVEL = 6
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

# --- out -------------------------------------------------------------------------------------------


class WarcArchive:
    """A folder of WARC files. Open it once per process: all outlets of a run share its file."""

    def __init__(
        self, folder: Path | str, *, max_bytes: int = MAX_FILE_BYTES, info: Mapping[str, str] | None = None
    ) -> None:
        self.folder = Path(folder)
        self.max_bytes = max_bytes
        self.info = dict(info or {})
        self.serial = 0
        self._file: FileIO | None = None
        self._name = ""
        self._lines: list[str] = []  # of the index of the file that is open
        self._builder = RecordBuilder(warc_version="WARC/1.1")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(
                f"{self.folder}: the archive's folder can't be made: {error.strerror}; {ADVICE}"
            ) from None
        save_missing_indexes(self.folder)

    def __enter__(self) -> WarcArchive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def save(self, exchange: Exchange) -> WarcPointer:
        """Write response and request; returns where the response lies. Raises ArchiveError."""
        response = self._response(exchange)
        offset = self._write_members(response, exchange)
        digest = response.rec_headers.get_header("WARC-Payload-Digest")
        return WarcPointer(file=self._name, offset=offset, digest=digest)

    def _write_members(self, answer: Any, exchange: Exchange) -> int:
        members = [self._member(answer), self._member(self._request(exchange, answer))]
        file = self._open()
        offset = file.tell()
        self._write(file, b"".join(members))
        self._lines.append(format_line(answer, offset=offset, length=len(members[0]), file=self._name))
        return offset

    def save_revisit(self, exchange: Exchange, earlier: Exchange, digest: str) -> None:
        """Write that an address answered as before: a reference to the earlier response, and the request.

        The answer's own headers are kept, its body is not: it is the earlier one's. Of a 304 nothing is kept
        but that it came: with its own status line, replay tools would show it and not what it confirmed.
        """
        line = f"{exchange.status} {exchange.reason}".strip()
        confirms = exchange.status == 304
        head = {"WARC-Date": _warc_date(exchange.at)}
        if exchange.ip_address:
            head["WARC-IP-Address"] = exchange.ip_address
        revisit = self._builder.create_revisit_record(
            exchange.url,
            digest,
            earlier.url,
            _warc_date(earlier.at),
            http_headers=None
            if confirms
            else StatusAndHeaders(line, list(exchange.headers), protocol=exchange.protocol),
            warc_headers_dict=head,
        )
        if confirms:
            revisit.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
        self._write_members(revisit, exchange)

    def close(self) -> None:
        """Close the file and write its index; raises ArchiveError. Harmless when there is none."""
        if self._file is not None:
            self._file.close()
            lines, self._file, self._lines = self._lines, None, []
            save_lines(self.folder / self._name, lines)

    def _write(self, file: FileIO, data: bytes) -> None:
        """Write all of it or nothing: a disk that fills up leaves a file that is whole up to there."""
        start = file.tell()
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError as error:
            with suppress(OSError):
                file.truncate(start)
                file.seek(start)
            raise ArchiveError(
                f"{self.folder / self._name}: can't be written: {error.strerror}; {ADVICE}"
            ) from None

    def _open(self) -> FileIO:
        if self._file is not None and self._file.tell() < self.max_bytes:
            return self._file
        self.close()
        self.serial += 1
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
        self._name = f"pantau-{stamp}-{self.serial:05d}-{secrets.token_hex(3)}.warc.gz"
        try:
            # "x": two runs can't write into one file, whatever their clocks say.
            self._file = (self.folder / self._name).open("xb", buffering=0)
            os.fchmod(self._file.fileno(), 0o600)  # what was off the topic is nobody else's to read
        except OSError as error:
            raise ArchiveError(
                f"{self.folder / self._name}: can't be made: {error.strerror}; {ADVICE}"
            ) from None
        info = {"software": "pantau-berdaya", "format": "WARC File Format 1.1", **self.info}
        self._write(self._file, self._member(self._builder.create_warcinfo_record(self._name, info)))
        return self._file

    def _member(self, record: Any) -> bytes:
        plain = BytesIO()
        WARCWriter(plain, gzip=False, warc_version="WARC/1.1").write_record(record)
        return gzip.compress(plain.getvalue(), GZIP_LEVEL, mtime=0)

    def _response(self, exchange: Exchange) -> Any:
        head = {"WARC-Date": _warc_date(exchange.at)}
        if exchange.ip_address:
            head["WARC-IP-Address"] = exchange.ip_address
        line = f"{exchange.status} {exchange.reason}".strip()
        return self._builder.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=StatusAndHeaders(line, _honest(exchange), protocol=exchange.protocol),
            warc_headers_dict=head,
        )

    def _request(self, exchange: Exchange, response: Any) -> Any:
        parts = urlsplit(exchange.url)
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        headers = [
            ("Host", parts.netloc),
            *((k, v) for k, v in exchange.request_headers if k.lower() != "host"),
        ]
        of_response = response.rec_headers.get_header
        return self._builder.create_warc_record(
            exchange.url,
            "request",
            http_headers=StatusAndHeaders(
                f"{exchange.method} {target} HTTP/1.1", headers, is_http_request=True
            ),
            warc_headers_dict={
                "WARC-Date": of_response("WARC-Date"),
                "WARC-Concurrent-To": of_response("WARC-Record-ID"),
            },
        )


def digest_of(body: bytes) -> str:
    """A payload's digest as WARC files have it: "sha1:BASE32"."""
    sha1 = hashlib.sha1(body, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(sha1).decode()}"


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _honest(exchange: Exchange) -> list[tuple[str, str]]:
    """Headers that fit the stored body: the length is its own, and what can't be true any more is renamed."""
    headers = []
    for name, value in exchange.headers:
        if name.lower() == "transfer-encoding":
            headers.append((f"X-Archive-Orig-{name}", value))
        elif name.lower() != "content-length":
            headers.append((name, value))
    headers.append(("Content-Length", str(len(exchange.body))))
    return headers
