"""A victim's name reaches nothing public; people and articles are taken down for good."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.export import export
from db.public.publish import publish
from db.records import WIB, Article, WarcPointer
from db.serve import build_datasette
from db.store import Store
from db.tables.takedowns import Takedown, black_out, make_takedown
from pipelines.cli import main
from pipelines.share.news import read_digest

VICTIM = ("Melati", "Larasati", "Kusmiyati", "SMPN 2", "RT 02", "melati-larasati")
TEXT = """PURBALINGGA - Bukateja menjadi percontohan program Kecamatan Berdaya di Kabupaten Purbalingga.

Korban kekerasan seksual, Melati Larasati (14), siswi SMPN 2 Bukateja, didampingi RPPA Kecamatan Bukateja \
sejak Senin. Ibu korban, Kusmiyati, tinggal di RT 02/RW 05 Desa Majasari.

Camat Bukateja, Heru Wicaksono, mengatakan Melati sudah pulang. \
Dinas Sosial Purbalingga menangani RPPA bagi korban.
"""


def make_article(number: int, text: str, title: str, slug: str) -> Article:
    day = datetime(2025, 11, 12, 9, tzinfo=WIB)
    return Article(
        id=f"warta:{number}",
        url=f"https://warta.example/{slug}",
        outlet="warta",
        title=title,
        text=text,
        published_at=day,
        fetched_at=day,
        tags=("Melati Larasati",) if number == 1 else (),
        warc=WarcPointer(file=f"warta-{number}.warc.gz", offset=0, digest="sha1:A"),
    )


REPORT = make_article(1, TEXT, "Melati Larasati Didampingi RPPA Bukateja", "melati-larasati-didampingi-rppa")
OTHER = make_article(
    2,
    "KENDAL - Kecamatan Boja menjadi percontohan Kecamatan Berdaya di Kabupaten Kendal.\n\n"
    "Camat Boja, Sartono Hadi, membuka acara. Camat Boja Sartono Hadi menyebut ada RPPA di sana.",
    "Boja Jadi Percontohan",
    "boja",
)


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data" / "pantau.db"
    path.parent.mkdir()
    with Store(path) as store:
        store.save_outlets(
            [
                {
                    "slug": "warta",
                    "name": "Warta",
                    "home": "https://warta.example/",
                    "platform": "wordpress",
                    "confidence": "high",
                    "regencies": (),
                }
            ]
        )
        for article in (REPORT, OTHER):
            assert store.save_article(article) == "stored"
    assert main(["extract", "--quiet"]) == 0
    return path


def find_words(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """(file, word) of each word that a file of a folder holds, also within a workbook."""
    found = []
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        data = file.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                data = b"".join(book.read(name) for name in book.namelist())
        found += [(file.name, word) for word in words if word.encode() in data]
    return found


PAGES = [
    "/",
    "/en/",
    "/terbaru",
    "/artikel",
    "/artikel/warta:1",
    "/wilayah/33.03",
    "/kecamatan/33.03.02",
    "/pilar/rppa",
    "/matriks",
    "/kecamatan",
    "/sumber",
    "/umpan/terbaru.atom",
    "/umpan/wilayah/33.03.atom",
    "/kalender.ics",
    "/cari?q=RPPA",
    "/cari?q=Melati",
    "/unduh/all_claims.csv",
    "/unduh/people.json",
]
TABLES = ("sentences", "fetches.json", "articles.csv", "responsibility_matrix.json")


def read_pages(path: Path, public: bool) -> dict[str, bytes]:
    site = build_datasette(path, public)
    name = path.stem
    pages = PAGES + [f"/{name}/{table}" for table in TABLES]

    async def read() -> dict[str, bytes]:
        return {page: (await site.client.get(page, follow_redirects=True)).content for page in pages}

    return asyncio.run(read())


def test_a_victim_is_named_in_nothing_public(newsroom: Path, tmp_path: Path) -> None:
    public = publish(newsroom, newsroom.with_name("public.db")).path
    assert not [word for word in VICTIM if word.encode() in public.read_bytes()]
    every = ["csv", "xlsx", "jsonl", "geojson", "bibtex", "datapackage"]
    for source, target in ((newsroom, "from-working"), (public, "from-public")):
        export(source, tmp_path / target, every)
        assert find_words(tmp_path / target, VICTIM) == []
        assert find_words(tmp_path / target, ("Heru Wicaksono",))
    with Store(newsroom) as store:
        digest = repr(read_digest(store, datetime(2020, 1, 1, tzinfo=UTC)))
    assert "Bukateja" in digest
    assert not [word for word in VICTIM if word in digest]
    for path in (public, newsroom):
        for page, content in read_pages(path, path == public).items():
            # what a reader searches for is shown again in the form
            words = VICTIM[1:] if "Melati" in page else VICTIM
            assert not [word for word in words if word.encode() in content], (path.name, page)


def take_down(*options: str) -> int:
    return main(["takedown", *options, "--quiet", "--reason", "surat permintaan 3 Desember"])


def test_a_person_is_taken_down_for_good(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "--quiet"]) == 0
    assert main(["backup", "--quiet"]) == 0
    name = ("Sartono", "Sartono Hadi")
    assert find_words(newsroom.parent, name[1:])
    assert main(["takedown", "--person", "Sartono Hadi", "--reason", "surat permintaan 3 Desember"]) == 1
    told = capsys.readouterr()
    assert "warta-2.warc.gz: still holds it" in told.out + told.err
    assert "backups" in told.out + told.err
    held = {file for file, _ in find_words(newsroom.parent, name[1:])}
    assert all(file.startswith("pantau-") for file in held), held  # the backup, which was told
    log = Path("corrections/takedowns.jsonl").read_text("utf-8")
    assert "Sartono" not in log
    assert "surat permintaan" in log
    # A new crawl, a new extraction and a new publication do not bring it back.
    with Store(newsroom) as store:
        assert store.save_article(OTHER) == "unchanged"
        kept = store.article(OTHER.id)
        assert kept is not None
        assert "███████ ████" in kept.text
        assert len(kept.text) == len(OTHER.text)
    assert main(["extract", "--all", "--quiet"]) == 0
    assert main(["publish", "--quiet"]) == 0
    assert not find_words(newsroom.parent / "public.db", name)
    with Store(newsroom) as store:
        assert not store.db.execute("SELECT 1 FROM people WHERE name LIKE '%Sartono%'").fetchall()


def test_an_article_is_taken_down_for_good(newsroom: Path) -> None:
    assert main(["publish", "--quiet"]) == 0
    assert take_down("--article", "warta:2") == 1  # its WARC file
    with Store(newsroom) as store:
        assert store.article("warta:2") is None
        assert store.save_article(OTHER) == "taken-down"
    assert b"Boja Jadi" not in newsroom.with_name("public.db").read_bytes()
    assert "boja" not in Path("corrections/takedowns.jsonl").read_text("utf-8")


def test_a_restored_database_learns_it_from_the_log(newsroom: Path) -> None:
    before = newsroom.read_bytes()
    take_down("--article", OTHER.url)
    newsroom.write_bytes(before)
    assert main(["extract", "--quiet"]) == 0
    with Store(newsroom) as store:
        assert store.article("warta:2") is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--person", "Hadi", "--reason", "x"], "full name"),
        (["--person", "Sartono Hadi", "--reason", "surat Sartono Hadi"], "must not hold the name"),
        (["--article", "warta:9", "--reason", "x"], "no article warta:9"),
        (["--reason", "x"], "one of them"),
    ],
)
def test_what_cannot_be_taken_down(
    newsroom: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["takedown", *options]) == 2
    assert said in capsys.readouterr().err
    assert not Path("corrections/takedowns.jsonl").exists()


def test_another_folder_of_corrections_is_refused(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take_down("--article", "warta:2")
    assert take_down("--article", "warta:1", "--corrections", "elsewhere") == 2
    assert "name the right folder with --corrections" in capsys.readouterr().err


def test_blacks_out_whole_names_alone() -> None:
    one: Takedown = make_takedown("person", "Siti Aminah", "surat", datetime(2026, 1, 1, tzinfo=UTC).date())
    text = "SITI AMINAH dan Siti  Aminah, bukan Siti Aminahwati atau Aminah."
    assert black_out(text, [one]) == "████ ██████ dan ████  ██████, bukan Siti Aminahwati atau Aminah."
