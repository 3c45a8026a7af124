"""WARC files as answers to requests: an index by URL, and a response where it is asked for. No network.

A file that is cut or damaged is used as far as its records are whole, behind the damage as well.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from crawler.archive.warc_records import (
    ArchiveError,
    Exchange,
    Record,
    read_exchange,
    read_record,
    scan_records,
)
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


def place_of(record: Record, path: Path) -> Place | None:
    """Where a response lies; None of any other record."""
    if record.kind != "response":
        return None
    return Place(path, record.offset, record.at, record.head.get("warc-payload-digest", ""))


def open_archive(paths: Iterable[Path | str]) -> Replay:
    """An index of WARC files (or folders of them). A file that is cut is used up to the cut, with a warning.

    Raises ArchiveError where a path is missing, or where files are named and none holds a response.
    """
    given = [Path(p) for p in paths]
    places: dict[str, Place] = {}
    warnings: list[str] = []
    for path in expand(given):
        responses = others = 0
        known_warnings = len(warnings)
        for record in scan_records(path, warnings):
            place = place_of(record, path)
            if place is None:
                others += 1
                continue
            responses += 1
            known = places.get(url := normal_url(record.url))
            if known is None or place.at >= known.at:
                places[url] = place
        # In an archive's folder, a run that met nothing new leaves a file of revisit records.
        met_nothing = others and path not in given
        if not responses and len(warnings) == known_warnings and not met_nothing:
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


def read_response(path: Path, offset: int) -> Exchange:
    """The response whose record begins at `offset`; raises ArchiveError."""
    return read_exchange(read_record(path, offset))


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
