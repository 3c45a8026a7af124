"""A page or text that takes for ever costs one article: it is told, passed over, and the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.records import Evidence, Facts, PilotKecamatan, Quantity
from db.store import Store
from db.tables.claims import drop_unstorable
from extract import facts as extract_facts_module
from pipelines.claims import batch
from pipelines.cli import main
from pipelines.crawl import reader
from tests.pipelines.crawl.test_backfill import OUTLET, WHEN, make_page
from tests.pipelines.invented import TEXT, Pantau, make_article, make_line, to_jsonl

Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _short_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_BUDGET_SECONDS", "1")


def stall(text: str) -> None:
    """Never come back, inside C, where the text asks for it."""
    if "tanpa akhir" in text:
        re.match(r"(a+)+$", "a" * 64 + "b")


@pytest.fixture
def endless_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    real = extract_facts_module.extract_facts

    def extract_facts(article: Any, *rest: Any) -> Any:
        stall(article.text)
        return real(article, *rest)

    monkeypatch.setattr(extract_facts_module, "extract_facts", extract_facts)
    monkeypatch.setattr(batch, "extract_facts", extract_facts)


@pytest.fixture
def endless_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reader.read_article

    def read_article(page: Any, outlet: Any) -> Any:
        stall(page.html)
        return real(page, outlet)

    monkeypatch.setattr(reader, "read_article", read_article)


@pytest.mark.usefixtures("endless_rule")
def test_a_text_that_never_ends_is_passed_over_until_it_changes(
    database: Path, pantau: Pantau, read_rows: Rows
) -> None:
    with Store(database) as store:
        store.save_article(make_article(3, text=f"{TEXT} Berita tanpa akhir."))
    outcome = pantau("extract", "--db", database)
    assert outcome.code == 1
    [line] = outcome.complaints
    assert "contoh-3" in line
    assert "took more than 1 s" in line
    assert read_rows("SELECT article FROM extractions ORDER BY 1") == [("contoh-1",), ("contoh-2",)]
    assert read_rows("SELECT article, reason, budget FROM extraction_problems") == [
        ("contoh-3", "over-budget", 1.0)
    ]
    assert "articles passed over: 1 over-budget" in pantau("status", "--db", database).out
    again = pantau("extract", "--db", database)
    assert (again.code, again.out, again.complaints) == (0, "nothing new to extract\n", [])
    with Store(database) as store:
        store.save_article(make_article(3, text=f"{TEXT} Berita yang sudah diperbaiki."))
    assert pantau("extract", "--db", database).out.startswith("1 article extracted")
    assert read_rows("SELECT * FROM extraction_problems") == []


@pytest.mark.usefixtures("endless_rule")
def test_a_greater_budget_is_a_reason_to_try_again(
    database: Path, pantau: Pantau, read_rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(database) as store:
        store.save_article(make_article(3, text=f"{TEXT} Berita tanpa akhir."))
    pantau("extract", "--db", database)
    monkeypatch.setenv("PANTAU_BUDGET_SECONDS", "2")
    assert "took more than 2 s" in pantau("extract", "--db", database).err
    assert read_rows("SELECT budget FROM extraction_problems") == [(2.0,)]


@pytest.mark.usefixtures("endless_rule")
def test_a_line_that_never_ends_costs_no_other(tmp_path: Path, pantau: Pantau) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_bytes(to_jsonl(make_line(1), make_line(2, text="Berita tanpa akhir."), make_line(3)))
    outcome = pantau("extract", "--input", articles)
    assert outcome.code == 1
    assert [record["id"] for record in outcome.records] == ["contoh-1", "contoh-3"]
    [line] = outcome.complaints
    assert "line 2: article contoh-2 took more than 1 s; left out" in line


# --- pages ---------------------------------------------------------------------------------------------


@pytest.fixture
def archived(tmp_path: Path) -> Path:
    """An outlet's feed and three pages as WARC; the second of them never ends."""
    from crawler.archive.warc_records import Exchange
    from crawler.archive.write import WarcArchive

    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "contoh_post.toml").write_text(OUTLET, encoding="utf-8")
    pages = [make_page(1), make_page(2, f"{TEXT} Berita tanpa akhir."), make_page(3)]
    entries = "".join(f"<item><title>Berita</title><link>{url}</link></item>" for url, _ in pages)
    feed = ("https://contoh-post.example/feed", f"<rss><channel>{entries}</channel></rss>")
    with WarcArchive(tmp_path / "warc") as archive:
        for url, body in [*pages, feed]:
            kind = "application/rss+xml" if url.endswith("feed") else "text/html; charset=utf-8"
            exchange = Exchange(
                url=url, status=200, headers=(("Content-Type", kind),), body=body.encode(), at=WHEN
            )
            archive.save(exchange)
    return tmp_path


def call(verb: str, folder: Path, *more: str) -> int:
    return main(
        [
            verb,
            *("contoh_post",) * (verb != "backfill"),
            *more,
            *("--db", str(folder / "pantau.db")),
            *("--outlets", str(folder / "outlets")),
            *("--archive", str(folder / ("own" if verb == "crawl" else "warc"))),
        ]
    )


