"""Each format by its own rules, read back by other means than those that wrote it."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.claim_kinds import CLAIM_TYPES
from db.describe import check_descriptions
from db.export import export, workbook
from db.export.bibtex import build_entry, escape, make_key
from db.export.cells import neutralise
from db.export.columns import Schema, Table
from db.export.filters import Filters
from db.export.tables import build_tables
from db.export.words import find_description, find_heading, find_meaning, find_values
from db.public.publish import publish
from db.records import ArticlePillar, OtherStatus
from db.store import Store
from tests.db.export.test_tables import TABLES, read_csv, read_lines
from tests.db.invented import HOSTILE, contest_figures, fill_newsroom, make_article, make_facts, quote

SIGNS = tuple("=+-@\t\r\n＝＋－＠")

FORMULA = '=HYPERLINK("https://warta.example/","klik")'


@pytest.fixture
def newsroom(store: Store) -> Path:
    fill_newsroom(store)
    contest_figures(store)
    return store.path


@pytest.fixture
def hostile(store: Store) -> Path:
    """Articles whose titles, bylines and sentences would run as formulas."""
    for number, words in enumerate(
        [FORMULA, "+62 RPPA", "-1 RPPA", "@RPPA", " =RPPA", "\t=RPPA", "RPPA;=1+1"]
    ):
        article = make_article(
            number + 1, f"{words} RPPA. Warga menunggu.", title=words, authors=(words, "-2")
        )
        store.save_article(article)
        pillar = ArticlePillar(pillar="rppa", evidence=(quote(article, words),))
        store.save_facts(make_facts(article, pillars=(pillar,)))
    return store.path


class TestCells:
    @given(st.text(alphabet=st.sampled_from("=+-@\t\r\n;'\" a1\x00\x1fé＝"), max_size=8) | st.text())
    @settings(max_examples=300, deadline=None)
    def test_no_cell_starts_a_formula(self, text: str) -> None:
        cell = neutralise(text)
        assert not cell.startswith(SIGNS)
        assert not cell.lstrip(" \xa0").startswith(SIGNS)
        # A spreadsheet that parts columns at semicolons, and one that reads line by line.
        for part in re.split(r"[;\t\r\n]", cell)[1:]:
            assert not part.lstrip(" \xa0'\"").startswith(SIGNS) or part.lstrip(' \xa0"').startswith("'")

    @given(st.text())
    @settings(max_examples=200, deadline=None)
    def test_nothing_but_apostrophes_is_added(self, text: str) -> None:
        kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", text)
        assert neutralise(text).replace("'", "") == kept.replace("'", "")

    @pytest.mark.parametrize("text", ["Bukateja", "Rp 5 juta; naik 10%", "a = b", "Jl. A-1", "'kutipan'", ""])
    def test_other_texts_stay(self, text: str) -> None:
        assert neutralise(text) == text


def test_no_csv_cell_starts_a_formula(hostile: Path, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out", ["csv"])
    rows = read_csv(tmp_path / "out" / "articles.csv")
    assert f"'{FORMULA}" in {row["title"] for row in rows}
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for cell in (cell for row in csv.reader(file) for cell in row):
                assert not cell.startswith(SIGNS) or re.fullmatch(r"-\d+\.\d+", cell), cell
    # What is read by programs stands as it was printed.
    export(hostile, tmp_path / "out", ["jsonl"])
    assert FORMULA in {row["title"] for row in read_lines(tmp_path / "out" / "articles.jsonl")}


@dataclass
class Sheet:
    """A sheet as another program reads it."""

    xml: ElementTree.Element
    links: dict[str, str]  # cell -> address

    _NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

    def find(self, path: str) -> list[ElementTree.Element]:
        return self.xml.findall(path.replace("/", f"/{self._NS}").replace(".//", ".//"))

    @cached_property
    def cells(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for cell in self.xml.iter(f"{self._NS}c"):
            assert cell.find(f"{self._NS}f") is None, "a formula"
            if cell.get("t") == "inlineStr":
                values[cell.attrib["r"]] = "".join(t.text or "" for t in cell.iter(f"{self._NS}t"))
            elif (value := cell.find(f"{self._NS}v")) is not None:
                values[cell.attrib["r"]] = float(value.text or "")
        return values

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Rows below the headings, by heading."""
        by_row: dict[int, dict[str, Any]] = {}
        for cell, value in self.cells.items():
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
            by_row.setdefault(int(row), {})[column] = value
        headings = by_row.pop(1)
        return [{headings[c]: value for c, value in by_row[row].items()} for row in sorted(by_row)]

    def attribute(self, tag: str, name: str) -> str | None:
        element = next(self.xml.iter(f"{self._NS}{tag}"), None)
        return None if element is None else element.get(name)


