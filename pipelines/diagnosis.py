"""What is wrong with a crawl, from its counts, its outlet's bounds and its own past. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.outlet import Expect
from db.records import WIB, CrawlReport, Reason

_COMPARED = 10  # earlier crawls that a crawl is held against

#: Reasons that a page which was fetched could not be read for, in the words of a problem.
_UNREADABLE: Mapping[Reason, str] = {
    "no-body": "body empty",
    "no-title": "no headline",
    "no-date": "no valid publication time",
    "not-article": "no article",
}
_UNREACHED: Mapping[Reason, str] = {
    "blocked": "refused (401, 403 or 429)",
    "http-error": "answered with an error or a redirect that leads nowhere",
    "network-error": "not reached (timeout, reset, DNS, TLS)",
    "not-found": "not found, though listed",
    "too-large": "larger than any article",
    "robots": "forbidden by robots.txt",
}
_FINISHES = {
    "closespider_timeout": "took longer than it may (CLOSESPIDER_TIMEOUT) and was ended",
    "memusage_exceeded": "took more memory than it may (MEMUSAGE_LIMIT_MB) and was ended",
    "store-error": "could not write to the database and was ended",
}
#: What lists articles whether they are on the topic or not, so that none at all is a sign of a change.
_LISTS_ALL = ("listing", "feed", "sitemap")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlFacts:
    """What `check_crawl` looks at."""

    counts: Mapping[str, int]
    found: int  # article URLs that discovery offered
    days: int  # asked for
    asked: Mapping[str, int] = field(default_factory=dict)  # way of finding -> requests
    answered: Mapping[str, int] = field(default_factory=dict)
    why: Mapping[str, int] = field(default_factory=dict)  # reasons of listings that gave no answer
    refused: Mapping[str, str] = field(default_factory=dict)  # host -> why it was left alone
    silent: Mapping[str, str] = field(default_factory=dict)  # host -> why there was no robots.txt
    finish_reason: str = "finished"
    whole: bool = True  # false: limited, or answered from files, so that few articles mean nothing
    usual_days: bool = False  # the range that every run without --since has


def check_crawl(facts: CrawlFacts, expect: Expect, previous: Sequence[CrawlReport]) -> list[str]:
    """What needs a person, one line each, in words to act on; `previous` crawls newest first. Pure."""
    problems = []
    if text := _FINISHES.get(facts.finish_reason):
        problems.append(text)
    problems += [f"{host} {why}; nothing more was asked of it" for host, why in facts.refused.items()]
    problems += [
        f"{host} gave no robots.txt ({why}), without which nothing may be fetched; nothing was"
        for host, why in facts.silent.items()
    ]
    asked, answered = sum(facts.asked.values()), sum(facts.answered.values())
    if asked and not answered and facts.whole and not problems:
        causes = ", ".join(f"{n} {reason}" for reason, n in sorted(facts.why.items())) or "see the log"
        problems.append(f"none of {asked} listings, feeds and sitemaps could be read ({causes})")
    elif not facts.found and facts.whole and (lists := sum(facts.answered.get(k, 0) for k in _LISTS_ALL)):
        problems.append(
            f"no article link on {lists} pages that list articles; layout of the listings changed?"
        )
    problems += _check_pages(facts.counts)
    if facts.counts.get("error"):
        problems.append(f"{facts.counts['error']} pages met a defect of the program; the log says where")
    if facts.whole:
        problems += _check_bounds(facts, expect, previous)
    return [problem + _since(problem, previous) for problem in problems]


def _check_pages(counts: Mapping[str, int]) -> list[str]:
    never_asked = ("seen", "out-of-range")
    pages = sum(n for reason, n in counts.items() if reason not in never_asked)
    problems = []
    for reasons, hint in ((_UNREADABLE, "; layout changed?"), (_UNREACHED, "")):
        for reason, words in reasons.items():
            count = counts.get(reason, 0)
            if count >= 3 and count > 0.3 * pages:
                problems.append(f"{words} on {count} of {pages} pages{hint}")
    return problems


def _check_bounds(facts: CrawlFacts, expect: Expect, previous: Sequence[CrawlReport]) -> list[str]:
    problems = []
    least = (expect.found_per_day or 0) * facts.days
    if facts.found < least:
        problems.append(f"offered {facts.found} articles in {facts.days} days; at least {least} are expected")
    past = [sum(r.counts.values()) for r in previous[:_COMPARED] if r.finish_reason == "finished"]
    usual = statistics.median(past) if len(past) >= 3 else 0
    if facts.usual_days and usual >= 10 and facts.found < usual / 5:
        problems.append(f"offered {facts.found} articles; {usual:.0f} are usual")
    if expect.stored_per_month and previous:
        now = datetime.now(WIB)
        month = [r for r in previous if now - r.started_at <= timedelta(days=30)]
        kept = facts.counts.get("stored", 0) + sum(r.counts.get("stored", 0) for r in month)
        watched = now - previous[-1].started_at >= timedelta(days=30)
        if watched and kept < expect.stored_per_month:
            problems.append(
                f"{kept} articles on the topic in 30 days; {expect.stored_per_month} are expected"
            )
    return problems


def _since(problem: str, previous: Sequence[CrawlReport]) -> str:
    """ " (since 2026-11-20)" where the crawls before had the same problem without a break."""
    kind = " ".join(problem.split()[:2])
    first = None
    for report in previous:
        if not any(old.startswith(kind) for old in report.problems):
            break
        first = report.started_at
    return f" (since {first.astimezone(WIB).date()})" if first else ""
