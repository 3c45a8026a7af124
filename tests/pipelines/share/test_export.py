"""`pantau export`: formats and filters on the command line, one line for what is wrong, exit codes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest

from db.export import FORMATS as OF_DB
from db.public.publish import publish
from pipelines.share.export import FORMATS
from tests.pipelines.invented import Pantau


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("extracted") / "pantau.db"


@pytest.fixture
def extracted(shelf: Path, database: Path, pantau: Pantau) -> Path:
    """The two articles of `database`, extracted once for all tests here."""
    if not shelf.exists():
        assert pantau("extract", "--db", database).code == 0
        shutil.copyfile(database, shelf)
    shutil.copyfile(shelf, database)
    return database


def test_formats_are_those_of_the_database_floor() -> None:
    assert FORMATS == OF_DB


def test_everything(extracted: Path, pantau: Pantau, tmp_path: Path) -> None:
    outcome = pantau("export", "--db", extracted, "--output", tmp_path / "out")
    assert (outcome.code, outcome.complaints) == (0, [])
    written = [path for path in (tmp_path / "out").rglob("[!.]*") if path.is_file()]
    assert outcome.out.startswith(f"{tmp_path / 'out'}: {len(written)} files, 1 article, ")
    assert outcome.out.endswith(" claims, 4 pilots\n")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"pilots.csv", "pilots.jsonl", "pilots.geojson", "pantau-berdaya.xlsx"} <= names
    assert {"articles.bib", "datapackage.json", "reference"} <= names


def test_formats_and_filters(extracted: Path, pantau: Pantau, tmp_path: Path) -> None:
    output = tmp_path / "out"
    filters = (
        "--regency",
        "purbalingga",
        "--pillar",
        "rppa",
        "--outlet",
        "contoh_post",
        "--since",
        "2025-11-01",
        "--until",
        "2025-11-30",
        "--programme",
        "kecamatan-berdaya",
    )
    outcome = pantau(
        "export", "--db", extracted, "--format", "jsonl, csv", "--bom", "--output", output, *filters
    )
    assert outcome.code == 0
    assert {path.suffix for path in output.glob("[!.]*")} == {".csv", ".jsonl"}
    assert (output / "pilots.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = [json.loads(line) for line in (output / "pilots.jsonl").read_text("utf-8").splitlines()]
    assert {row["regency"] for row in rows} == {"Kabupaten Purbalingga"}
    assert {row["kecamatan"] for row in rows} == {"Bukateja", "Kejobong", "Kaligondang", "Bobotsari"}


def test_nothing_fits(extracted: Path, pantau: Pantau, tmp_path: Path) -> None:
    outcome = pantau("export", "--db", extracted, "--output", tmp_path / "out", "--since", "2030-01-01")
    assert outcome.code == 0
    assert "nothing fits (since 2030-01-01); the files have headings and no rows" in outcome.out
    outcome = pantau("export", "--db", extracted, "--output", tmp_path / "out", "--until", "2020-01-01")
    assert "nothing fits (until 2020-01-01)" in outcome.out


def test_nothing_was_extracted_yet(database: Path, pantau: Pantau, tmp_path: Path) -> None:
    outcome = pantau("export", "--db", database, "--output", tmp_path / "out")
    assert outcome.code == 0
    assert "no article on the programme was found yet" in outcome.out


def test_quiet(extracted: Path, pantau: Pantau, tmp_path: Path) -> None:
    outcome = pantau("export", "--db", extracted, "--output", tmp_path / "out", "--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_the_public_database(extracted: Path, pantau: Pantau, tmp_path: Path) -> None:
    publish(extracted, tmp_path / "public.db")
    for database, output in ((extracted, "private"), (tmp_path / "public.db", "public")):
        outcome = pantau("export", "--db", database, "--format", "csv", "--output", tmp_path / output)
        assert outcome.code == 0
    for path in (tmp_path / "private").iterdir():
        assert path.read_bytes() == (tmp_path / "public" / path.name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xls"], "'xls' is no format; did you mean xlsx?"),
        (["--format", "csv,parquet"], "'parquet' is no format; choose of csv, xlsx, jsonl"),
        (["--format", ","], "no format named"),
        (["--regency", "Purbalinga"], "did you mean 'Kabupaten Purbalingga'"),
        (["--regency", "Magelang"], "write 'Kabupaten Magelang' or 'Kota Magelang'"),
        (["--pillar", "rpa"], "did you mean rppa?"),
        (["--outlet", "contoh"], "no outlet 'contoh' in this database"),
        (["--since", "2025-11-02", "--until", "2025-11-01"], "is later than --until 2025-11-01; swap them"),
        (["--programme", "kecamatan-berdya"], "did you mean kecamatan-berdaya?"),
        (["--since", "kemarin"], "'kemarin' is no date; write it as 2025-10-30"),
        (["--output", "{file}/out"], "cannot be written (Not a directory)"),
        (["--output", "{file}"], "is a file"),
        (["--db", "{file}"], "is not an SQLite database"),
        (["--db", "{file}.db"], "does not exist; collect articles with 'pantau crawl'"),
    ],
)
def test_one_line_says_what_is_wrong(
    extracted: Path, pantau: Pantau, tmp_path: Path, arguments: list[str], message: str
) -> None:
    file = tmp_path / "some-file"
    file.write_text("no database, just some text that is long enough to be looked at\n" * 20)
    given = [word.format(file=file) for word in arguments]
    outcome = pantau("export", "--db", extracted, "--output", tmp_path / "out", *given)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1
    assert message in outcome.err
    assert not (tmp_path / "out").exists()


def test_another_export_holds_the_folder(extracted: Path, pantau: Pantau, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    handle = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        outcome = pantau("export", "--db", extracted, "--output", output)
    finally:
        os.close(handle)
    assert outcome.code == 75
    assert outcome.err == f"pantau: error: another export writes to {output}; wait until it has ended\n"
    assert list(output.iterdir()) == []