def read_workbook(path: Path) -> dict[str, Sheet]:
    """Sheets by name."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    with zipfile.ZipFile(path) as file:
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        names = [sheet.attrib["name"] for sheet in book.iter(f"{Sheet._NS}sheet")]
        sheets = {}
        for number, name in enumerate(names, start=1):
            xml = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
            rels: dict[str, str] = {}
            if (rel := f"xl/worksheets/_rels/sheet{number}.xml.rels") in file.namelist():
                rels = {e.attrib["Id"]: e.attrib["Target"] for e in ElementTree.fromstring(file.read(rel))}
            links = {
                link.attrib["ref"]: rels.get(link.get(relation, ""), link.get("location", ""))
                for link in xml.iter(f"{Sheet._NS}hyperlink")
            }
            sheets[name] = Sheet(xml, links)
    return sheets


class TestWorkbook:
    def test_a_sheet_a_table_and_one_that_explains_them(self, newsroom: Path, tmp_path: Path) -> None:
        done = export(newsroom, tmp_path / "out", ["xlsx"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        names = list(sheets)
        assert names[0] == "Baca dulu"
        assert names[-1] == "Arti kolom"
        assert len(names) == len(TABLES) + 2
        cover = list(sheets["Baca dulu"].cells.values())
        for name, table in zip(names[1:-1], TABLES, strict=True):
            assert name in cover
            assert f"{find_description(table).id}." in cover
            assert f"{find_description(table).en}." in cover
            assert len(sheets[name].rows) == done.rows[table]
        assert set(sheets["Baca dulu"].links.values()) == {f"'{name}'!A1" for name in names[1:]}

    def test_every_column_is_explained(self, newsroom: Path, tmp_path: Path) -> None:
        export(newsroom, tmp_path / "out", ["xlsx"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        explained = {(row["Lembar"], row["Kolom"]) for row in sheets["Arti kolom"].rows}
        for row in sheets["Arti kolom"].rows:
            assert row["Arti"]
            assert row["Meaning"]
        for name in list(sheets)[1:-1]:
            headings = {value for cell, value in sheets[name].cells.items() if re.fullmatch("[A-Z]+1", cell)}
            assert {(name, heading) for heading in headings} <= explained

    def test_rows_are_those_of_the_other_formats(self, newsroom: Path, tmp_path: Path) -> None:
        export(newsroom, tmp_path / "out", ["xlsx", "jsonl"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        found = [
            (
                row["Kecamatan"],
                row["Jumlah artikel"],
                row["Kalimat"],
                row["Versi pembaca"],
                row["Letak arsip"],
            )
            for row in sheets["Kecamatan percontohan"].rows
        ]
        assert found == [
            (row["kecamatan"], row["articles"], row["sentence"], row["extractor_version"], row["warc_offset"])
            for row in read_lines(tmp_path / "out" / "pilots.jsonl")
        ]

    def test_dates_and_links_are_real(self, newsroom: Path, tmp_path: Path) -> None:
        export(newsroom, tmp_path / "out", ["xlsx"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        (event,) = sheets["Klaim peristiwa"].rows
        first = date(1899, 12, 30)  # from which a spreadsheet counts days
        assert first + timedelta(days=event["Tanggal peristiwa"]) == date(2025, 10, 30)
        assert first + timedelta(days=event["Tanggal terbit"]) == date(2025, 11, 7)
        assert event["Peristiwa"] == "pencanangan"
        assert "https://warta.example/2025/4" in sheets["Klaim peristiwa"].links.values()

    def test_what_is_dated_by_a_month_is_told_in_words(self, newsroom: Path, tmp_path: Path) -> None:
        copy = tmp_path / "pantau.db"
        conn = sqlite3.connect(copy)
        sqlite3.connect(newsroom).backup(conn)
        conn.execute("UPDATE events SET date = '2025-08|2026'")
        conn.commit()
        conn.close()
        export(copy, tmp_path / "out", ["xlsx", "jsonl"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        assert sheets["Klaim peristiwa"].rows[0]["Tanggal peristiwa"] == "Agu 2025|2026"
        assert next(iter(read_lines(tmp_path / "out" / "events.jsonl")))["date"] == "2025-08|2026"
        cover = [value for value in sheets["Baca dulu"].cells.values() if isinstance(value, str)]
        [state] = [text for text in cover if text.startswith("Keadaan data: ")]
        assert re.fullmatch(r"Keadaan data: \d+ [A-Z][a-z]+ \d{4}\.", state)

    def test_headings_stay_in_sight_and_filter(self, newsroom: Path, tmp_path: Path) -> None:
        export(newsroom, tmp_path / "out", ["xlsx"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        for name in list(sheets)[1:-1]:
            assert sheets[name].attribute("pane", "state") == "frozen"
            assert sheets[name].attribute("pane", "ySplit") == "1"
            ref = sheets[name].attribute("autoFilter", "ref") or ""
            assert ref.startswith("A1:")
            assert int(re.findall(r"\d+", ref)[1]) == len(sheets[name].rows) + 1
            assert sheets[name].attribute("col", "customWidth") == "1"

    def test_no_cell_starts_a_formula(self, hostile: Path, tmp_path: Path) -> None:
        export(hostile, tmp_path / "out", ["xlsx"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        assert f"'{FORMULA}" in {row["Judul artikel"] for row in sheets["Artikel"].rows}
        texts = [v for sheet in sheets.values() for v in sheet.cells.values() if isinstance(v, str)]
        assert [text for text in texts if text.startswith(SIGNS)] == []

    def test_more_rows_than_a_sheet_holds(
        self, newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workbook, "MAX_ROWS", 3)
        monkeypatch.setattr(workbook, "MAX_LINKS", 1)
        export(newsroom, tmp_path / "out", ["xlsx", "jsonl"])
        sheets = read_workbook(tmp_path / "out" / "pantau-berdaya.xlsx")
        parts = [name for name in sheets if name.startswith("Artikel")]
        assert parts == ["Artikel", "Artikel (2)", "Artikel (3)", "Artikel (4)"]
        titles = [row["Judul artikel"] for name in parts for row in sheets[name].rows]
        assert titles == [row["title"] for row in read_lines(tmp_path / "out" / "articles.jsonl")]
        assert [len(sheets[name].links) for name in parts] == [1, 0, 0, 0]
        assert any("tautan tidak dapat diklik" in str(v) for v in sheets["Baca dulu"].cells.values())

    @pytest.mark.parametrize(
        ("title", "number", "name"),
        [
            ("Klaim: kabupaten/kota", 1, "Klaim kabupaten-kota"),
            ("Klaim: kabupaten/kota", 12, "Klaim kabupaten-kota (12)"),
            ("Judul yang panjang sekali untuk sebuah lembar", 2, "Judul yang panjang sekali u (2)"),
        ],
    )
    def test_names_of_sheets(self, title: str, number: int, name: str) -> None:
        assert workbook.name_sheet(title, number) == name
        assert len(name) <= 31


def test_geojson_is_valid(newsroom: Path, tmp_path: Path) -> None:
    """RFC 7946, sections 3 and 4."""
    export(newsroom, tmp_path / "out", ["geojson"])
    collection = json.loads((tmp_path / "out" / "pilots.geojson").read_bytes())
    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert set(feature["geometry"]) == {"type", "coordinates"}
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        # Central Java: east of Greenwich, south of the equator.
        assert 108 < longitude < 112
        assert -9 < latitude < -5
        assert feature["properties"]["quote"]
    ids = [feature["id"] for feature in collection["features"]]
    assert ids == ["kecamatan-berdaya/33.03.02", "kecamatan-berdaya/33.03.10"]


def read_entries(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Entries of a BibTeX file by BibTeX's own rule: a field ends where its braces are balanced."""
    at = 0
    while (start := text.find("@misc{", at)) >= 0:
        comma = text.index(",", start)
        key, fields, at = text[start + 6 : comma], {}, comma + 1
        while match := re.compile(r"\s*(\w+) = (?=(\w+|\{))").match(text, at):
            at = match.end()
            if text[at] != "{":
                fields[match[1]] = match[2]
                at += len(match[2])
            else:
                depth, begin = 0, at
                while True:
                    depth += (text[at] == "{") - (text[at] == "}")
                    at += 1
                    if depth == 0:
                        break
                fields[match[1]] = text[begin + 1 : at - 1]
            assert text[at] == ","
            at += 1
        assert text[at : at + 2] == "\n}"
        at += 2
        yield key, fields


