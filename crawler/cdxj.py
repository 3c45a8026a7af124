"""An index beside each WARC file of the archive, as replay tools such as pywb read it (CDXJ).

One line a response or revisit: sort-friendly address, time, and JSON with status, digest, offset and length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

SUFFIX = ".cdxj"


def index_path(warc: Path) -> Path:
    """Where the index of a WARC file stands."""
    return warc.with_name(warc.name.removesuffix(".gz").removesuffix(".warc") + SUFFIX)


def save_index(warc: Path) -> Path:
    """Write the index of a WARC file, in order; of a file that is cut, of what is whole."""
    return save_lines(warc, _read_lines(warc))


def save_lines(warc: Path, lines: Iterable[str]) -> Path:
    """Write an index whose lines are known already, in order."""
    target = index_path(warc)
    unfinished = target.with_name(target.name + ".part")
    unfinished.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
    return unfinished.replace(target)


def format_line(record: Any, *, offset: int, length: int, file: str) -> str:
    """The line of one response or revisit; `length` is that of its gzip member."""
    head, http = record.rec_headers.get_header, record.http_headers
    entry = {
        "url": head("WARC-Target-URI"),
        "mime": "warc/revisit" if record.rec_type == "revisit" else _mime(http),
        "status": http.get_statuscode() if http else "-",
        "digest": head("WARC-Payload-Digest") or "-",
        "length": str(length),
        "offset": str(offset),
        "filename": file,
    }
    stamp = re.sub(r"\D", "", head("WARC-Date") or "")[:14]
    return f"{sort_key(entry['url'])} {stamp} {json.dumps(entry)}"


def save_missing_indexes(folder: Path) -> None:
    """Index what a run that was killed left without one."""
    for warc in folder.glob("*.warc.gz"):
        if not index_path(warc).exists():
            save_index(warc)


def _read_lines(warc: Path) -> Iterator[str]:
    with warc.open("rb") as stream:
        iterator = ArchiveIterator(stream)
        try:
            for record in iterator:
                if record.rec_type not in ("response", "revisit"):
                    continue
                length = iterator.get_record_length()
                yield format_line(record, offset=iterator.get_record_offset(), length=length, file=warc.name)
        except (ArchiveLoadFailed, EOFError, ValueError):
            return  # cut: the rest is in no whole record


def _mime(http: Any) -> str:
    header = http.get_header("Content-Type") if http else ""
    return (header or "").partition(";")[0].strip().lower() or "unk"


def sort_key(url: str) -> str:
    """SURT form: "https://www.kabar.example/a?b=1" is "example,kabar)/a?b=1"; in lower case."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    given = parts.netloc.rpartition("@")[2].rpartition(":")[2]
    port = f":{given}" if given.isdigit() and given not in ("80", "443") else ""
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    address = ",".join(reversed(host.split("."))) if not re.fullmatch(r"[\d.]+", host) else host
    return f"{address}{port}){parts.path or '/'}{'?' + query if query else ''}".lower().replace(" ", "%20")
