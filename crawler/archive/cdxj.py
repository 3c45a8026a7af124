"""An index beside each WARC file of the archive, as replay tools such as pywb read it (CDXJ).

One line a response or revisit: sort-friendly address, time, and JSON with status, digest, offset and length.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from crawler.archive.surt import sort_key
from crawler.archive.warc_records import ArchiveError, DamageError, read_http, reading, scan_records

logger = logging.getLogger(__name__)

SUFFIX = ".cdxj"
#: What to do where the archive can't be written.
ADVICE = "check the archive's folder and its free space, or name another with --archive"


def index_path(warc: Path) -> Path:
    """Where the index of a WARC file stands."""
    return warc.with_name(warc.name.removesuffix(".gz").removesuffix(".warc") + SUFFIX)


def save_index(warc: Path) -> list[str]:
    """Write the index of a WARC file, in order; of a damaged one, of what is whole. Returns the damage."""
    damages: list[str] = []
    save_lines(warc, list(_read_lines(warc, damages)))
    return damages


def save_lines(warc: Path, lines: Iterable[str]) -> Path:
    """Write an index whose lines are known already, in order; raises ArchiveError."""
    target = index_path(warc)
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.touch(mode=0o600)
        unfinished.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
        return unfinished.replace(target)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise ArchiveError(f"{target}: can't be written: {error.strerror}; {ADVICE}") from None


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
    """Index what a run that was killed left without one; tells what is damaged, once, as the index stays."""
    for warc in sorted(folder.glob("*.warc.gz")):
        if not index_path(warc).exists():
            for line in save_index(warc):
                logger.warning(line)


def _read_lines(warc: Path, damages: list[str]) -> Iterator[str]:
    for record in scan_records(warc, damages):
        if record.kind not in ("response", "revisit"):
            continue
        try:
            with reading(f"{warc}: the record at byte {record.offset}"):
                parsed, _ = read_http(record)
                line = format_line(parsed, offset=record.offset, length=record.length, file=warc.name)
        except DamageError as error:
            damages.append(str(error))
        else:
            yield line


def _mime(http: Any) -> str:
    header = http.get_header("Content-Type") if http else ""
    return (header or "").partition(";")[0].strip().lower() or "unk"
