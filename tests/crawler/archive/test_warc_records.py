"""WARC files that were cut or altered anywhere, and disks that fill up: used as far as whole, told once."""

from __future__ import annotations

import errno
import gzip
import random
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.cdxj import index_path, save_index
from crawler.archive.foreign import find_responses
from crawler.archive.read import open_archive
from crawler.archive.warc_records import (
    ArchiveError,
    DamageError,
    Exchange,
    read_record,
    reading,
    scan_records,
)
from crawler.archive.write import WarcArchive

SAMPLE = Path(__file__).parents[3] / "sample" / "newsroom.warc.gz"
CRAWLER = Path(__file__).parents[3] / "crawler"


@pytest.fixture(scope="module")
def packed() -> bytes:
    """The first records of the sample newsroom, each a gzip member."""
    damages: list[str] = []
    end = 0
    for number, record in enumerate(scan_records(SAMPLE, damages)):
        end = record.offset + record.length
        if number == 40:
            break
    assert not damages
    return SAMPLE.read_bytes()[:end]


@pytest.fixture(scope="module")
def plain(packed: bytes) -> bytes:
    return gzip.decompress(packed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    """A few bytes altered, one after another."""
    altered = bytearray(data)
    start = chance.randrange(len(data))
    for at in range(start, min(start + chance.randint(1, 4), len(data))):
        altered[at] ^= chance.randint(1, 255)
    return bytes(altered)


def lose(data: bytes, chance: random.Random) -> bytes:
    """A stretch out of the middle."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 5000) :]


def bodies(path: Path) -> dict[str, bytes]:
    """URL -> body of each response that the index offers."""
    try:
        replay = open_archive([path])
    except ArchiveError:  # nothing in it is whole
        return {}
    found = {}
    for url in replay.urls():
        answer = replay.get(url)
        assert answer is not None
        found[url] = answer[0].body
    return found


class SmallDisk(FileIO):
    """A file on a disk that has room for `room` bytes of it."""

    room = 3_000

    def write(self, data: memoryview) -> int:  # type: ignore[override]
        free = self.room - self.tell()
        if free <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data[:free])


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on WARC files stand on such a disk."""
    real = Path.open

    def open_file(path: Path, *args: Any, **more: Any) -> Any:
        return (
            SmallDisk(path, args[0]) if path.suffix == ".gz" and "x" in args[0] else real(path, *args, **more)
        )

    monkeypatch.setattr(Path, "open", open_file)


@pytest.mark.parametrize("damage", [cut, flip, lose])
@pytest.mark.parametrize("kind", ["packed", "plain"])
def test_whatever_the_damage_nothing_is_raised_and_nothing_altered_is_taken(
    damage: Callable[[bytes, random.Random], bytes], kind: str, packed: bytes, plain: bytes, tmp_path: Path
) -> None:
    data = packed if kind == "packed" else plain
    name = "x.warc.gz" if kind == "packed" else "x.warc"
    (tmp_path / name).write_bytes(data)
    # Of an address that was fetched twice, the earlier answer stands in for a later one.
    every = {exchange.body for _, _, exchange in find_responses(tmp_path / name, lambda _: True, [])}
    assert set(bodies(tmp_path / name).values()) <= every
    chance = random.Random(f"{damage.__name__} {kind}")
    for number in range(60):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / name
        path.write_bytes(damage(data, chance))
        found = bodies(path)
        assert set(found.values()) <= every
        assert len(save_index(path)) <= 1
        assert len(index_path(path).read_text("utf-8").splitlines()) >= len(found)
        damages: list[str] = []
        foreign = list(find_responses(path, lambda _: True, damages))
        assert len(foreign) >= len(found)
        assert len(damages) <= 1
        assert all("\n" not in line and str(path) in line for line in damages)


def test_a_crawl_starts_over_a_cut_archive_and_tells_of_it_once(
    packed: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(5)
    for number in range(5):
        (tmp_path / f"cut-{number}.warc.gz").write_bytes(cut(packed, chance))
    with WarcArchive(tmp_path) as archive:
        archive.save(Exchange(url="https://kabaruji.example/1", status=200, body=b"isi"))
    told = [record.message for record in caplog.records]
    assert all(sum(f"cut-{number}." in line for line in told) <= 1 for number in range(5))
    assert any("damaged or cut at byte" in line for line in told)
    caplog.clear()
    WarcArchive(tmp_path).close()
    assert not caplog.records


def test_a_record_is_not_read_from_where_none_begins(packed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(packed)
    for offset in (1, 17, len(packed) - 3, len(packed), 10**9):
        with pytest.raises(DamageError, match=r"no readable record at byte \d+"):
            read_record(path, offset)
    with pytest.raises(DamageError, match="No such file"):
        read_record(tmp_path / "none.warc.gz", 0)


@pytest.mark.parametrize(
    "error",
    [AttributeError("'NoneType'"), RecursionError("deep"), KeyError("\n\x00"), OSError(5, "I/O error")],
)
def test_whatever_a_reader_raises_is_damage_in_one_line(error: Exception) -> None:
    with pytest.raises(DamageError) as caught, reading("x.warc.gz"):
        raise error
    assert str(caught.value).startswith("x.warc.gz: ")
    assert "\n" not in str(caught.value)


def test_one_module_alone_reads_warc_records() -> None:
    readers = ("warcio.archiveiterator", "warcio.bufferedreaders", "warcio.recordloader", "zlib.decompress")
    found = {
        path.name
        for path in CRAWLER.rglob("*.py")
        if any(reader in path.read_text("utf-8") for reader in readers)
        and "def content_of" not in path.read_text("utf-8")  # undoes a body's Content-Encoding
        and "def unpack" not in path.read_text("utf-8")  # undoes a sitemap's gzip
    }
    assert found == {"warc_records.py"}


def test_a_disk_that_fills_up_leaves_a_file_that_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch)
    archive = WarcArchive(tmp_path)
    noise = random.Random(3)
    saved = 0
    words = ""
    for number in range(20):
        try:
            url = f"https://kabaruji.example/{number}"
            archive.save(Exchange(url=url, status=200, body=noise.randbytes(400)))
            saved += 1
        except ArchiveError as error:
            words = str(error)
    monkeypatch.undo()
    assert "can't be written: No space left on device; check the archive's folder" in words
    assert saved
    archive.close()
    (path,) = tmp_path.glob("*.warc.gz")
    replay = open_archive([path])
    assert (len(replay), replay.warnings) == (saved, ())
    assert len(index_path(path).read_text("utf-8").splitlines()) == saved
    with path.open("rb") as stream:
        assert sum(record.rec_type == "response" for record in ArchiveIterator(stream)) == saved
