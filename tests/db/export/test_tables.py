"""The files of an export: what each row bears, which rows there are, what is written when something fails."""

from __future__ import annotations

import csv
import errno
import json
import multiprocessing
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.claim_kinds import CLAIM_TYPES
from db.errors import StoreError
from db.export import FORMATS, Exported, Filters, FolderBusyError, export, folder, writers
from db.public.publish import publish
from db.records import ArticlePillar, PilotKecamatan
from db.store import Store
from tests.db.invented import contest_figures, fill_newsroom, make_article, make_facts, quote

SOURCE = (
    "quote",
    "sentence",
    "outlet_name",
    "title",
    "published_on",
    "url",
    "warc_file",
    "warc_offset",
    "warc_digest",
    "extractor_version",
)
TABLES = ("pilots", "responsibility_matrix", "contested_quantities", "articles", *CLAIM_TYPES)


@pytest.fixture
def newsroom(store: Store) -> Path:
    fill_newsroom(store)
    contest_figures(store)
    return store.path


@pytest.fixture
def public(newsroom: Path, tmp_path: Path) -> Path:
    publish(newsroom, tmp_path / "public.db")
    return tmp_path / "public.db"


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_tables(database: Path, output: Path, **filters: Any) -> dict[str, list[dict[str, Any]]]:
    export(database, output, ["jsonl"], filters=Filters(**filters))
    return {path.stem: read_lines(path) for path in output.glob("*.jsonl")}


