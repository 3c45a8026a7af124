"""What a crawl's report tells an operator, and when it keeps quiet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.outlet.load import Expect
from db.records import WIB, CrawlReport
from pipelines.crawl.diagnosis import CrawlFacts, check_crawl
from pipelines.crawl.problems import find_hidden, read_crawl_problem

NOW = datetime.now(WIB)


def facts(**more: Any) -> CrawlFacts:
    given: dict[str, Any] = {
        "counts": {"stored": 2, "off-topic": 8},
        "found": 10,
        "days": 1,
        "asked": {"listing": 3},
        "answered": {"listing": 3},
    } | more
    return CrawlFacts(**given)


def earlier(days: int, **more: Any) -> CrawlReport:
    given: dict[str, Any] = {
        "counts": {"off-topic": 50},
        "finish_reason": "finished",
        "started_at": NOW - timedelta(days=days),
        "finished_at": NOW - timedelta(days=days),
    } | more
    return CrawlReport(id=f"r{days}/x", run=f"r{days}", outlet="x", **given)


def problems(wanted: CrawlFacts, *previous: CrawlReport, expect: Expect | None = None) -> list[str]:
    found = check_crawl(wanted, expect or Expect(), previous)
    assert not [line for line in found if read_crawl_problem("x", line).kind == "other"]
    return found


def test_a_good_crawl_has_no_problem() -> None:
    assert problems(facts()) == []
    assert problems(facts(counts={"seen": 40}, found=40)) == []
    assert (
        problems(facts(counts={}, found=0, asked={"search": 2}, answered={"search": 2})) == []
    )  # nothing new


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"counts": {"no-body": 14, "stored": 1}}, "body empty on 14 of 15 pages; layout changed?"),
        (
            {"counts": {"no-date": 9, "off-topic": 3, "seen": 90}},
            "no valid publication time on 9 of 12 pages; layout changed?",
        ),
        (
            {"counts": {"network-error": 5, "stored": 1}},
            "not reached (timeout, reset, DNS, TLS) on 5 of 6 pages",
        ),
        ({"counts": {"error": 1, "stored": 9}}, "1 pages met a defect of the program; the log says where"),
        (
            {"answered": {}, "found": 0, "counts": {}, "why": {"blocked": 2, "not-found": 1}},
            "none of 3 listings, feeds and sitemaps could be read (2 blocked, 1 not-found)",
        ),
        (
            {"found": 0, "counts": {}},
            "no article link on 3 pages that list articles; layout of the listings changed?",
        ),
        (
            {"refused": {"a.example": "answered 3 requests in a row with 403"}},
            "a.example answered 3 requests in a row with 403; nothing more was asked of it",
        ),
        (
            {"finish_reason": "closespider_timeout", "whole": False},
            "took longer than it may (CLOSESPIDER_TIMEOUT) and was ended",
        ),
    ],
)
def test_problems_in_words_to_act_on(more: dict[str, Any], wanted: str) -> None:
    assert problems(facts(**more)) == [wanted]


def test_two_odd_pages_are_no_problem() -> None:
    assert problems(facts(counts={"no-body": 2, "stored": 1})) == []
    assert problems(facts(counts={"no-body": 3, "off-topic": 97})) == []


def test_the_past_says_what_is_usual() -> None:
    past = [earlier(n) for n in range(1, 5)]
    few = facts(found=3, counts={"off-topic": 3}, usual_days=True)
    assert problems(few, *past) == ["offered 3 articles; 50 are usual"]
    assert problems(few) == []  # no past yet
    assert problems(facts(found=3, counts={"off-topic": 3}), *past) == []  # another range of days
    assert problems(facts(found=3, counts={"off-topic": 3}, usual_days=True, whole=False), *past) == []


def test_bounds_of_the_outlets_file() -> None:
    assert problems(facts(days=3), expect=Expect(found_per_day=5)) == [
        "offered 10 articles in 3 days; at least 15 are expected"
    ]
    monthly = Expect(stored_per_month=5)
    old = [earlier(n, counts={"stored": 0, "off-topic": 10}) for n in (1, 10, 40)]
    assert problems(facts(), *old, expect=monthly) == ["2 articles on the topic in 30 days; 5 are expected"]
    assert problems(facts(), *old[:2], expect=monthly) == []  # watched for ten days only


def test_a_problem_says_since_when_it_lasts() -> None:
    bad = facts(counts={"no-body": 14, "stored": 1})
    past = [
        earlier(1, problems=("body empty on 9 of 9 pages; layout changed?",)),
        earlier(2, problems=("body empty on 3 of 4 pages since 2025-01-01; layout changed?",)),
        earlier(3),
    ]
    day = (NOW - timedelta(days=2)).date()
    assert problems(bad, *past) == [f"body empty on 14 of 15 pages since {day}; layout changed?"]
    assert problems(bad, past[2], *past[:2]) == ["body empty on 14 of 15 pages; layout changed?"]


@pytest.mark.parametrize(
    ("lines", "more", "hidden"),
    [
        ((), {}, ""),
        (("12 articles on the topic in 30 days; 20 are expected",), {}, ""),
        (("selectors found no body on 80% of 9 pages, where the generic extractor had to answer",), {}, ""),
        (("body empty on 14 of 15 pages; layout changed?",), {}, "no-body"),
        (("offered 2 articles; 40 are usual", "no article on 9 of 9 pages"), {}, "few-offered, not-article"),
        (("words that nobody knows",), {}, "other"),
        ((), {"unread": 1}, "1 of 4 lists and feeds could not be read"),
        ((), {"read": 0}, "no list or feed could be read"),
        ((), {"limited": True}, "it was limited"),
        ((), {"ended": False}, "it did not end"),
    ],
)
def test_what_could_hide_articles(lines: tuple[str, ...], more: dict[str, Any], hidden: str) -> None:
    assert find_hidden(lines, **({"read": 3, "unread": 0} | more)) == hidden
