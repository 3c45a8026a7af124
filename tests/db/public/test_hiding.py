"""What is private never reaches the public file, an export or a page; the working database keeps it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest

from db.export import export
from db.public.privacy import Hider
from db.public.publish import publish
from db.records import Person, PilotKecamatan, PrivateWords
from db.serve import build_datasette
from db.store import Store, StoreError
from tests.db.invented import fill_newsroom, fill_reference, make_article, make_facts, quote

TEXT = "Korban Melati Putri (14) di Bukateja. Melati pulang. Ketua RT 03, Parjono, hadir di Bukateja."
NAMES = (b"Melati", b"Putri", b"melati-putri", b"Parjono")
PRIVATE = (
    *(
        PrivateWords(kind="name", printed=printed, shown="[nama disamarkan]")
        for printed in ("Melati Putri (14)", "Melati Putri", "Melati", "Putri")
    ),
    PrivateWords(kind="unlisted", printed="Parjono", shown="Parjono"),
)


@pytest.fixture
def newsroom(path: Path) -> Path:
    with Store(path) as store:
        fill_reference(store)
        fill_newsroom(store)
        article = make_article(
            1,
            TEXT,
            id="p1",
            title="Melati Putri Pulang",
            url="https://warta.example/2025/melati-putri-pulang",
            tags=("Melati Putri", "RPPA"),
        )
        store.save_article(article)
        people = tuple(
            Person(name=name, role="korban", evidence=(quote(article, name),))
            for name in ("Melati Putri", "Parjono")
        )
        pilot = PilotKecamatan(
            kecamatan="Bukateja",
            regency="Kabupaten Purbalingga",
            code="33.03.02",
            evidence=(quote(article, "Putri (14) di Bukateja"), quote(article, "Parjono, hadir")),
        )
        store.save_facts(make_facts(article, people=people, pilot_kecamatan=(pilot,), private=PRIVATE))
    return path


def test_the_public_file_hides_private_words(newsroom: Path) -> None:
    public = publish(newsroom, newsroom.parent / "public.db").path
    data = public.read_bytes()
    assert not [name for name in NAMES[:3] if name in data]
    conn = sqlite3.connect(public)
    assert conn.execute("SELECT count(*) FROM people WHERE article = 'p1'").fetchone() == (0,)
    assert conn.execute("SELECT title, url FROM articles WHERE id = 'p1'").fetchone() == (
        "[nama disamarkan] Pulang",
        "https://warta.example/",
    )
    conn.close()


def test_exports_of_the_working_database_hide_them(newsroom: Path, tmp_path: Path) -> None:
    export(newsroom, tmp_path / "files", ["csv", "jsonl", "geojson", "bibtex"])
    for file in (tmp_path / "files").rglob("*"):
        if file.is_file():
            assert not [name for name in NAMES[:3] if name in file.read_bytes()], file
    assert "Parjono" not in (tmp_path / "files" / "people.csv").read_text("utf-8")


@pytest.mark.parametrize("public", [False, True], ids=["working", "public"])
def test_pages_hide_them(newsroom: Path, public: bool) -> None:
    path = publish(newsroom, newsroom.parent / "public.db").path if public else newsroom
    site = build_datasette(path, public)
    name = path.stem
    pages = [
        "/", "/artikel", "/artikel/p1", "/terbaru", "/umpan/terbaru.atom", "/cari?q=Bukateja",
        "/unduh/articles.csv",
        "/unduh/people.json", "/unduh/sentences.csv", "/unduh/evidence.xlsx", f"/{name}/articles",
        f"/{name}/articles.json?_shape=array", f"/{name}/sentences.csv", f"/{name}/evidence",
        f"/{name}/people.json",
    ]  # fmt: skip

    async def read() -> dict[str, bytes]:
        return {page: (await site.client.get(page, follow_redirects=True)).content for page in pages}

    found = asyncio.run(read())
    assert b"Bukateja" in found["/cari?q=Bukateja"]
    shown = json.loads(found[f"/{name}/articles.json?_shape=array"])
    assert "[nama disamarkan] Pulang" in {row["title"] for row in shown}
    for page, content in found.items():
        assert not [secret for secret in NAMES[:3] if secret in content], page


def test_the_working_database_keeps_what_was_printed(newsroom: Path) -> None:
    with Store(newsroom) as store:
        facts = store.facts_of("p1", "kecamatan-berdaya")
        article = store.article("p1")
    assert facts is not None
    assert article is not None
    assert facts.private == PRIVATE
    for person in facts.people:
        for ev in person.evidence:
            assert article.text[ev.start : ev.end] == ev.quote


def test_nothing_is_published_before_it_was_read(newsroom: Path) -> None:
    with Store(newsroom) as store:
        store.db.execute("UPDATE extractions SET private_read = 0 WHERE article = 'p1'")
    with pytest.raises(StoreError, match=r"1 articles were not read .* run 'pantau extract' first"):
        publish(newsroom, newsroom.parent / "public.db")


def test_hides_whole_words_the_longest_first() -> None:
    hider = Hider(PRIVATE)
    assert (
        hider.hide("Melati Putri (14), Melatiana, Putri.")
        == "[nama disamarkan], Melatiana, [nama disamarkan]."
    )
    assert hider.hide("tanpa nama") == "tanpa nama"


@pytest.mark.parametrize(
    ("url", "tells"),
    [
        ("https://a.example/melati-putri-pulang", True),
        ("https://a.example/2025/siswi_melati_putri.html", True),
        ("https://a.example/?judul=melati+putri", True),
        ("https://a.example/kejuaraan-voli-putri", False),
        ("https://a.example/kebun-melati", False),
    ],
)
def test_addresses_that_spell_a_name(url: str, tells: bool) -> None:
    assert Hider(PRIVATE).tells(url) is tells
