"""An index beside each WARC file of the archive, as replay tools such as pywb read it (CDXJ).

One line a response or revisit: sort-friendly address, time, and JSON with status, digest, offset and length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

SUFFIX = ".cdxj"


def index_path(warc: Path) -> Path:
    """Where the index of a WARC file stands."""
    return warc.with_name(warc.name.removesuffix(".gz").removesuffix(".warc") + SUFFIX)


def save_index(warc: Path) -> Path:
    """Write the index of a WARC file, in order; of a file that is cut, of what is whole."""
    target = index_path(warc)
    unfinished = target.with_name(target.name + ".part")
    unfinished.write_text("".join(f"{line}\n" for line in sorted(_read_lines(warc))), "utf-8")
    return unfinished.replace(target)


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
                head, http = record.rec_headers.get_header, record.http_headers
                entry = {
                    "url": head("WARC-Target-URI"),
                    "mime": "warc/revisit" if record.rec_type == "revisit" else _mime(http),
                    "status": http.get_statuscode() if http else "-",
                    "digest": head("WARC-Payload-Digest") or "-",
                    "length": str(iterator.get_record_length()),
                    "offset": str(iterator.get_record_offset()),
                    "filename": warc.name,
                }
                stamp = re.sub(r"\D", "", head("WARC-Date") or "")[:14]
                yield f"{sort_key(entry['url'])} {stamp} {json.dumps(entry)}"
        except (ArchiveLoadFailed, EOFError, ValueError):
            return  # cut: the rest is in no whole record


def _mime(http: object) -> str:
    header = http.get_header("Content-Type") if http else ""  # type: ignore[attr-defined]
    return (header or "").partition(";")[0].strip().lower() or "unk"


def sort_key(url: str) -> str:
    """SURT form: "https://www.kabar.example/a?b=1" is "example,kabar)/a?b=1"; in lower case."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    address = ",".join(reversed(host.split("."))) if not re.fullmatch(r"[\d.]+", host) else host
    return f"{address}{port}){parts.path or '/'}{'?' + query if query else ''}".lower().replace(" ", "%20")