class TestBibtex:
    def test_entries_of_the_articles(self, newsroom: Path, tmp_path: Path) -> None:
        export(newsroom, tmp_path / "out", ["bibtex"])
        entries = dict(read_entries((tmp_path / "out" / "articles.bib").read_text("utf-8")))
        assert list(entries) == ["a8", "a7", "a5", "a4", "a3", "a2", "a1"]
        assert entries["a1"] == {
            "author": "{Rara Wulan}",
            "title": "{Kabar nomor 1}",
            "howpublished": "Warta Contoh",
            "year": "2025",
            "month": "oct",
            "day": "30",
            "url": "https://warta.example/2025/1",
            "urldate": "2025-10-30",
            "langid": "indonesian",
            "note": "WARC warta.warc.gz, offset 100, digest sha1:ABC",
            "annote": "“Bukateja” – Bukateja menjadi percontohan di Kabupaten Purbalingga. [1.0+abc]",
        }
        assert entries["a8"]["title"] == r"{<script>alert(1)</script> \& <b>Bukateja</b>}"
        assert HOSTILE.replace("&", r"\&") in entries["a8"]["title"]

    @given(st.text())
    @settings(max_examples=200, deadline=None)
    def test_any_text_stays_in_its_field(self, text: str) -> None:
        article = {
            "id": "a1",
            "title": text,
            "outlet_name": text,
            "published_on": None,
            "url": f"https://warta.example/{text}",
            "authors": [text],
            "quote": text,
            "sentence": text,
            "extractor_version": "1",
        }
        ((key, fields),) = read_entries(build_entry(article))
        assert key == "a1"
        assert fields["title"] == f"{{{escape(text)}}}"
        assert "year" not in fields

    def test_signs_of_tex(self) -> None:
        assert escape("50% {a_b} #1 & $2\n~^\\") == (
            r"50\% \textbraceleft{}a\_b\textbraceright{} \#1 \& \$2 "
            r"\textasciitilde{}\textasciicircum{}\textbackslash{}"
        )

    def test_keys_are_stable_and_distinct(self) -> None:
        assert make_key("tribun_jateng:816b287eb030") == "tribun_jateng:816b287eb030"
        assert make_key("a b") != make_key("a,b")
        assert re.fullmatch(r"[\w:.-]+", make_key("a{b},\\ é"))


