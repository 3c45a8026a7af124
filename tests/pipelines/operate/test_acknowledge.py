"""A problem that somebody knows of waits: until its day, and as long as it stays the same."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db.records import WIB, CrawlReport
from db.store import Store
from pipelines.crawl.problems import KINDS, read_crawl_problem
from pipelines.operate.acknowledge import Acknowledgement, acknowledgements_path
from tests.pipelines.invented import Pantau
from tests.pipelines.newsroom import ROOT

ID = "contoh_post/no-body"
TODAY = datetime.now(WIB).date()
LATER = TODAY + timedelta(days=7)


@pytest.fixture
def troubled(database: Path) -> Path:
    crawl(database, "body empty on 14 of 15 pages since 2026-11-20; layout changed?")
    return database


def crawl(database: Path, *problems: str) -> None:
    now = datetime.now(WIB)
    report = CrawlReport(
        id=f"r{now}/contoh_post", run=f"r{now}", outlet="contoh_post", started_at=now, finished_at=now,
        finish_reason="finished", problems=problems,
    )  # fmt: skip
    with Store(database) as store:
        store.save_crawl(report)


def acknowledge(pantau: Pantau, database: Path, *problems: str, until: date = LATER) -> int:
    named = [word for problem in problems for word in ("--acknowledge", problem)]
    return pantau("status", "--db", database, *named, "--reason", "mended", "--until", until).code


def test_it_waits_and_is_shown_with_reason_and_end(troubled: Path, pantau: Pantau) -> None:
    before = pantau("status", "--db", troubled)
    assert before.code == 1
    assert f"    {ID}" in before.out.splitlines()
    assert acknowledge(pantau, troubled, ID) == 0
    shown = pantau("status", "--db", troubled)
    assert shown.code == 0
    assert f"acknowledged until {LATER} (mended): contoh_post: body empty on 14 of 15" in shown.out
    report = json.loads(pantau("status", "--db", troubled, "--json").out)
    assert (report["needs_a_person"], report["open"], report["outlets"][0]["problems"]) == (False, [], [])
    [one] = report["acknowledged"]
    assert (one["id"], one["kind"], one["outlet"]) == (ID, "no-body", "contoh_post")
    assert (one["reason"], one["until"]) == ("mended", LATER.isoformat())


def test_it_is_taken_back(troubled: Path, pantau: Pantau) -> None:
    acknowledge(pantau, troubled, ID)
    assert pantau("status", "--db", troubled, "--reopen", ID).code == 0
    assert pantau("status", "--db", troubled).code == 1


def test_other_figures_are_the_same_problem_and_another_problem_is_not(
    troubled: Path, pantau: Pantau
) -> None:
    acknowledge(pantau, troubled, ID)
    crawl(troubled, "body empty on 3 of 9 pages since 2026-11-20; layout changed?")
    assert pantau("status", "--db", troubled).code == 0
    crawl(troubled, "body empty on 3 of 9 pages, 10% are usual; layout changed?")
    assert pantau("status", "--db", troubled).code == 1
    crawl(
        troubled,
        "body empty on 3 of 9 pages; layout changed?",
        "no headline on 9 of 9 pages; layout changed?",
    )
    report = json.loads(pantau("status", "--db", troubled, "--json").out)
    assert [problem["id"] for problem in report["open"]] == ["contoh_post/no-title"]


def test_it_comes_back_after_its_last_day() -> None:
    problem = read_crawl_problem("contoh_post", "body empty on 14 of 15 pages; layout changed?")
    one = Acknowledgement(problem=ID, text=problem.text, reason="mended", until=LATER, made_on=TODAY)
    assert one.covers(problem, LATER)
    assert not one.covers(problem, LATER + timedelta(days=1))


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--acknowledge", "contoh_post/no-bdy", "--reason", "x", "--until", LATER), f"did you mean '{ID}'?"),
        (("--acknowledge", ID, "--reason", "x", "--until", "2020-01-01"), "--until 2020-01-01 has passed"),
        (("--acknowledge", ID, "--reason", "x"), "give all three"),
        (("--reason", "x", "--until", LATER), "give all three"),
        (("--reopen", ID), f"'{ID}' is not acknowledged; there is none"),
        (("--reopen", ID, "--json"), "give one of them"),
    ],
)
def test_wrong_usage_is_one_line(
    words: tuple[object, ...], complaint: str, troubled: Path, pantau: Pantau
) -> None:
    outcome = pantau("status", "--db", troubled, *words)
    assert outcome.code == 2
    [line] = outcome.complaints
    assert complaint in line
    assert not acknowledgements_path(troubled).exists()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[acknowledged]\n", "no valid TOML"),
        (
            '[[acknowledged]]\nproblem = "x"\n',
            "[[acknowledged]] 1: lacks 'text', 'reason'",
        ),
        ("acknowledged = 3\n", "must be written [[acknowledged]]"),
        ("[[acknowleged]]\n", "did you mean 'acknowledged'?"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(
    text: str, complaint: str, troubled: Path, pantau: Pantau
) -> None:
    acknowledgements_path(troubled).write_text(text)
    outcome = pantau("status", "--db", troubled)
    assert outcome.code == 2
    [line] = outcome.complaints
    assert "pantau.acknowledged.toml: " in line
    assert complaint in line


def test_reasons_keep_their_words(troubled: Path, pantau: Pantau) -> None:
    reason = 'tata letak "baru"\\n, kata Ratna'
    pantau("status", "--db", troubled, "--acknowledge", ID, "--reason", reason, "--until", LATER)
    [one] = json.loads(pantau("status", "--db", troubled, "--json").out)["acknowledged"]
    assert one["reason"] == reason


def test_every_kind_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert [kind for kind, about in KINDS.items() if f"| `{kind}` | {about} |" not in text] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("www.contoh.example answered 3 requests in a row with 403; nothing more was asked of it",
         "x/host-refuses/www.contoh.example"),
        ("authors found on 0% of 7 pages, 100% are usual; layout changed?", "x/field-lost/authors"),
        ("must-find article https://contoh.example/1 was not offered; a way of finding broke?",
         "x/must-find/https://contoh.example/1"),
        ("selectors' body agrees with the generic extractor to 10%, 90% are usual; layout changed?",
         "x/body-differs/the-generic-extractor"),
        ("the roof of 3 houses is down", "x/other/the-roof-of-houses"),
    ],
)  # fmt: skip
def test_ids_of_a_crawls_problems(text: str, wanted: str) -> None:
    assert read_crawl_problem("x", text).id == wanted
    assert read_crawl_problem("x", f"{text} since 2026-11-20").id == wanted
