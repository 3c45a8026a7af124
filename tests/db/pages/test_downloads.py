"""Lists come whole, in three formats, with the same rows, and nothing in them runs."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import zipfile
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from db.pages import downloads
from db.public.publish import publish
from db.serve import build_datasette
from db.store import Store
from tests.db.invented import fill_reference, make_article, make_facts, quote
from tests.db.pages.conftest import HOSTILE, Ask

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_sheet(data: bytes, number: int = 2) -> list[list[str]]:
    """The cells of a sheet as text, from its XML; the first is the cover."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert not any("externalLink" in name or "hyperlink" in name.lower() for name in book.namelist())
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    assert root.find(f".//{_SHEET}f") is None  # a formula
    assert root.find(f".//{_SHEET}hyperlink") is None
    return [
        ["".join(cell.itertext()) for cell in row.findall(f"{_SHEET}c")] for row in root.iter(f"{_SHEET}row")
    ]


def test_three_formats_hold_the_same(ask: Ask) -> None:
    for name in ("pilots", "all_claims", "coverage"):
        table, sheet, data = (ask("public", f"/unduh/{name}.{kind}") for kind in ("csv", "xlsx", "json"))
        rows = list(csv.reader(io.StringIO(table.text)))
        records = data.json()
        assert rows[0] == list(records[0])
        assert len(read_sheet(sheet.content)[0]) == len(rows[0])
        assert len(rows) - 1 == len(records) == len(read_sheet(sheet.content)) - 1 > 1
        assert [row[0] for row in rows[1:]] == [str(record[rows[0][0]]) for record in records]
        assert table.headers["content-disposition"] == f'attachment; filename="pantau-{name}.csv"'


def test_lists_are_filtered_by_their_columns(ask: Ask) -> None:
    names = [row["kecamatan"] for row in ask("public", "/unduh/pilots.json?regency_code=33.03").json()]
    assert names == ["Bukateja", "Karangreja"]
    assert ask("public", "/unduh/pilots.json?regency_code=33.74").json() == []
    assert ask("public", "/unduh/pilots.json?code=33.03.02%27+OR+1--").json() == []
    for query in ("sandi=1", "stories__kiraan=1", "_sort=sandi", "_sort_desc=sandi"):
        refused = ask("public", f"/unduh/pilots.csv?{query}")
        assert refused.status_code == 400
        assert "sandi" in refused.text or "kiraan" in refused.text


def test_a_tables_page_offers_what_it_shows_and_all_of_it(ask: Ask) -> None:
    for query, expected in (
        ("stories__gt=1", ["Bukateja"]),
        ("kecamatan__contains=reja&_facet=regency", ["Karangreja"]),
        ("_sort_desc=kecamatan", ["Karangreja", "Bukateja"]),
        ("_sort=kecamatan&_size=1", ["Bukateja", "Karangreja"]),
    ):
        page = ask("public", f"/public/pilots?{query}").text
        links = re.findall(r'href="(/unduh/pilots\.json[^"]*)"', page)
        assert links == [f"/unduh/pilots.json?{query.replace('&', '&amp;')}"]
        assert [row["kecamatan"] for row in ask("public", unescape(links[0])).json()] == expected
    found = ask("public", "/unduh/sentences.json?_search=lokasi").json()
    assert found
    assert all("lokasi" in row["sentence"] for row in found)


def test_a_workbook_explains_itself(ask: Ask) -> None:
    for prefix, cover, heading in (("", "Baca dulu", "Kabupaten/kota"), ("/en", "Read first", "Regency")):
        book = ask("public", f"{prefix}/unduh/pilots.xlsx?regency_code=33.03").content
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            assert cover in parts.read("xl/workbook.xml").decode()
            sheet = parts.read("xl/worksheets/sheet2.xml").decode()
        assert 'state="frozen"' in sheet
        assert "<autoFilter" in sheet
        told = " ".join(cell for row in read_sheet(book, 1) for cell in row)
        assert "regency_code=33.03" in told
        assert "MIT" in told
        assert heading in read_sheet(book)[0]
        assert "33.03.02" in [cell for row in read_sheet(book) for cell in row]


