"""The whole job on the sample newsroom, and what `pantau run` does when a step fails."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db.claim_kinds import CLAIM_TABLES
from db.records import WIB, CrawlReport
from db.store import Store
from pipelines.crawl import run as crawl
from tests.pipelines.invented import Pantau, as_nobody
from tests.pipelines.newsroom import SAMPLE, SLUGS, sample_arguments

REPORT = CrawlReport(
    id="r1/contoh_post",
    run="r1",
    outlet="contoh_post",
    started_at=datetime(2025, 11, 6, 5, tzinfo=WIB),
    finished_at=datetime(2025, 11, 6, 6, tzinfo=WIB),
    finish_reason="finished",
)


def test_the_whole_job_leaves_articles_claims_and_a_public_database(newsroom: Path) -> None:
    with Store(newsroom / "pantau.db", read_only=True) as store:
        counts = {
            table: store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "pilots", "crawls", "fetches", *CLAIM_TABLES.values())
        }
        assert store.db.execute("SELECT count(DISTINCT outlet) FROM articles").fetchone()[0] == len(SLUGS)
    assert counts["articles"] >= 20
    # No article of the sample tells of a training.
    assert [table for table, count in counts.items() if not count] == ["trainings"]
    assert (newsroom / "public.db").stat().st_size > 0
    assert list((newsroom / "warc").glob("*.warc.gz"))


def test_a_replay_watched_the_days_that_it_asked_for(newsroom: Path) -> None:
    with Store(newsroom / "pantau.db", read_only=True) as store:
        watched = (
            "SELECT outlet, min(day), max(day), count(*), via FROM watched_days GROUP BY outlet ORDER BY 1"
        )
        days = [tuple(row) for row in store.db.execute(watched).fetchall()]
        invented = store.db.execute("SELECT min(invented) FROM outlets").fetchone()[0]
    assert days == [(slug, "2025-10-25", "2025-12-12", 49, "replay") for slug in SLUGS]
    assert invented == 1


def test_every_quote_is_where_it_says(newsroom: Path) -> None:
    with Store(newsroom / "pantau.db", read_only=True) as store:
        articles = {article.id: article for article in store.articles()}
        seen = 0
        for facts in store.facts("kecamatan-berdaya"):
            article = articles[facts.article]
            for name in CLAIM_TABLES:
                for claim in getattr(facts, name):
                    assert claim.evidence, (facts.article, claim)
                    for ev in claim.evidence:
                        source = article.title if ev.field == "title" else article.text
                        assert ev.quote == source[ev.start : ev.end] != ""
                        assert ev.sentence in source
                        assert ev.quote in ev.sentence
                        seen += 1
    assert seen > 300


def test_a_press_release_in_three_outlets_is_one_story(newsroom: Path) -> None:
    with Store(newsroom / "pantau.db", read_only=True) as store:
        rows = store.db.execute(
            "SELECT story, count(DISTINCT outlet) AS outlets FROM articles GROUP BY story HAVING outlets > 1"
        ).fetchall()
    assert [row["outlets"] for row in rows] == [3]


def test_a_second_run_adds_nothing_and_says_so(newsroom: Path, pantau: Pantau) -> None:
    def rows() -> list[Any]:
        with Store(newsroom / "pantau.db", read_only=True) as store:
            return [tuple(row) for row in store.db.execute("SELECT * FROM articles ORDER BY id").fetchall()]

    before = rows()
    outcome = pantau("run", *sample_arguments(newsroom))
    assert outcome.code == 0
    assert "no new articles, 0 changed" in outcome.out
    assert "nothing new to extract" in outcome.out
    assert rows() == before


def test_reparse_of_the_archive_changes_nothing(newsroom: Path, pantau: Pantau) -> None:
    where = ["--db", newsroom / "pantau.db", "--archive", newsroom / "warc", "--outlets", SAMPLE / "outlets"]
    outcome = pantau("reparse", *where)
    assert outcome.code == 0
    assert "no new articles, 0 changed" in outcome.out


def test_status_of_a_good_run(newsroom: Path, pantau: Pantau) -> None:
    outcome = pantau("status", "--db", newsroom / "pantau.db")
    assert outcome.code == 0, outcome.out
    assert all(slug in outcome.out for slug in SLUGS)


# --- when a step fails -----------------------------------------------------------------------------


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the next crawl end with the given reports, or raise."""

    def ends_with(*given: CrawlReport | Exception) -> None:
        def run_crawl(store: Store, scope: object) -> list[CrawlReport]:
            for one in given:
                if isinstance(one, Exception):
                    raise one
            return [one for one in given if isinstance(one, CrawlReport)]

        monkeypatch.setattr(crawl, "run_crawl", run_crawl)

    return ends_with


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (RuntimeError("the roof is down"), 1, "RuntimeError: the roof is down"),
        (OSError(28, "No space left"), 2, "No space left"),
    ],
)
def test_a_failed_crawl_does_not_keep_the_rest_from_being_done(
    error: Exception, code: int, words: str, database: Path, reports: Callable[..., None], pantau: Pantau
) -> None:
    reports(error)
    outcome = pantau("run", "--db", database)
    assert outcome.code == code
    [line] = outcome.complaints
    assert "crawl: " in line
    assert words in line
    assert "2 articles extracted" in outcome.out
    assert database.with_name("public.db").exists()