@pytest.fixture
def package(newsroom: Path, tmp_path: Path) -> Path:
    export(newsroom, tmp_path / "out", ["datapackage"])
    return tmp_path / "out" / "datapackage.json"


class TestDataPackage:
    def test_it_says_what_it_holds(self, package: Path) -> None:
        described = json.loads(package.read_text("utf-8"))
        assert described["licenses"][0]["name"] == "MIT"
        assert {"title": "Warta Contoh", "path": "https://warta.example/"} in described["sources"]
        assert {resource["name"] for resource in described["resources"]} >= {*TABLES, "outlets", "kecamatan"}
        for resource in described["resources"]:
            assert (package.parent / resource["path"]).stat().st_size == resource["bytes"]
            assert resource["title"]
            assert resource["description"]
            for field in resource["schema"]["fields"]:
                indonesian, english = field["description"].split(" — EN: ")
                assert indonesian, (resource["name"], field["name"])
                assert english, (resource["name"], field["name"])
        pilots = described["resources"][0]["schema"]
        fields = {field["name"]: field for field in pilots["fields"]}
        assert fields["latitude"]["unit"] == "degree (WGS 84)"
        assert fields["first_reported"]["type"] == "date"
        assert pilots["primaryKey"] == ["code", "programme"]
        assert {"fields": "code", "reference": {"resource": "kecamatan", "fields": "code"}} in pilots[
            "foreignKeys"
        ]

    def test_keys_hold(self, package: Path) -> None:
        """As the package says: values of primary keys are unique, those of foreign keys exist."""
        resources = {r["name"]: r for r in json.loads(package.read_text("utf-8"))["resources"]}
        rows = {name: read_csv(package.parent / r["path"]) for name, r in resources.items()}
        checked = 0
        for name, resource in resources.items():
            schema = resource["schema"]
            keys = [tuple(row[k] for k in schema["primaryKey"]) for row in rows[name]]
            assert len(set(keys)) == len(keys), name
            for foreign in schema["foreignKeys"]:
                target = foreign["reference"]
                known = {row[target["fields"]] for row in rows[target["resource"]]} | {""}
                assert {row[foreign["fields"]] for row in rows[name]} <= known, (name, foreign)
                checked += 1
        assert checked > len(CLAIM_TYPES)

    @pytest.mark.parametrize("bom", [False, True])
    def test_frictionless_finds_it_valid(self, newsroom: Path, tmp_path: Path, bom: bool) -> None:
        import frictionless

        export(newsroom, tmp_path / "out", bom=bom)
        report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
        assert report.flatten(["rowNumber", "fieldName", "type", "message"]) == []
        assert report.stats["tasks"] == len(TABLES) + 7

    def test_frictionless_finds_a_changed_cell(self, package: Path) -> None:
        import frictionless

        people = package.parent / "people.csv"
        people.write_bytes(people.read_bytes().replace(b"2025-11-05", b"5 Nov 2025", 1))
        errors = frictionless.validate(str(package)).flatten(["type"])
        assert ["type-error"] in errors


class TestWords:
    """Nothing is exported that nobody described."""

    @pytest.fixture
    def tables(self, newsroom: Path, tmp_path: Path) -> list[Table]:
        publish(newsroom, tmp_path / "public.db")
        tables = []
        for path in (newsroom, tmp_path / "public.db"):
            with closing(sqlite3.connect(path)) as db:
                tables += build_tables(Schema(db), Filters())
        return tables

    def test_columns(self, tables: list[Table]) -> None:
        for table in tables:
            assert all(find_description(table.name))
            for column in table.names:
                assert all(find_meaning(table.name, column)), (table.name, column)
                heading = find_heading(table.name, column)
                assert 0 < len(heading.id) <= 40, (table.name, column)
                assert heading.en, (table.name, column)

    def test_headings_of_a_sheet_differ(self, tables: list[Table]) -> None:
        for table in tables:
            headings = [find_heading(table.name, column).id for column in table.names]
            assert sorted(set(headings)) == sorted(headings), table.name

    def test_values_are_those_of_the_records(self, store: Store) -> None:
        assert check_descriptions(store.db) == []
        assert set(find_values("other_kecamatan", "status")) == set(get_args(OtherStatus))
        assert find_values("articles", "origin") == {}