def test_codes_survive_a_spreadsheet_and_are_explained(ask: Ask) -> None:
    text = ask("public", "/unduh/pilots.csv?_excel=1").text
    assert text.startswith("\ufeff")
    assert '"=""33.03.02"""' in text
    guide = list(csv.DictReader(io.StringIO(ask("public", "/unduh/pilots.kolom.csv").text)))
    assert {row["column"]: row["type"] for row in guide}["code"] == "text (code)"
    assert all(row["arti"] and row["meaning"] for row in guide)
    assert ask("public", "/unduh/tidak_ada.kolom.csv").status_code == 404


def test_sql_of_ones_own_has_one_address_and_all_formats(ask: Ask) -> None:
    sql = "select+kecamatan,+code+from+pilots+where+stories+>+cast(:least+as+integer)&least=0"
    for site in ("public", "pantau"):
        answer = ask(site, f"/sql?sql={sql}")
        assert answer.status_code == 302
        page = ask(site, answer.headers["location"]).text
        assert "Bukateja" in page
        assert 'href="/sql?sql=' in page
        assert "responsibility_matrix" in page  # the schema beside it
        assert [row["code"] for row in ask(site, f"/unduh/sql.json?sql={sql}").json()] == [
            "33.03.02",
            "33.03.10",
        ]
        assert read_sheet(ask(site, f"/unduh/sql.xlsx?sql={sql}").content)[1] == ["Bukateja", "33.03.02"]
    for refused in ("", "drop+table+pilots", "select+*+from+nichts", "select+%00"):
        assert ask("public", f"/unduh/sql.csv?sql={refused}").status_code == 400, refused


def test_answers_to_questions_come_whole(ask: Ask) -> None:
    rows = ask("public", "/unduh/tanya/percontohan.json?wilayah=purbalingga").json()
    assert [row["kecamatan"] for row in rows] == ["Bukateja", "Karangreja"]


def test_hostile_cells_are_text(ask: Ask) -> None:
    records = ask("harm", "/unduh/people.json").json()
    assert {record["name"] for record in records} == set(HOSTILE)
    cells = [cell for row in csv.reader(io.StringIO(ask("harm", "/unduh/people.csv").text)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    own = csv.reader(io.StringIO(ask("harm", "/harm/people.csv?_stream=1").text))
    assert not any(cell.startswith(("=", "+", "@")) for row in own for cell in row)
    sheet = read_sheet(ask("harm", "/unduh/people.xlsx").content)
    assert "=HYPERLINK(1)" in [cell for row in sheet for cell in row]
    assert any("A" * 10_000 in cell for row in sheet for cell in row)


def test_no_cap_hides_rows(tmp_path: Path, monkeypatch: Any) -> None:
    """More rows than Datasette shows, than a batch holds, than a sheet holds."""
    import asyncio

    from db.records import Person

    words = [f"Orang{number}" for number in range(2600)]
    with Store(tmp_path / "many.db") as store:
        fill_reference(store)
        article = make_article(1, ". ".join(words) + ".")
        store.save_article(article)
        store.save_facts(
            make_facts(
                article,
                people=tuple(Person(name=w, role="", evidence=(quote(article, f"{w}."),)) for w in words),
            )
        )
    publish(tmp_path / "many.db", tmp_path / "public.db")
    site = build_datasette(tmp_path / "public.db", public=True)

    async def get(url: str) -> Any:
        await site.invoke_startup()
        return await site.client.get(url)

    assert len(asyncio.run(get("/unduh/people.json")).json()) == 2600
    assert asyncio.run(get("/unduh/people.csv")).text.count("Orang2599") > 0
    monkeypatch.setattr(downloads, "MAX_ROWS", 1001)
    book = asyncio.run(get("/unduh/people.xlsx")).content
    sheets = [read_sheet(book, number) for number in (2, 3, 4)]
    assert [len(sheet) for sheet in sheets] == [1001, 1001, 601]
    assert all(sheet[0] == sheets[0][0] for sheet in sheets)
    with closing(sqlite3.connect(tmp_path / "public.db")) as conn:
        assert conn.execute("SELECT count(*) FROM people").fetchone() == (2600,)


def test_what_is_new_is_downloaded_as_it_is_shown(ask: Ask) -> None:
    page = ask("public", "/terbaru?sejak=2025-11-05").text
    links = [unescape(link) for link in re.findall(r'href="(/unduh/[^"]+\.json[^"]*)"', page)]
    assert len(links) > 2
    assert all("2025-11-05" in link for link in links)
    rows = {link: ask("public", link).json() for link in links}
    assert all(rows.values())
    first = next(link for link in links if "/pilots" in link)
    assert [row["kecamatan"] for row in rows[first]] == ["Karangreja"]
