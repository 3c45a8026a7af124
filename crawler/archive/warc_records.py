"""The one place in which WARC records are read: whatever a reader raises there is told as damage.

zlib and warcio raise what they happen to trip over in a file that was cut or altered: ValueError, EOFError,
AttributeError. A record counts as whole when its gzip member ends with the right checksum (or, uncompressed,
when its block has the digest that its header states) and its block is as long as it says. Whatever stands
behind a damaged stretch is found again.
"""

from __future__ import annotations

import base64
import hashlib
import mmap
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader

#: Bytes of one record, unpacked. What is larger is a whole file compressed at once, or a trap.
MAX_RECORD_BYTES = 500_000_000

Headers = Sequence[tuple[str, str]]


class ArchiveError(OSError):
    """An archive that can't be written or read; one line."""


class DamageError(ArchiveError):
    """A WARC file, or a record of one, that can't be read as what it says it is; one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what was answered. Header names as on the wire; bodies as on the wire."""

    url: str
    status: int
    reason: str = ""
    headers: Headers = ()
    body: bytes = b""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    method: str = "GET"
    request_headers: Headers = ()
    ip_address: str = ""
    protocol: str = "HTTP/1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A whole record: where it stands in its file, and what it says, unpacked."""

    offset: int
    length: int  # bytes in the file: of its gzip member where it is compressed
    head: Mapping[str, str]  # WARC headers; names in lower case
    data: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """WARC-Type: "response", "request", "revisit" and others."""
        return self.head.get("warc-type", "")

    @property
    def url(self) -> str:
        """WARC-Target-URI, without the brackets that older tools write."""
        return self.head.get("warc-target-uri", "").strip("<>")

    @property
    def at(self) -> datetime:
        """WARC-Date."""
        return parse_date(self.head.get("warc-date", ""))


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn whatever is raised inside into DamageError; `what` opens its message."""
    try:
        yield
    except ArchiveError:
        raise
    except Exception as error:  # noqa: BLE001 - see above: that is the point of it
        # A reader quotes what it met, which may be anything.
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        why = "".join(c for c in why if " " <= c <= "~")[:80].strip() or type(error).__name__
        raise DamageError(f"{what}: {why}") from None


def scan_records(path: Path, damages: list[str]) -> Iterator[Record]:
    """Each whole record of a file, in order, also of what stands behind a damaged stretch.

    Of a file with damage one line goes to `damages`; nothing is raised.
    """
    read, damage = 0, ""
    try:
        with reading(str(path)), path.open("rb") as stream:
            if path.stat().st_size == 0:
                return  # as a run leaves it that is killed before its first answer
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                for found in _found(data):
                    record = _check(found)
                    if record is None:
                        damage = damage or f"damaged or cut at byte {found[0]}, after {read} whole records"
                        continue
                    if _holds_more(record):
                        damage = "compressed as a whole; 'warcio recompress OLD NEW' makes it readable"
                    read += 1
                    yield record
    except DamageError as error:
        damages.append(str(error))
        return
    if damage:
        damages.append(f"{path}: {damage}; {'what is whole is used' if read else 'nothing in it is whole'}")


def read_record(path: Path, offset: int) -> Record:
    """The record that begins at `offset`; raises DamageError where none does, or one that is not whole."""
    what = f"{path}: no readable record at byte {offset}"
    with (
        reading(what),
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        found = next(_found(data, offset), None)
        record = _check(found) if found and found[0] == offset else None
        if record is None:
            raise DamageError(f"{what}: damaged or cut")
        return record


def read_http(record: Record) -> tuple[Any, bytes]:
    """A response or revisit as warcio reads it: (its record with `http_headers`, the body); DamageError."""
    with reading(f"the record of {record.url[:200]!r}"):
        parsed = next(iter(ArchiveIterator(BytesIO(record.data))))
        return parsed, parsed.raw_stream.read()


def read_exchange(record: Record) -> Exchange:
    """The response that a record holds; raises DamageError."""
    with reading(f"the record of {record.url[:200]!r}"):
        parsed, body = read_http(record)
        http = parsed.http_headers
        if record.kind != "response" or not http:
            raise DamageError(f"the record of {record.url[:200]!r} is no response")
        headers = list(http.headers)
        if "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
            # Other tools keep the framing of the wire.
            body = ChunkedDataReader(BytesIO(body)).read()
            headers = [(k, v) for k, v in headers if k.lower() != "transfer-encoding"]
        status = http.get_statuscode()
        return Exchange(
            url=record.url,
            status=int(status) if re.fullmatch(r"[0-9]{3}", status) else 0,
            reason=http.statusline.partition(" ")[2],
            headers=tuple(headers),
            body=body,
            at=record.at,
            ip_address=record.head.get("warc-ip-address", ""),
            protocol=http.protocol or "HTTP/1.1",
        )


def verify_payload(record: Record) -> str:
    """The payload digest that a record states, computed anew; "" where it states none.

    Raises DamageError where the payload has another.
    """
    with reading(f"the record of {record.url[:200]!r}"):
        parsed = next(iter(ArchiveIterator(BytesIO(record.data), check_digests=True)))
        while parsed.raw_stream.read(_CHUNK):
            pass
        if parsed.digest_checker.passed is False:
            raise DamageError(f"another payload than its digest says, of {record.url[:200]!r}")
    return record.head.get("warc-payload-digest", "")


def parse_date(text: str) -> datetime:
    """A WARC-Date; the epoch where it is none, so that any other answer is newer."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    if not 1990 <= moment.year <= 2200:  # a damaged figure; at the ends of time no zone can be applied
        return datetime.fromtimestamp(0, UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- members and records ---------------------------------------------------------------------------

_RECORD = re.compile(rb"WARC/1\.[01]\r?\n")
_GZIP = b"\x1f\x8b\x08"
_CHUNK = 65536
#: Offset, length in the file, what came out, whether it is whole as far as its packing tells.
_Found = tuple[int, int, bytes, bool]


def _found(data: mmap.mmap, offset: int = 0) -> Iterator[_Found]:
    return (_members if data[:2] == _GZIP[:2] else _plain_records)(data, offset)


def _members(data: mmap.mmap, offset: int) -> Iterator[_Found]:
    """Each gzip member, unpacked; of a broken one what comes out, and on to the next that begins."""
    while 0 <= offset < len(data):
        unpacker = zlib.decompressobj(31)
        plain = bytearray()
        position = offset
        try:
            while not unpacker.eof and position < len(data) and len(plain) < MAX_RECORD_BYTES:
                chunk = data[position : position + _CHUNK]
                plain += unpacker.decompress(chunk, MAX_RECORD_BYTES)
                position += len(chunk)
        except zlib.error:
            unpacker = zlib.decompressobj(31)
        end = position - len(unpacker.unused_data)
        yield offset, end - offset, bytes(plain), unpacker.eof
        # What is broken ends where the next member begins.
        offset = end if unpacker.eof else data.find(_GZIP, offset + 1)


def _plain_records(data: mmap.mmap, offset: int) -> Iterator[_Found]:
    """Each record of a file that is not compressed."""
    while match := _RECORD.search(data, offset):
        start = match.start()
        head, _ = _split(data[start : start + _CHUNK])
        block, length = data.find(b"\r\n\r\n", start) + 4, _length(head)
        end = block + length if block > 3 and length is not None else match.end()
        whole = match.end() < end <= len(data) and _digest_fits(head, data[block:end])
        yield start, min(end, len(data)) - start, data[start:end], whole
        # Where the length is damaged, it may reach over records that are whole.
        offset = end if whole else match.end()


def _check(found: _Found) -> Record | None:
    """A record, if it is whole."""
    offset, length, data, whole = found
    head, held = _split(data)
    stated = _length(head)
    if not whole or stated is None or held < stated:
        return None
    record = Record(offset=offset, length=length, head=head, data=data)
    return record if record.kind not in ("response", "revisit") or _is_address(record.url) else None


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return False


def _holds_more(record: Record) -> bool:
    _, held = _split(record.data)
    return _RECORD.search(record.data, len(record.data) - held + (_length(record.head) or 0)) is not None


def _split(record: bytes) -> tuple[dict[str, str], int]:
    """WARC headers of a record, names in lower case, and the length of what follows them."""
    head, separator, rest = record.partition(b"\r\n\r\n")
    if not separator or not _RECORD.match(head + b"\r\n"):
        return {}, 0
    pairs = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}, len(rest)


def _length(head: Mapping[str, str]) -> int | None:
    stated = head.get("content-length", "")
    return int(stated) if re.fullmatch(r"[0-9]{1,12}", stated) else None


def _digest_fits(head: Mapping[str, str], block: bytes) -> bool:
    """Whether a block has the digest that its header states; True where none is stated, or of a rare kind."""
    kind, _, stated = head.get("warc-block-digest", "").partition(":")
    if kind.lower() not in ("sha1", "sha256", "md5"):
        return True
    digest = hashlib.new(kind.lower(), block, usedforsecurity=False)
    return stated.strip("=") in (base64.b32encode(digest.digest()).decode().strip("="), digest.hexdigest())
