"""Packs the sample newsroom as WARC: `python -m sample.pack` writes `newsroom*.warc.gz` beside this file.

The same sources give the same bytes on each run: record ids come from the address, the times of the
two visits are fixed. `python -m sample.pack --check` writes nothing and exits with 1 where the files
no longer agree with the articles.
"""

from __future__ import annotations

import argparse
import gzip
import io
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sample.sites import Answer, load_sites
from sample.source import SourceError, load_stories
from sample.systems import find_answers

HERE = Path(__file__).parent

#: When the two visits began. Articles published after a visit aren't on the sites yet.
FIRST_VISIT = datetime(2025, 12, 12, 3, 0, tzinfo=UTC)
SECOND_VISIT = datetime(2025, 12, 16, 3, 0, tzinfo=UTC)
PACKS = {"newsroom.warc.gz": (FIRST_VISIT, False), "newsroom-later.warc.gz": (SECOND_VISIT, True)}

_AGENT = "pantau-berdaya-sample/1.0 (+https://github.com/pantau-berdaya/pantau-berdaya)"
_SOFTWARE = "sample/pack.py of pantau-berdaya"


def find_all_answers(later: bool) -> Iterator[Answer]:
    """The answers of all sites on the first or the second visit."""
    stories = load_stories(later=later)
    for slug, site in load_sites().items():
        yield from find_answers(site, stories.get(slug, []))


def build_pack(visit: datetime, later: bool) -> bytes:
    """One WARC file: warcinfo, then request and response per address, each its own gzip member."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    start = _time(visit)
    lines = ("software: " + _SOFTWARE, "format: WARC File Format 1.1", "description: invented, see README.md")
    info = "".join(f"{line}\r\n" for line in lines).encode()
    headers = {"WARC-Record-ID": _record_id("warcinfo", start), "WARC-Date": start}
    writer.write_record(
        writer.create_warc_record(
            "",
            "warcinfo",
            payload=io.BytesIO(info),
            length=len(info),
            warc_headers_dict=headers,
            warc_content_type="application/warc-fields",
        )
    )
    for number, answer in enumerate(find_all_answers(later), start=1):
        when = _time(visit + timedelta(seconds=2 * number))
        _write_pair(writer, answer, when)
    return out.getvalue()


def _write_pair(writer: WARCWriter, answer: Answer, when: str) -> None:
    _, _, rest = answer.url.partition("://")
    host, _, path = rest.partition("/")
    asked = [("Host", host), ("User-Agent", _AGENT), ("Accept-Encoding", "gzip")]
    request = StatusAndHeaders(f"GET /{path} HTTP/1.1", asked, is_http_request=True)
    answered = [("Date", datetime.fromisoformat(when).strftime("%a, %d %b %Y %H:%M:%S GMT")), *answer.headers]
    response = StatusAndHeaders(answer.status, answered, protocol="HTTP/1.1")
    writer.write_request_response_pair(
        writer.create_warc_record(
            answer.url,
            "request",
            http_headers=request,
            warc_headers_dict=_ids("request", answer.url, when),
        ),
        writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=response,
            warc_headers_dict=_ids("response", answer.url, when),
        ),
    )


def _ids(kind: str, url: str, when: str) -> dict[str, str]:
    return {"WARC-Record-ID": _record_id(f"{kind} {url}", when), "WARC-Date": when}


def _record_id(what: str, when: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{when} {what}')}>"


def _time(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def check_packs(folder: Path = HERE) -> list[str]:
    """One line for each committed file that differs from what the articles make.

    Compared is what the files hold: another build of zlib may compress the same records to other bytes.
    """
    problems = []
    for name, (visit, later) in PACKS.items():
        path = folder / name
        try:
            held = gzip.decompress(path.read_bytes())
        except (OSError, EOFError) as error:
            problems.append(f"{path}: can't be read ({error}); run: python -m sample.pack")
            continue
        if held != gzip.decompress(build_pack(visit, later)):
            problems.append(f"{path}: differs from the articles and templates; run: python -m sample.pack")
    return problems


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m sample.pack", description="Pack the sample newsroom")
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            problems = check_packs()
            print("\n".join(problems) or "up to date")
            return 1 if problems else 0
        for name, (visit, later) in PACKS.items():
            (HERE / name).write_bytes(data := build_pack(visit, later))
            print(f"{HERE / name}: {len(data):,} bytes")
    except SourceError as error:
        print(f"sample.pack: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