def test_a_problem_of_an_outlet_is_told_and_needs_a_person(
    database: Path, reports: Callable[..., None], pantau: Pantau
) -> None:
    reports(replace(REPORT, counts={"stored": 1}, problems=("its feed is empty: look at its address",)))
    outcome = pantau("crawl", "--db", database)
    assert outcome.code == 1
    assert "contoh_post: 1 stored" in outcome.out
    [line] = outcome.complaints
    assert "contoh_post: its feed is empty: look at its address" in line


def test_an_interrupted_crawl_ends_the_run(
    database: Path, reports: Callable[..., None], pantau: Pantau
) -> None:
    reports(replace(REPORT, finish_reason="shutdown"))
    outcome = pantau("run", "--db", database)
    assert outcome.code == 130
    assert "extracted" not in outcome.out


def test_a_publication_that_would_lose_too_much_is_refused(
    newsroom: Path, database: Path, reports: Callable[..., None], pantau: Pantau
) -> None:
    reports(REPORT)
    output = database.with_name("public.db")
    output.write_bytes((newsroom / "public.db").read_bytes())
    outcome = pantau("run", "--db", database, "--output", output)
    assert outcome.code == 1
    [line] = outcome.complaints
    assert "fell from" in line
    assert output.read_bytes() == (newsroom / "public.db").read_bytes()


@pytest.mark.parametrize("verb", ["run", "crawl"])
def test_an_unknown_outlet_is_wrong_usage_and_makes_nothing(
    verb: str, tmp_path: Path, pantau: Pantau
) -> None:
    outcome = pantau(verb, "tribun_jatengg", "--db", tmp_path / "new" / "pantau.db")
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert "tribun_jatengg" in outcome.complaints[0]
    assert list(tmp_path.iterdir()) == []


# --- what may not be written -----------------------------------------------------------------------


@pytest.fixture
def read_only(database: Path) -> Iterator[Path]:
    """The database in a folder that others may enter and in which nobody may write."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders may not be entered by others
        path = Path(name) / database.name
        path.write_bytes(database.read_bytes())
        path.chmod(0o444)
        path.parent.chmod(0o555)
        yield path
        path.parent.chmod(0o755)


@pytest.mark.parametrize("verb", ["extract", "publish", "crawl"])
def test_a_folder_that_is_read_only(
    verb: str, database: Path, read_only: Path, pantau: Pantau, reports: Callable[..., None]
) -> None:
    reports(REPORT)
    assert pantau(verb, "--db", database).code == 0  # everything that a verb imports is loaded
    before = read_only.read_bytes()
    with as_nobody():
        outcome = pantau(verb, "--db", read_only)
    assert outcome.code == 2
    [line] = outcome.complaints
    assert str(read_only) in line
    assert read_only.read_bytes() == before
