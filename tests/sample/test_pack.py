"""The packed WARC files agree with the articles and can be opened by others."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sample import pack
from sample.sites import Site
from tests.sample.conftest import Stories

SAMPLE = Path(pack.__file__).parent


def test_committed_files_are_up_to_date() -> None:
    assert pack.check_packs() == []


def test_the_same_bytes_on_each_run() -> None:
    visit, later = pack.PACKS["newsroom.warc.gz"]
    assert pack.build_pack(visit, later) == pack.build_pack(visit, later)


def test_an_outdated_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "newsroom.warc.gz").write_bytes((SAMPLE / "newsroom-later.warc.gz").read_bytes())
    problems = pack.check_packs(tmp_path)
    assert len(problems) == 2
    assert "differs" in problems[0]
    assert "can't be read" in problems[1]
    assert all("python -m sample.pack" in line for line in problems)


@pytest.mark.parametrize("name", pack.PACKS)
def test_warcio_finds_no_fault(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    class Options:
        verbose = False
        inputs = (str(SAMPLE / name),)

    checker = Checker(Options)
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", pack.PACKS)
def test_records(name: str, sites: dict[str, Site], first: Stories, second: Stories) -> None:
    kinds: Counter[str] = Counter()
    urls: Counter[str] = Counter()
    ids: set[str] = set()
    with (SAMPLE / name).open("rb") as stream:
        for record in ArchiveIterator(stream):
            kinds[record.rec_type] += 1
            ids.add(record.rec_headers["WARC-Record-ID"])
            assert record.rec_headers.protocol == "WARC/1.1"
            if record.rec_type == "response":
                urls[record.rec_headers["WARC-Target-URI"]] += 1
                assert record.http_headers.get_statuscode() == "200"
                assert record.rec_headers["WARC-Payload-Digest"].startswith("sha1:")
    assert kinds["warcinfo"] == 1
    assert kinds["request"] == kinds["response"] == len(urls)
    assert len(ids) == kinds.total()
    assert set(urls.values()) == {1}
    stories = second if "later" in name else first
    for slug, site in sites.items():
        assert f"{site.base}/robots.txt" in urls
        for story in stories[slug]:
            assert site.address(story) in urls


def test_command_says_what_it_did() -> None:
    call = [sys.executable, "-m", "sample.pack", "--check"]
    done = subprocess.run(call, cwd=SAMPLE.parent, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "up to date")