def read(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with Store(folder / "pantau.db", read_only=True) as store:
        return [tuple(row) for row in store.db.execute(sql).fetchall()]


@pytest.mark.usefixtures("endless_reader")
@pytest.mark.parametrize("verb", ["crawl", "backfill"])
def test_a_page_that_never_ends_costs_no_other(
    verb: str, archived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(path) for path in (archived / "warc").glob("*.warc.gz")]
    replay = ["--replay", *files, "--since", "2025-11-01", "--until", "2025-11-05"]
    more = replay if verb == "crawl" else files
    call(verb, archived, *more)
    told = capsys.readouterr()
    assert "1 over-budget, 2 stored" in told.out
    assert "berita-2/ is passed over: reading it took more than 1 s" in told.err
    [(url, reason)] = read(archived, "SELECT url, reason FROM reading_problems")
    assert (url, reason) == (make_page(2)[0], "over-budget")
    main(["status", "--db", str(archived / "pantau.db")])
    assert "pages passed over: 1 over-budget" in capsys.readouterr().out
    # The archive's page is the same, and so is the reader: not tried again.
    call("reparse", archived)
    told = capsys.readouterr()
    assert "1 over-budget" in told.out
    assert "passed over" not in told.err


def test_a_reader_that_was_mended_reads_what_was_passed_over(
    archived: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (archived / "pantau.db").unlink(missing_ok=True)
    with Store(archived / "pantau.db"):
        pass
    real = reader.read_article
    with monkeypatch.context() as broken:
        broken.setattr(reader, "read_article", lambda page, outlet: stall(page.html) or real(page, outlet))
        call("reparse", archived)
    assert "1 over-budget, 2 stored" in capsys.readouterr().out
    monkeypatch.setattr(reader, "reader_version", lambda outlet: "mended")
    call("reparse", archived)
    assert "1 stored, 2 unchanged" in capsys.readouterr().out
    assert read(archived, "SELECT * FROM reading_problems") == []


def test_a_page_that_cannot_be_stored_costs_no_other(
    archived: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the gate had a hole: half of a surrogate pair comes through."""
    import crawler.page.article

    def break_one(result: Any) -> Any:
        from dataclasses import replace

        return replace(result, title="\ud83d") if "berita-2" in getattr(result, "url", "") else result

    monkeypatch.setattr(crawler.page.article, "gate", break_one)
    files = [str(path) for path in (archived / "warc").glob("*.warc.gz")]
    call("crawl", archived, "--replay", *files, "--since", "2025-11-01", "--until", "2025-11-05")
    told = capsys.readouterr()
    assert "2 stored, 1 unstorable" in told.out
    assert read(archived, "SELECT DISTINCT outcome FROM fetches WHERE url LIKE '%berita-2%'") == [
        ("unstorable",)
    ]


# --- claims --------------------------------------------------------------------------------------------


def test_what_the_store_refuses_is_left_out_and_nothing_else(
    database: Path, pantau: Pantau, read_rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    real = extract_facts_module.extract_facts

    def spoil(article: Any, *rest: Any) -> Any:
        found = real(article, *rest)
        if not found.relevant:
            return found
        first, *others = found.pilot_kecamatan
        crossed = replace(first.evidence[0], start=44, end=4, quote="")
        many = replace(found.quantities[0], value=10**30)
        return replace(
            found,
            pilot_kecamatan=(replace(first, evidence=(crossed,)), *others),
            quantities=(many, *found.quantities[1:]),
        )

    monkeypatch.setattr(extract_facts_module, "extract_facts", spoil)
    outcome = pantau("extract", "--db", database)
    assert len(outcome.complaints) == 1
    assert "left out: pilot_kecamatan quotes '', which is not at 44-4; quantities says 1000" in outcome.err
    assert read_rows("SELECT count(*) FROM pilot_kecamatan") == [(3,)]
    assert read_rows("SELECT reason FROM extraction_problems") == [("unstorable",)]
    assert pantau("extract", "--db", database).out == "nothing new to extract\n"


def test_a_claim_keeps_the_evidence_that_stands() -> None:
    good = Evidence(start=0, end=4, quote="Alas", sentence="Alas.", rule="uji")
    bad = Evidence(start=9, end=4, quote="", sentence="Alas.", rule="uji")
    half = Evidence(start=0, end=4, quote="Alas", sentence="\ud83d", rule="uji")
    pilot = PilotKecamatan(
        kecamatan="Alas", regency="Kabupaten Uji", code="33.99.01", evidence=(bad, good, half)
    )
    lost = Quantity(measure="kecamatan_pilot", region="Kabupaten Uji", value=-(2**63) - 1, evidence=(good,))
    facts = Facts(
        article="a",
        programme="p",
        extractor_version="1",
        relevant=True,
        pilot_kecamatan=(pilot,),
        quantities=(lost,),
    )
    kept, problems = drop_unstorable(facts, "", "Alas.")
    assert [claim.evidence for claim in kept.pilot_kecamatan] == [(good,)]
    assert kept.quantities == ()
    assert len(problems) == 3
    assert drop_unstorable(kept, "", "Alas.") == (kept, [])
