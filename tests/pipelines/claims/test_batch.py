"""Extraction of JSON lines: same order, one clear line for each bad one, nothing good lost."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.records import Article
from pipelines.claims import batch
from tests.pipelines.invented import OFF_TOPIC, TEXT, Pantau, make_line, to_jsonl

pytestmark = pytest.mark.usefixtures("one_extractor")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return tmp_path / "articles.jsonl"


def test_a_record_a_line_in_the_order_of_the_articles(articles: Path, pantau: Pantau) -> None:
    articles.write_bytes(
        to_jsonl(make_line(3), make_line(1, text=OFF_TOPIC, title="Harga Cabai"), make_line(2))
    )
    outcome = pantau("extract", "--input", articles, "--output", "-")
    assert outcome.code == 0
    assert [record["id"] for record in outcome.records] == ["contoh-3", "contoh-1", "contoh-2"]
    assert [record["relevant"] for record in outcome.records] == [True, False, True]
    assert outcome.complaints == []


def test_evidence_is_where_it_says(articles: Path, pantau: Pantau) -> None:
    articles.write_bytes(to_jsonl(make_line()))
    [record] = pantau("extract", "--input", articles).records
    fields = {"text": TEXT, "title": record["title"]}
    seen = 0
    for claims in (value for value in record.values() if isinstance(value, list)):
        for claim in claims:
            for ev in claim["evidence"]:
                source = fields[ev.get("field", "text")]
                assert ev["quote"] == source[ev["start"] : ev["end"]]
                assert ev["sentence"] in source
                seen += 1
    assert seen > 0


BAD_LINES = {
    b'{"id": "x", "text": ': "not JSON",
    b"\xff\xfe{}": "not UTF-8",
    b"[1, 2]": "an article is a JSON object, this is a list",
    b'{"id": "x"}': "the key 'text' is missing",
    b'{"text": "x"}': "the key 'id' is missing",
    b'{"id": 7, "text": "x"}': "'id' must be text, not a number",
    b'{"id": "", "text": "x"}': "'id' is empty",
    b'{"id": "x", "text": null}': "'text' must be text, not null",
    b'{"id": "x", "text": "y", "title": ["z"]}': "'title' must be text, not a list",
    b'{"id": "x", "text": "y", "published_at": "kemarin"}': "'published_at' is no date: 'kemarin'",
    b'{"id": "x", "text": "y", "published_at": true}': "'published_at' must be text",
    b'{"id": "x", "text": ' + b"[" * 100_000: "nested too deeply",
    b'{"id": "x", "text": "y", "views": ' + b"9" * 5000 + b"}": "a number in it has too many figures",
    b'{"id": "x", "text": "y", "text": "z"}': "its key 'text' stands there twice",
    b'{"id": "x", "text": NaN}': "'text' must be text, not a number",
    b'{"id": "x", "text": 1e999}': "'text' must be text, not a number",
    b'{"id": "x", "text": "y", "published_at": "0001-01-01"}': "give a year between 1600 and 2999",
    b'{"id": "x", "text": "y", "published_at": "9999-12-31T23:59:59-12:00"}': "between 1600 and 2999",
}


@pytest.mark.parametrize("bad", BAD_LINES, ids=list(BAD_LINES.values()))
def test_a_bad_line_is_told_with_its_number_and_the_rest_is_kept(
    bad: bytes, articles: Path, pantau: Pantau
) -> None:
    articles.write_bytes(to_jsonl(make_line(1)) + b"\n" + bad + b"\n" + to_jsonl(make_line(2)))
    outcome = pantau("extract", "--input", articles)
    assert outcome.code == 1
    assert [record["id"] for record in outcome.records] == ["contoh-1", "contoh-2"]
    [line] = outcome.complaints
    assert f"{articles}, line 3: " in line
    assert BAD_LINES[bad] in line


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "it is empty"), (b"\n \n", "it is empty"), (b"{}\n7\n", "none of its 2 lines")],
)
def test_a_file_without_articles_is_unreadable_input(
    content: bytes, words: str, articles: Path, pantau: Pantau
) -> None:
    articles.write_bytes(content)
    output = articles.with_name("records.jsonl")
    output.write_text("older records\n")
    outcome = pantau("extract", "--input", articles, "--output", output)
    assert outcome.code == 2
    assert words in outcome.complaints[-1]
    assert output.read_text() == "older records\n"


def test_a_defect_on_one_article_costs_no_other(
    articles: Path, pantau: Pantau, extractor: Callable[[Article], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(article: Article) -> Any:
        if article.id == "contoh-2":
            raise ZeroDivisionError("counting nothing")
        return extractor(article)

    monkeypatch.setattr(batch, "build_extractor", lambda *_: stumble)
    articles.write_bytes(to_jsonl(make_line(1), make_line(2), make_line(3)))
    outcome = pantau("extract", "--input", articles)
    assert outcome.code == 1
    assert [record["id"] for record in outcome.records] == ["contoh-1", "contoh-3"]
    [line] = outcome.complaints
    assert "line 2: article contoh-2" in line
    assert "ZeroDivisionError: counting nothing" in line


def test_standard_input_and_output(pantau_process: Callable[..., subprocess.Popen[bytes]]) -> None:
    with pantau_process("extract", "--input", "-", "--output", "-", "--quiet") as process:
        out, err = process.communicate(b"\xef\xbb\xbf" + to_jsonl(make_line(1)), timeout=60)
    assert process.returncode == 0
    assert json.loads(out)["id"] == "contoh-1"
    assert err == b""


def test_output_appears_whole_or_not_at_all(
    articles: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(article: Article) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "build_extractor", lambda *_: interrupt)
    articles.write_bytes(to_jsonl(make_line(1)))
    assert pantau("extract", "--input", articles, "--output", articles.with_name("out.jsonl")).code == 130
    assert os.listdir(articles.parent) == ["articles.jsonl"]  # noqa: PTH208 - the names are what matters


def test_output_may_replace_its_input_and_has_ordinary_permissions(articles: Path, pantau: Pantau) -> None:
    articles.write_bytes(to_jsonl(make_line(1)))
    mode = articles.stat().st_mode
    assert pantau("extract", "--input", articles, "--output", articles).code == 0
    assert json.loads(articles.read_text())["relevant"] is True
    assert articles.stat().st_mode == mode


def test_output_to_a_device_leaves_the_device(articles: Path, pantau: Pantau) -> None:
    articles.write_bytes(to_jsonl(make_line(1)))
    assert pantau("extract", "--input", articles, "--output", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()
