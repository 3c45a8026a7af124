"""The archive: written and read back, rotated, cut, and what foreign tools wrote."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.read import content_of, file_name, open_archive
from crawler.archive.warc_records import ArchiveError, Exchange
from crawler.archive.write import WarcArchive

AT = datetime(2025, 12, 10, 2, 30, 0, 123456, tzinfo=UTC)


def exchange(number: int, **more: object) -> Exchange:
    given: dict[str, object] = {
        "url": f"https://kabaruji.example/berita/{number}/judul",
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html"), ("X-Dua", "a"), ("X-Dua", "b")),
        "body": f"<p>Berita {number}</p>".encode() * 50,
        "at": AT,
        "request_headers": (("User-Agent", "PantauBerdaya/1"), ("Host", "salah.example")),
        "ip_address": "203.0.113.5",
    } | more
    return Exchange(**given)  # type: ignore[arg-type]


def write(folder: Path, *exchanges: Exchange, **more: Any) -> Path:
    with WarcArchive(folder, **more) as archive:
        for one in exchanges:
            archive.save(one)
    return next(folder.glob("*.warc.gz"))


def records(path: Path) -> list[tuple[str, StatusAndHeaders, StatusAndHeaders, bytes]]:
    with path.open("rb") as stream:
        return [
            (r.rec_type, r.rec_headers, r.http_headers, r.raw_stream.read())
            for r in ArchiveIterator(stream, check_digests="raise")
        ]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        pointers = [archive.save(exchange(n)) for n in range(3)]
    replay = open_archive([tmp_path])
    assert len(replay) == 3
    for number, pointer in enumerate(pointers):
        answer = replay.get(exchange(number).url)
        assert answer is not None
        found, place = answer
        assert (found.status, found.body, found.at, found.ip_address) == (
            200,
            exchange(number).body,
            AT,
            "203.0.113.5",
        )
        assert [v for k, v in found.headers if k == "X-Dua"] == ["a", "b"]
        assert (place.offset, place.digest) == (pointer.offset, pointer.digest)
        assert file_name(tmp_path, place.file) == pointer.file
    assert replay.get("https://kabaruji.example/lain") is None


def test_records_are_warc_1_1_with_digests(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(1))
    info, response, request = records(path)
    assert [r[0] for r in (info, response, request)] == ["warcinfo", "response", "request"]
    assert b"software: pantau-berdaya" in info[3]
    for _, head, _, _ in (response, request):
        assert head.protocol == "WARC/1.1"
        assert head.get_header("WARC-Date") == "2025-12-10T02:30:00.123456Z"
        assert (head.get_header("WARC-Block-Digest") or "").startswith("sha1:")
        assert (head.get_header("WARC-Payload-Digest") or "").startswith("sha1:")
    assert response[1].get_header("WARC-IP-Address") == "203.0.113.5"
    assert request[1].get_header("WARC-Concurrent-To") == response[1].get_header("WARC-Record-ID")
    assert request[2].statusline.startswith("/berita/1/judul HTTP/1.1")
    assert [v for k, v in request[2].headers if k == "Host"] == ["kabaruji.example"]


def test_headers_fit_the_body_that_is_kept(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>isi</p>")
    path = write(
        tmp_path,
        exchange(
            1,
            body=packed,
            headers=(("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("Content-Length", "9")),
        ),
    )
    head = records(path)[1][2]
    assert head.get_header("Content-Length") == str(len(packed))
    assert head.get_header("Transfer-Encoding") is None
    assert head.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    answer = open_archive([path]).get(exchange(1).url)
    assert answer is not None
    assert answer[0].body == packed
    assert content_of(answer[0], max_bytes=1000) == b"<p>isi</p>"
    with pytest.raises(ArchiveError, match="after unpacking"):
        content_of(answer[0], max_bytes=5)


def test_the_latest_answer_wins(tmp_path: Path) -> None:
    older, newer = exchange(1, body=b"lama"), exchange(1, body=b"baru", at=AT.replace(hour=9))
    for order in ((older, newer), (newer, older)):
        folder = tmp_path / order[0].body.decode()
        answer = open_archive([write(folder, *order)]).get(older.url)
        assert answer is not None
        assert answer[0].body == b"baru"


def test_files_are_rotated_by_size_and_never_shared(tmp_path: Path) -> None:
    noise = random.Random(7)
    with WarcArchive(tmp_path, max_bytes=3000) as one, WarcArchive(tmp_path, max_bytes=3000) as other:
        for number in range(6):
            one.save(exchange(number, body=noise.randbytes(1500)))
            other.save(exchange(number + 10, body=noise.randbytes(1500)))
    files = list(tmp_path.glob("*.warc.gz"))
    assert len(files) > 3
    assert all(records(path) for path in files)
    assert len(open_archive([tmp_path])) == 12


def test_an_archive_is_readable_up_to_any_cut(tmp_path: Path) -> None:
    path = write(tmp_path / "whole", *(exchange(n) for n in range(5)))
    data = path.read_bytes()
    last = 0
    for cut in range(len(data) // 7, len(data) + 1, len(data) // 7):
        (tmp_path / "part").mkdir(exist_ok=True)
        (tmp_path / "part" / "cut.warc.gz").write_bytes(data[:cut])
        replay = open_archive([tmp_path / "part"])
        assert len(replay) >= last
        last = len(replay)
        assert all(replay.get(url) for url in replay.urls())
        assert len(replay.warnings) <= 1
    assert last == 5


def test_damage_in_the_middle_costs_what_it_hits(tmp_path: Path) -> None:
    with WarcArchive(tmp_path / "whole") as archive:
        pointers = [archive.save(exchange(n)) for n in range(6)]
    data = bytearray((tmp_path / "whole" / pointers[0].file).read_bytes())
    hit = pointers[3].offset + 60
    damaged = tmp_path / "damaged.warc.gz"
    damaged.write_bytes(data[:hit] + data[hit + 40 :])
    replay = open_archive([damaged])
    assert [exchange(n).url in replay for n in range(6)] == [True, True, True, False, True, True]
    (warning,) = replay.warnings
    assert warning.startswith(f"{damaged}: damaged or cut at byte {pointers[3].offset}, ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"bukan warc\n" * 20, "no WARC file"),
        (
            gzip.compress(b"x" * 500),
            "damaged or cut at byte 0, after 0 whole records; nothing in it is whole",
        ),
        (b"\x1f\x8b\x08\x00rusak", "damaged or cut"),
    ],
    ids=["empty", "text", "gzip of text", "broken gzip"],
)
def test_what_is_no_archive_is_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=message) as caught:
        open_archive([path])
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such WARC file"):
        open_archive([tmp_path / "tidak-ada.warc.gz"])
    assert len(open_archive([tmp_path])) == 0
    (tmp_path / "berkas").write_text("")
    with pytest.raises(ArchiveError, match="can't be made"):
        WarcArchive(tmp_path / "berkas")


def foreign(gzipped: bool, *, chunked: bool = False) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=gzipped)  # WARC/1.0
    body = b"5\r\nhalo \r\n5\r\ndunia\r\n0\r\n\r\n" if chunked else b"halo dunia"
    head = [("Content-Type", "text/plain")] + ([("Transfer-Encoding", "chunked")] if chunked else [])
    for number in range(2):
        writer.write_record(
            writer.create_warc_record(
                f"https://kabaruji.example/{number}",
                "response",
                payload=BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders("200 OK", head, protocol="HTTP/1.1"),
            )
        )
    return out.getvalue()


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("chunked", [True, False])
def test_files_of_other_tools(tmp_path: Path, gzipped: bool, chunked: bool) -> None:
    path = tmp_path / ("x.warc.gz" if gzipped else "x.warc")
    path.write_bytes(foreign(gzipped, chunked=chunked))
    replay = open_archive([path])
    assert list(replay.urls()) == ["https://kabaruji.example/0", "https://kabaruji.example/1"]
    for url in replay.urls():
        answer = replay.get(url)
        assert answer is not None
        assert answer[0].body == b"halo dunia"
        assert not any(k.lower() == "transfer-encoding" for k, _ in answer[0].headers)


def test_a_file_that_is_compressed_as_a_whole_says_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(foreign(False)))
    replay = open_archive([path])
    assert any("warcio recompress" in line for line in replay.warnings)


def test_urls_are_compared_as_the_web_does(tmp_path: Path) -> None:
    replay = open_archive([write(tmp_path, exchange(1, url="https://KabarUji.example"))])
    assert "https://kabaruji.example/" in replay
    assert "https://kabaruji.example/#isi" in replay
    assert "http://kabaruji.example/" not in replay