def read_files(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("kind", ["newsroom", "public"])
def test_every_row_of_every_table_bears_its_source(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = read_tables(request.getfixturevalue(kind), tmp_path / "out")
    assert set(tables) == set(TABLES)
    for name in TABLES:
        assert tables[name], name
        for row in tables[name]:
            assert [column for column in SOURCE if row[column] in (None, "")] == [], name


def test_quotes_stand_where_they_say(newsroom: Path, tmp_path: Path) -> None:
    with sqlite3.connect(newsroom) as db:
        texts = {
            row[0]: {"title": row[1], "text": row[2]}
            for row in db.execute("SELECT id, title, text FROM articles")
        }
    for name, rows in read_tables(newsroom, tmp_path / "out").items():
        for row in rows:
            source = texts[row["id"] if name == "articles" else row["article"]][row["field"]]
            assert source[row["start"] : row["end"]] == row["quote"]
            assert row["quote"] in row["sentence"]


def test_only_articles_on_the_programme(newsroom: Path, tmp_path: Path) -> None:
    tables = read_tables(newsroom, tmp_path / "out")
    assert [row["id"] for row in tables["articles"]] == ["a8", "a7", "a5", "a4", "a3", "a2", "a1"]
    # Kebumen stands in an article that is off the topic.
    assert "Kabupaten Kebumen" not in {row["name"] for row in tables["article_regencies"]}


def test_sums_are_those_of_the_views(newsroom: Path, tmp_path: Path) -> None:
    tables = read_tables(newsroom, tmp_path / "out")
    counts = ("articles", "stories", "outlets", "first_reported", "last_reported", "sentence", "url")
    for name, keys in (
        (
            "pilots",
            ("code", "kecamatan", "regency", "denied_by", "confidence", "latitude", "longitude", *counts),
        ),
        (
            "responsibility_matrix",
            ("region", "pillar_name", "agency_type_name", "agency_names", "regency_code", *counts),
        ),
    ):
        with sqlite3.connect(newsroom) as db:
            columns = ", ".join(keys)
            expected = db.execute(f"SELECT {columns} FROM {name}").fetchall()
        assert [tuple(row[key] for key in keys) for row in tables[name]] == expected
        assert expected
    with sqlite3.connect(newsroom) as db:
        contested = db.execute(
            'SELECT region, different_values, lowest, highest, "values" FROM contested_quantities'
        )
        expected = [
            (region, different, lowest, highest, value["value"], value["date"], value["sentence"])
            for region, different, lowest, highest, values in contested.fetchall()
            for value in json.loads(values)
        ]
    found = [
        tuple(
            row[key]
            for key in (
                "region",
                "different_values",
                "lowest",
                "highest",
                "value",
                "published_on",
                "sentence",
            )
        )
        for row in tables["contested_quantities"]
    ]
    # A row is one article's figure; the view has one of each story, the first copy's.
    assert set(expected) < set(found)
    assert (len(expected), len(found)) == (2, 3)


def test_keys_come_with_their_words(newsroom: Path, tmp_path: Path) -> None:
    tables = read_tables(newsroom, tmp_path / "out")
    claim = next(row for row in tables["responsibilities"] if row["article"] == "a5")
    assert claim["agency"] == "sosial|p3a"
    assert claim["agency_type_name"] == "Dinas sosial | Dinas pemberdayaan perempuan"
    assert claim["pillar_name"] == "Rumah Perlindungan Perempuan dan Anak"
    assert {(row["measure_name"], row["unit"]) for row in tables["quantities"]} == {
        ("Jumlah percontohan", "kecamatan")
    }


def test_json_lines_are_typed(newsroom: Path, tmp_path: Path) -> None:
    tables = read_tables(newsroom, tmp_path / "out")
    article, quantity = tables["articles"][0], tables["quantities"][0]
    assert article["authors"] == ["Rara Wulan"]
    assert article["editor"] == ""
    assert article["modified_at"] is None
    assert isinstance(quantity["value"], int)
    assert isinstance(quantity["confidence"], float)


def test_an_article_without_claims_speaks_by_its_title(store: Store, tmp_path: Path) -> None:
    article = make_article(1, "Belum ada rincian.", title="Kecamatan Berdaya segera mulai")
    store.save_article(article)
    store.save_facts(make_facts(article))
    (row,) = read_tables(store.path, tmp_path / "out")["articles"]
    assert (row["quote"], row["field"], row["start"], row["end"]) == (
        article.title,
        "title",
        0,
        len(article.title),
    )


def test_no_full_text_even_of_one_endless_sentence(store: Store, tmp_path: Path) -> None:
    text = "Bukateja menjadi percontohan " + "dan seterusnya " * 300
    article = make_article(1, text)
    store.save_article(article)
    evidence = quote(article, "Bukateja")
    store.save_facts(
        make_facts(
            article,
            pilot_kecamatan=(
                PilotKecamatan(
                    kecamatan="Bukateja",
                    regency="Kabupaten Purbalingga",
                    code="33.03.02",
                    evidence=(evidence,),
                ),
            ),
        )
    )
    export(store.path, tmp_path / "out")
    for name, content in read_files(tmp_path / "out").items():
        assert b"dan seterusnya " * 40 not in content, name
    (row,) = read_lines(tmp_path / "out" / "pilots.jsonl")
    assert row["sentence"].startswith("Bukateja menjadi percontohan")
    assert row["sentence"].endswith("…")
    assert len(row["sentence"]) <= 500


class TestFilters:
    def test_regency(self, newsroom: Path, tmp_path: Path) -> None:
        tables = read_tables(newsroom, tmp_path / "out", regencies=["purbalingga"])
        assert {row["id"] for row in tables["articles"]} == {"a1", "a2", "a3", "a4", "a7"}
        assert {row["regency"] for row in tables["pilots"]} == {"Kabupaten Purbalingga"}
        # People have no regency of their own: those of the articles that name it.
        assert [row["name"] for row in tables["people"]] == ["Tirta Laras"]

    @pytest.mark.parametrize("name", ["Kota Magelang", "kab. magelang", "33.71"])
    def test_a_regency_that_may_be_meant(self, newsroom: Path, tmp_path: Path, name: str) -> None:
        tables = read_tables(newsroom, tmp_path / "out", regencies=[name])
        assert [row["name"] for row in tables["article_regencies"]] == ["Kabupaten Magelang|Kota Magelang"]
        assert tables["pilots"] == []

    def test_pillar(self, newsroom: Path, tmp_path: Path) -> None:
        tables = read_tables(newsroom, tmp_path / "out", pillars=["rppa"])
        assert {row["pillar"] for row in tables["article_pillars"]} == {"rppa"}
        assert {row["id"] for row in tables["articles"]} == {"a3", "a5"}
        assert {row["article"] for row in tables["pilot_kecamatan"]} == {"a3"}

    def test_outlet_and_day_count_anew(self, newsroom: Path, tmp_path: Path) -> None:
        tables = read_tables(newsroom, tmp_path / "a", outlets=["kabar"])
        assert [(row["kecamatan"], row["articles"]) for row in tables["pilots"]] == [("Bukateja", 1)]
        tables = read_tables(newsroom, tmp_path / "b", since=date(2025, 11, 5))
        assert {row["id"] for row in tables["articles"]} == {"a3", "a4", "a5", "a7", "a8"}
        assert tables["contested_quantities"] == []

    def test_last_day_and_programme(self, newsroom: Path, tmp_path: Path) -> None:
        with Store(newsroom) as store:
            store.db.execute("UPDATE extractions SET programme = 'lain' WHERE article = 'a3'")
            store.db.execute("UPDATE pilot_kecamatan SET programme = 'lain' WHERE article = 'a3'")
        every = read_tables(newsroom, tmp_path / "a")
        early = read_tables(newsroom, tmp_path / "b", until=date(2025, 11, 5))
        expected = {row["id"] for row in every["articles"] if row["published_on"] <= "2025-11-05"}
        assert {row["id"] for row in early["articles"]} == expected < {row["id"] for row in every["articles"]}
        assert all(row["published_on"] <= "2025-11-05" for row in early["pilot_kecamatan"])
        other = read_tables(newsroom, tmp_path / "c", programmes=["lain"])
        assert {row["id"] for row in other["articles"]} == {"a3"}
        assert {row["programme"] for row in other["pilots"]} == {"lain"}
        assert {row["article"] for row in other["pilot_kecamatan"]} == {"a3"}

    def test_filters_meet(self, newsroom: Path, tmp_path: Path) -> None:
        tables = read_tables(
            newsroom, tmp_path / "out", regencies=["33.03"], outlets=["warta"], since=date(2025, 11, 1)
        )
        assert {row["id"] for row in tables["articles"]} == {"a3", "a4", "a7"}

    @pytest.mark.parametrize(
        ("filters", "hint"),
        [
            (
                {"regencies": ["Purbalinga"]},
                "no regency 'Purbalinga' in this database; did you mean 'Kabupaten Purbalingga'",
            ),
            ({"regencies": ["Magelang"]}, "write 'Kabupaten Magelang' or 'Kota Magelang'"),
            ({"regencies": ["Atlantis"]}, "it has Kabupaten Purbalingga, "),
            ({"pillars": ["rpa"]}, "did you mean rppa?"),
            ({"outlets": ["wartaa"]}, "did you mean warta?"),
            ({"programmes": ["kecamatan-berdya"]}, "did you mean kecamatan-berdaya?"),
            ({"outlets": ["x'; DROP TABLE articles; --"]}, "no outlet"),
        ],
    )
    def test_unknown_names(
        self, newsroom: Path, tmp_path: Path, filters: dict[str, list[str]], hint: str
    ) -> None:
        with pytest.raises(StoreError) as raised:
            export(newsroom, tmp_path / "out", filters=Filters(**filters))  # type: ignore[arg-type]
        assert hint in str(raised.value)
        assert "\n" not in str(raised.value)
        assert not (tmp_path / "out").exists()


def test_the_same_database_gives_the_same_bytes(newsroom: Path, tmp_path: Path) -> None:
    export(newsroom, tmp_path / "a")
    time.sleep(2.1)  # the dates in a zip file count in steps of two seconds
    export(newsroom, tmp_path / "b")
    assert read_files(tmp_path / "a") == read_files(tmp_path / "b")
    assert len(read_files(tmp_path / "a")) > len(FORMATS)


def test_nothing_reported_gives_empty_tables(store: Store, tmp_path: Path) -> None:
    done = export(store.path, tmp_path / "out")
    assert done.is_empty
    assert read_csv(tmp_path / "out" / "pilots.csv") == []
    assert (tmp_path / "out" / "pilots.csv").read_text("utf-8").startswith("kecamatan,regency,")
    assert json.loads((tmp_path / "out" / "pilots.geojson").read_text("utf-8"))["features"] == []
    assert (tmp_path / "out" / "articles.bib").read_text("utf-8") == ""


def test_what_is_told_is_what_was_written(newsroom: Path, tmp_path: Path) -> None:
    done = export(newsroom, tmp_path / "out", ["csv", "xlsx"])
    assert isinstance(done, Exported)
    assert {path.name for path in done.files} == {f"{name}.csv" for name in TABLES} | {"pantau-berdaya.xlsx"}
    assert set(done.files) == {path for path in (tmp_path / "out").glob("[!.]*") if path.is_file()}
    assert done.rows == {name: len(read_csv(tmp_path / "out" / f"{name}.csv")) for name in TABLES}
    assert (done.articles, done.pilots) == (7, 2)


def test_csv_opens_with_a_mark_on_request(newsroom: Path, tmp_path: Path) -> None:
    export(newsroom, tmp_path / "bare", ["csv"])
    export(newsroom, tmp_path / "bom", ["csv"], bom=True)
    bare, marked = ((tmp_path / name / "people.csv").read_bytes() for name in ("bare", "bom"))
    assert marked == b"\xef\xbb\xbf" + bare
    assert bare.count(b"\r\n") == 1 + len(read_csv(tmp_path / "bare" / "people.csv"))


def test_a_crawl_may_write_meanwhile(newsroom: Path, tmp_path: Path) -> None:
    """An export sees one moment of the database, and holds nobody up."""

    def write_meanwhile(rows: Iterator[Any], table: str) -> Iterator[Any]:
        if table == "pilots":
            with Store(newsroom, timeout=0.1) as store:
                article = make_article(9, "Bukateja lagi, RPPA juga.", day="2025-12-01")
                store.save_article(article)
                store.save_facts(
                    make_facts(
                        article, pillars=(ArticlePillar(pillar="rppa", evidence=(quote(article, "RPPA"),)),)
                    )
                )
        yield from rows

    done = export(newsroom, tmp_path / "out", track=write_meanwhile)
    assert done.articles == 7
    assert export(newsroom, tmp_path / "out").articles == 8


class TestFolder:
    """Files appear complete or not at all."""

    def test_older_files_are_replaced_and_others_left(self, newsroom: Path, tmp_path: Path) -> None:
        output = tmp_path / "out"
        output.mkdir()
        (output / "pilots.csv").write_text("old")
        (output / "notes.txt").write_text("mine")
        (output / ".pantau-export").mkdir()  # as a killed export leaves it
        (output / ".pantau-export" / "people.csv").write_text("half")
        export(newsroom, output, ["csv"])
        assert read_csv(output / "pilots.csv")
        assert (output / "notes.txt").read_text() == "mine"
        assert not (output / ".pantau-export").exists()

    @pytest.mark.parametrize("first", [("csv",), ("datapackage", "jsonl"), FORMATS])
    @pytest.mark.parametrize("then", [("xlsx",), ("csv", "bibtex")])
    def test_a_folder_never_holds_a_mix_of_two_exports(
        self, newsroom: Path, tmp_path: Path, first: tuple[str, ...], then: tuple[str, ...]
    ) -> None:
        output, fresh = tmp_path / "out", tmp_path / "fresh"
        warta = Filters(outlets=["warta"])
        export(newsroom, output, first)
        (output / "notes.txt").write_text("mine")
        done = export(newsroom, output, then, filters=warta)
        assert set(done.renewed) == set(first) - set(then)
        export(newsroom, fresh, [*first, *then], filters=warta)
        assert read_files(output) == read_files(fresh) | {"notes.txt": b"mine"}

    def test_files_that_are_no_more_go_and_so_do_their_folders(self, newsroom: Path, tmp_path: Path) -> None:
        output = tmp_path / "out"
        export(newsroom, output, ["csv"])
        manifest = output / ".pantau-export.json"
        (output / "old").mkdir()
        (output / "old" / "table.csv").write_text("of an older release")
        (tmp_path / "outside.csv").write_text("mine")
        held = json.loads(manifest.read_text())
        held["files"] += ["old/table.csv", "../outside.csv", str(tmp_path / "outside.csv")]
        manifest.write_text(json.dumps(held))
        export(newsroom, output, ["csv"])
        assert not (output / "old").exists()
        assert (tmp_path / "outside.csv").read_text() == "mine"

    def test_files_that_nobody_listed_are_neither_mixed_nor_lost(
        self, newsroom: Path, tmp_path: Path
    ) -> None:
        output = tmp_path / "out"
        output.mkdir()
        (output / "people.csv").write_text("mine")
        with pytest.raises(StoreError, match=r"out holds people\.csv, which would stand beside this export"):
            export(newsroom, output, ["xlsx"])
        (output / "people.csv").rename(output / "persons.csv")
        (output / ".pantau-export.json").write_text("{")
        with pytest.raises(StoreError, match=r"is damaged, so what the older export wrote is not known"):
            export(newsroom, output, ["xlsx"])
        assert sorted(read_files(output)) == [".pantau-export.json", "persons.csv"]

    @pytest.mark.parametrize("moved", [0, 5, 14, 20])
    def test_a_file_that_cannot_be_replaced_leaves_all_as_they_were(
        self, newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int
    ) -> None:
        output = tmp_path / "out"
        export(newsroom, output, ["csv"])
        before = read_files(output)
        made, move = 0, folder._move

        def fail_once(source: Path, target: Path) -> None:
            nonlocal made
            made += 1
            if made == moved + 1:
                raise PermissionError(errno.EPERM, "Operation not permitted")
            move(source, target)

        monkeypatch.setattr(folder, "_move", fail_once)
        with pytest.raises(StoreError, match="cannot be written"):
            export(newsroom, output, ["csv", "jsonl"], filters=Filters(outlets=["warta"]))
        assert made > moved
        assert read_files(output) == before

    @pytest.mark.parametrize("moved", [0, 5, 14, 20])
    def test_an_export_that_was_killed_while_files_moved_is_put_right(
        self, newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int
    ) -> None:
        output, fresh = tmp_path / "out", tmp_path / "fresh"
        export(newsroom, output, ["csv"])
        script = (
            "import os; from pathlib import Path; from db.export import export, folder; "
            f"moves = iter(range({moved})); move = folder._move; "
            "folder._move = lambda a, b: move(a, b) if next(moves, None) is not None else os._exit(9); "
            f"export(Path({str(newsroom)!r}), Path({str(output)!r}), ['csv', 'bibtex'])"
        )
        killed = subprocess.run([sys.executable, "-c", script], check=False, timeout=60)
        assert killed.returncode == 9
        export(newsroom, output, ["csv"], filters=Filters(outlets=["warta"]))
        export(newsroom, fresh, ["csv"], filters=Filters(outlets=["warta"]))
        assert read_files(output) == read_files(fresh)

    @pytest.mark.parametrize("name", FORMATS)
    def test_a_full_disk_changes_nothing(
        self, newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        output = tmp_path / "out"
        export(newsroom, output)
        before = read_files(output)
        fail = _fail_after(3, OSError(errno.ENOSPC, "No space left on device"))
        if name == "xlsx":
            monkeypatch.setattr("xlsxwriter.workbook.ZipFile.write", fail)
        else:
            monkeypatch.setattr(writers.Digested, "write", fail)
        with pytest.raises(StoreError, match=f"^no space left in {output}: "):
            export(newsroom, output, [name], filters=Filters(outlets=["warta"]))
        assert read_files(output) == before
        assert [path.name for path in output.iterdir() if path.name.startswith(".")] == [
            ".pantau-export.json"
        ]

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("a defect")])
    def test_an_interruption_changes_nothing(
        self, newsroom: Path, tmp_path: Path, error: BaseException
    ) -> None:
        def stop(rows: Iterator[Any], table: str) -> Iterator[Any]:
            yield from rows
            if table == "people":
                raise error

        with pytest.raises(type(error)):
            export(newsroom, tmp_path / "out", track=stop)
        assert list((tmp_path / "out").iterdir()) == []

    def test_a_folder_that_cannot_be_made(self, newsroom: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(
            StoreError, match=r"file/out cannot be written \(Not a directory\): check the path"
        ):
            export(newsroom, tmp_path / "file" / "out")

    def test_a_folder_without_permission(
        self, newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Root may write everywhere, so the refusal is made.
        monkeypatch.setattr(Path, "mkdir", _fail_after(0, PermissionError(errno.EACCES, "Permission denied")))
        with pytest.raises(StoreError, match=r"out cannot be written \(Permission denied\)"):
            export(newsroom, tmp_path / "out")

    def test_a_folder_in_the_place_of_a_file(self, newsroom: Path, tmp_path: Path) -> None:
        (tmp_path / "out" / "people.csv").mkdir(parents=True)
        with pytest.raises(StoreError, match=r"people\.csv is a folder, where a file has to go"):
            export(newsroom, tmp_path / "out", ["csv"])
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["people.csv"]

    def test_one_export_at_a_time(self, newsroom: Path, tmp_path: Path) -> None:
        with folder.building(tmp_path / "out"):
            process = multiprocessing.get_context("spawn").Process(
                target=_expect_busy, args=(newsroom, tmp_path / "out")
            )
            process.start()
            process.join(20)
        assert process.exitcode == 0


def _expect_busy(database: Path, output: Path) -> None:
    with pytest.raises(FolderBusyError, match="another export writes to"):
        export(database, output, ["csv"])


def _fail_after(calls: int, error: Exception) -> Callable[..., Any]:
    """Refuses all calls but the first few."""
    made = 0

    def fail(*args: Any, **kwargs: Any) -> int:
        nonlocal made
        made += 1
        if made > calls:
            raise error
        return 0

    return fail


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "does not exist"),
        (
            lambda path: path.write_bytes(b"no database at all, just some bytes" * 40),
            "not an SQLite database",
        ),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE t (a)"), "database of another program"),
    ],
)
def test_what_is_no_database_of_ours(tmp_path: Path, make: Callable[[Path], Any], message: str) -> None:
    make(tmp_path / "some.db")
    with pytest.raises(StoreError, match=message):
        export(tmp_path / "some.db", tmp_path / "out")
    assert not (tmp_path / "out").exists()
