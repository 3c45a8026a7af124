"""WARC files as answers to requests: an index by URL, and a response where it is asked for. No network.

A file that is cut or damaged is used as far as its records are whole, behind the damage as well.
"""

from __future__ import annotations

import logging
import mmap
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from crawler.archive import ArchiveError, Exchange
from db.records import WarcPointer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a response lies, and when it was fetched."""

    path: Path
    offset: int
    at: datetime
    digest: str


class Replay:
    """Answers by URL from WARC files; of several answers the latest. Reads no body before it is asked for."""

    def __init__(self, places: Mapping[str, Place], warnings: Sequence[str] = ()) -> None:
        self.places = dict(places)
        self.warnings = tuple(warnings)

    def __len__(self) -> int:
        return len(self.places)

    def __contains__(self, url: str) -> bool:
        return normal_url(url) in self.places

    def urls(self) -> Iterator[str]:
        """Every URL that has an answer, in the order of the files."""
        yield from self.places

    def get(self, url: str) -> tuple[Exchange, WarcPointer] | None:
        """The latest answer for a URL and its place (the file as given), or None; ArchiveError."""
        place = self.places.get(normal_url(url))
        if place is None:
            return None
        exchange = read_response(place.path, place.offset)
        return exchange, WarcPointer(file=str(place.path), offset=place.offset, digest=place.digest)


def normal_url(url: str) -> str:
    """A URL as the archive compares it: without fragment, host in lower case, a path at least "/"."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))


def open_archive(paths: Iterable[Path | str]) -> Replay:
    """An index of WARC files (or folders of them). A file that is cut is used up to the cut, with a warning.

    Raises ArchiveError where a path is missing, or where files are named and none holds a response.
    """
    given = [Path(p) for p in paths]
    places: dict[str, Place] = {}
    warnings: list[str] = []
    for path in expand(given):
        count, known_warnings = 0, len(warnings)
        for url, place in _index(path, warnings):
            count += 1
            known = places.get(url)
            if known is None or place.at >= known.at:
                places[url] = place
        # In an archive's folder, a run that met nothing new leaves a file of revisit records.
        if not count and len(warnings) == known_warnings and not (path not in given and _is_warc(path)):
            empty = path.stat().st_size == 0
            warnings.append(
                f"{path}: {'the file is empty' if empty else 'no WARC file, or one without responses'}"
            )
    if warnings and not places and not any(path.is_dir() for path in given):
        raise ArchiveError("; ".join(warnings))
    for line in warnings:
        logger.warning(line)
    return Replay(places, warnings)


def expand(paths: Iterable[Path | str]) -> Iterator[Path]:
    """WARC files of the paths, folders by name in order."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if re.search(r"\.warc(?:\.gz)?$", p.name))
        elif path.is_file():
            yield path
        else:
            raise ArchiveError(f"{path}: no such WARC file")


_RECORD = re.compile(rb"WARC/1\.[01]\r?\n")
_GZIP = b"\x1f\x8b\x08"


def _index(path: Path, warnings: list[str]) -> Iterator[tuple[str, Place]]:
    """(URL, place) of each whole response. Goes on behind a damaged stretch; one warning for the file."""
    if path.stat().st_size == 0:
        return
    read = 0
    damage = ""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for offset, record in _members(data) if data[:2] == _GZIP[:2] else _plain_records(data):
            head, body_length = _split(record)
            stated = head.get("content-length", "")
            if not stated.isdigit() or body_length < int(stated):
                damage = damage or f"damaged or cut at byte {offset}, after {read} whole records"
                continue
            read += 1
            if _RECORD.search(record, len(record) - body_length + int(stated)):
                damage = "compressed as a whole; 'warcio recompress OLD NEW' makes it readable"
            url = head.get("warc-target-uri", "").strip("<>")
            if head.get("warc-type") == "response" and url:
                place = Place(
                    path, offset, parse_date(head.get("warc-date", "")), head.get("warc-payload-digest", "")
                )
                yield normal_url(url), place
    if damage:
        warnings.append(f"{path}: {damage}; {'what is whole is used' if read else 'nothing in it is whole'}")


def _is_warc(path: Path) -> bool:
    with path.open("rb") as stream:
        try:
            return next(iter(ArchiveIterator(stream)), None) is not None
        except BROKEN:
            return False


def _members(data: mmap.mmap) -> Iterator[tuple[int, bytes]]:
    """Each gzip member, unpacked; of a broken one what comes out, and on to the next that begins."""
    offset = 0
    while 0 <= offset < len(data):
        unpacker = zlib.decompressobj(31)
        plain = bytearray()
        position = offset
        try:
            while not unpacker.eof and position < len(data):
                chunk = data[position : position + 65536]
                plain += unpacker.decompress(chunk)
                position += len(chunk)
        except zlib.error:
            unpacker = zlib.decompressobj(31)
        yield offset, bytes(plain)
        # What is broken ends where the next member begins.
        offset = position - len(unpacker.unused_data) if unpacker.eof else data.find(_GZIP, offset + 1)


def _plain_records(data: mmap.mmap) -> Iterator[tuple[int, bytes]]:
    """Each record of a file that is not compressed."""
    offset = 0
    while match := _RECORD.search(data, offset):
        head, _ = _split(data[match.start() : match.start() + 65536])
        length = head.get("content-length", "")
        end = data.find(b"\r\n\r\n", match.start()) + 4
        end = end + int(length) if length.isdigit() else match.end()
        yield match.start(), data[match.start() : end]
        offset = end


def _split(record: bytes) -> tuple[dict[str, str], int]:
    """WARC headers of a record, names in lower case, and the length of what follows them."""
    head, separator, rest = record.partition(b"\r\n\r\n")
    if not separator or not _RECORD.match(head + b"\r\n"):
        return {}, 0
    pairs = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}, len(rest)


def parse_date(text: str) -> datetime:
    """A WARC-Date; the epoch where it is none, so that any other answer is newer."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


