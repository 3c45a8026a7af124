"""The archive opens in pywb: each page of the sample newsroom with its text, and what a 304 confirmed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive.read import content_of, open_archive
from crawler.archive.surt import sort_key
from crawler.archive.warc_records import Exchange
from crawler.archive.write import WarcArchive, digest_of

ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("PANTAU_PYWB_PYTHON", ROOT / ".venv-pywb" / "bin" / "python"))
SAMPLE = ROOT / "sample" / "newsroom.warc.gz"
AT = datetime(2025, 11, 14, 3, 0, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"satu"'))
ODD = ("https://www2.kabaruji.example/berita/1/panen/", "https://kabaruji.example/A%20b/?b=2&a=%C3%A9")
SESSION = "https://kabaruji.example/berita?PHPSESSID=0123456789abcdef0123456789abcdef&id=7"


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def answer(url: str, status: int, body: bytes, at: datetime) -> Exchange:
    return Exchange(url=url, status=status, reason="", headers=HTML, body=body, at=at)


@pytest.mark.skipif(not PYTHON.is_file(), reason="pywb is not in .venv-pywb; .ci/run sets it up")
def test_every_page_plays_with_its_text_and_status(tmp_path: Path) -> None:
    wanted: dict[tuple[str, str], tuple[int, str]] = {}

    def expect(exchange: Exchange, page: Exchange | None = None) -> None:
        body = content_of(page or exchange, max_bytes=10_000_000)
        digest = hashlib.sha256(body).hexdigest()
        wanted[exchange.url, stamp(exchange.at)] = ((page or exchange).status, digest)

    sample = open_archive([SAMPLE])
    with WarcArchive(tmp_path / "warc") as archive:
        for url in sample.urls():
            found = sample.get(url)
            assert found is not None
            archive.save(found[0])
            expect(found[0])
        for url in (*ODD, SESSION):
            first = answer(url, 200, f"<p>Isi {url}</p>".encode(), AT)
            archive.save(first)
            confirmed = answer(url, 304, b"", AT + timedelta(days=8))
            archive.save_revisit(confirmed, first, digest_of(first.body))
            repeated = answer(url, 200, first.body, AT + timedelta(days=9))
            archive.save_revisit(repeated, first, digest_of(first.body))
            changed = answer(url, 200, b"<p>Diubah</p>", AT + timedelta(days=10))
            archive.save(changed)
            expect(first)
            expect(confirmed, first)
            expect(repeated, first)
            expect(changed)
    addresses = [*sample.urls(), *ODD, SESSION]
    played = subprocess.run(
        [PYTHON, ROOT / "tests" / "replay" / "play.py", tmp_path / "pywb", tmp_path / "warc"],
        input="\n".join(addresses),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert played.returncode == 0, played.stderr[-2000:]
    told = json.loads(played.stdout.splitlines()[-1])
    assert told["keys"] == [sort_key(url) for url in addresses]
    pages = {(page["url"], page["stamp"]): (page["status"], page["digest"]) for page in told["pages"]}
    assert {key: (pages.get(key), page) for key, page in wanted.items() if pages.get(key) != page} == {}
