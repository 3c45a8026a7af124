"""What others check an archive with finds nothing: warcio and fastwarc, on answers, repeats and a 304."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive.warc_records import Exchange
from crawler.archive.write import WarcArchive, digest_of

AT = datetime(2025, 11, 14, 3, 0, tzinfo=UTC)


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """A file with an answer, its repeat, and that it had not changed."""

    def answer(status: int, body: bytes, days: int) -> Exchange:
        url, headers = "https://kabaruji.example/berita/1/panen", (("Content-Type", "text/html"),)
        return Exchange(url=url, status=status, headers=headers, body=body, at=AT + timedelta(days=days))

    first = answer(200, b"<p>Isi</p>", 0)
    with WarcArchive(tmp_path) as archive:
        archive.save(first)
        archive.save_revisit(answer(200, first.body, 1), first, digest_of(first.body))
        archive.save_revisit(answer(304, b"", 2), first, digest_of(first.body))
    (file,) = tmp_path.glob("*.warc.gz")
    return file


@pytest.mark.parametrize("checker", ["warcio", "fastwarc"])
def test_a_checker_finds_nothing(warc: Path, checker: str) -> None:
    command = Path(sys.executable).with_name(checker)
    checked = subprocess.run([command, "check", warc], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