#: What warcio and zlib raise on damaged files.
BROKEN = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    zlib.error,
    EOFError,
    ValueError,
    AssertionError,
)


def read_response(path: Path, offset: int) -> Exchange:
    """The response whose record begins at `offset`; raises ArchiveError."""
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream)))
            body = record.raw_stream.read()
    except (OSError, StopIteration, *BROKEN) as error:
        raise ArchiveError(f"{path}: no readable record at byte {offset}: {error}") from None
    if record.rec_type != "response" or not record.http_headers:
        raise ArchiveError(f"{path}: the record at byte {offset} is no response")
    http = record.http_headers
    headers = list(http.headers)
    if "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        # Other tools keep the framing of the wire.
        body = ChunkedDataReader(BytesIO(body)).read()
        headers = [(k, v) for k, v in headers if k.lower() != "transfer-encoding"]
    status = http.get_statuscode()
    return Exchange(
        url=record.rec_headers.get_header("WARC-Target-URI").strip("<>"),
        status=int(status) if status.isdigit() else 0,
        reason=http.statusline.partition(" ")[2],
        headers=tuple(headers),
        body=body,
        at=parse_date(record.rec_headers.get_header("WARC-Date") or ""),
        ip_address=record.rec_headers.get_header("WARC-IP-Address") or "",
        protocol=http.protocol or "HTTP/1.1",
    )


def content_of(exchange: Exchange, *, max_bytes: int) -> bytes:
    """The body without its Content-Encoding, up to `max_bytes`; raises ArchiveError."""
    body = exchange.body
    stated = [v for k, v in exchange.headers if k.lower() == "content-encoding"]
    for coding in reversed([c.strip().lower() for value in stated for c in value.split(",") if c.strip()]):
        if coding not in ("gzip", "x-gzip", "deflate"):
            raise ArchiveError(f"{exchange.url}: Content-Encoding {coding} can't be undone")
        # 47: gzip or zlib, whichever it is; -15: the headless deflate that some servers send.
        for window in (47, -15):
            unpacker = zlib.decompressobj(window)
            try:
                plain = unpacker.decompress(body, max_bytes + 1)
                break
            except zlib.error:
                continue
        else:
            raise ArchiveError(f"{exchange.url}: broken {coding}")
        if len(plain) > max_bytes:
            raise ArchiveError(f"{exchange.url}: more than {max_bytes} bytes after unpacking")
        body = plain
    return body


def file_name(folder: Path | str, path: Path | str) -> str:
    """A WARC file's name as a pointer keeps it: relative to the archive's folder where it lies inside."""
    absolute, base = Path(path).absolute(), Path(folder).absolute()
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else str(path)
