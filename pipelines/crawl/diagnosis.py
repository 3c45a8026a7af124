"""What is wrong with a crawl, from its counts, its outlet's bounds and its own past. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.outlet.load import Expect
from db.records import WIB, CrawlReport, Reason

_ENOUGH_READ = 5  # pages, below which a share says nothing
_ENOUGH_CRAWLS = 3  # earlier ones, from which on there is something usual
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
#: Reasons that have no bound of their own, as outlets differ; a rise over the outlet's own past is told.
_RISING: Mapping[Reason, str] = {
    **_UNREADABLE,
    "premium": "only a teaser was served",
    "too-short": "text shorter than an article",
}
#: What can answer for a field, in the words of a problem.
_SOURCES: Mapping[str, str] = {
    "json-ld": "JSON-LD",
    "meta": "meta tags",
    "selector": "the outlet's selectors",
    "generic": "the generic reader",
    "url": "the address",
    "feed": "the list or feed",
    "wp-json": "the WordPress API",
    "trafilatura": "the generic extractor",
}
_FINISHES = {
    "closespider_timeout": "took longer than it may (CLOSESPIDER_TIMEOUT) and was ended",
    "memusage_exceeded": "took more memory than it may (MEMUSAGE_LIMIT_MB) and was ended",
    "store-error": "could not write to the database and was ended",
    "archive-error": "could not write to the archive and was ended",
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
    repeated: int = 0  # addresses that would have been asked for too often
    spent: int = 0  # requests of the crawl, where it has made as many as it may
    silent: Mapping[str, str] = field(default_factory=dict)  # host -> why there was no robots.txt
    finish_reason: str = "finished"
    whole: bool = True  # false: limited, or answered from files, so that few articles mean nothing
    measures: Mapping[str, float] = field(default_factory=dict)  # as in CrawlReport
    nonsense: Mapping[str, int] = field(default_factory=dict)  # way of finding -> articles for nonsense
    missing: tuple[str, ...] = ()  # of the must-find list: neither offered nor stored
    beyond: int = 0  # pages of days' lists that were not read, as a list is longer than it may be read
    undated: int = 0  # entries of sitemaps that were left, as they tell no date and are too many
    usual_days: bool = False  # the range that every run without --since has


def check_crawl(facts: CrawlFacts, expect: Expect, previous: Sequence[CrawlReport]) -> list[str]:
    """What needs a person, one line each, in words to act on; `previous` crawls newest first. Pure."""
    problems = [*_check_end(facts), *_check_brake(facts)]
    problems += _check_finding(facts, is_told=bool(problems))
    problems += _check_pages(facts.counts)
    told = {problem.partition(" on ")[0] for problem in problems}
    problems += [p for p in _check_reasons(facts, previous) if p.partition(" on ")[0] not in told]
    problems += _check_usual(facts, previous)
    problems += _check_lists(facts)
    if facts.whole:
        problems += _check_bounds(facts, expect, previous)
        problems += [
            f"must-find article {url} was not offered; a way of finding broke?" for url in facts.missing
        ]
    return [_with_since(problem, previous) for problem in problems]


def _check_end(facts: CrawlFacts) -> list[str]:
    """What ended the crawl, or kept it from hosts."""
    ended = _FINISHES.get(facts.finish_reason)
    return [
        *([ended] if ended else []),
        *(f"{host} {why}; nothing more was asked of it" for host, why in facts.refused.items()),
        *(
            f"{host} gave no robots.txt ({why}), without which nothing may be fetched; nothing was"
            for host, why in facts.silent.items()
        ),
    ]


def _check_finding(facts: CrawlFacts, *, is_told: bool) -> list[str]:
    """That nothing was found at all; where listings gave no answer, only if nothing else explains it."""
    asked, answered = sum(facts.asked.values()), sum(facts.answered.values())
    if not facts.whole:
        return []
    if asked and not answered and not is_told:
        causes = ", ".join(f"{n} {reason}" for reason, n in sorted(facts.why.items())) or "see the log"
        return [f"none of {asked} listings, feeds and sitemaps could be read ({causes})"]
    if not facts.found and (lists := sum(facts.answered.get(kind, 0) for kind in _LISTS_ALL)):
        return [f"no article link on {lists} pages that list articles; layout of the listings changed?"]
    return []


def _check_lists(facts: CrawlFacts) -> list[str]:
    """Ways of finding that offer what was not asked for, or more than is looked at; defects of ours."""
    problems = [
        f"{kind} offers {n} articles for a word that no text holds, so it lists what was not asked for; "
        "narrow 'item' or 'drop' of its [[find]]"
        for kind, n in facts.nonsense.items()
        if n
    ]
    if facts.counts.get("error"):
        problems.append(f"{facts.counts['error']} pages met a defect of the program; the log says where")
    if facts.undated:
        problems.append(
            f"sitemaps list {facts.undated} addresses more than are looked at where no date is told; "
            "narrow 'follow' or 'url' of the [[find]] to a news sitemap"
        )
    if facts.beyond:
        problems.append(
            f"lists of single days have {facts.beyond} pages more than are read; name their sections, "
            "or the CSS that names them ('sections_in'), in the [[find]]"
        )
    return problems


def _check_brake(facts: CrawlFacts) -> list[str]:
    problems = []
    if facts.repeated:
        problems.append(
            f"{facts.repeated} addresses were left alone, as their answers had the crawl ask for them again "
            "and again; --verbose names them"
        )
    if facts.spent:
        problems.append(
            f"made {facts.spent} requests, as many as it may (PANTAU_ASKS_PER_DAY); the next run goes on"
        )
    return problems


def _count_pages(counts: Mapping[str, int]) -> int:
    never_asked = ("seen", "out-of-range")
    return sum(n for reason, n in counts.items() if reason not in never_asked)


def _check_reasons(facts: CrawlFacts, previous: Sequence[CrawlReport]) -> list[str]:
    """Reasons whose share of the pages rose by a fifth over what is usual."""
    pages = _count_pages(facts.counts)
    past = [
        r.counts
        for r in previous[:_COMPARED]
        if r.finish_reason == "finished" and _count_pages(r.counts) >= _ENOUGH_READ
    ]
    if pages < _ENOUGH_READ or len(past) < _ENOUGH_CRAWLS:
        return []
    problems = []
    for reason, words in _RISING.items():
        count = facts.counts.get(reason, 0)
        usual = statistics.median(c.get(reason, 0) / _count_pages(c) for c in past)
        if count >= 3 and count / pages >= usual + 0.2:
            problems.append(f"{words} on {count} of {pages} pages, {usual:.0%} are usual; layout changed?")
    return problems


def _check_pages(counts: Mapping[str, int]) -> list[str]:
    pages = _count_pages(counts)
    problems = []
    for reasons, hint in ((_UNREADABLE, "; layout changed?"), (_UNREACHED, "")):
        for reason, words in reasons.items():
            count = counts.get(reason, 0)
            if count >= 3 and count > 0.3 * pages:
                problems.append(f"{words} on {count} of {pages} pages{hint}")
    return problems


def _check_usual(facts: CrawlFacts, previous: Sequence[CrawlReport]) -> list[str]:
    """What its pages held, against the outlet's last crawls that read enough to tell."""
    read = int(facts.measures.get("read", 0))
    past = [
        r
        for r in previous[:_COMPARED]
        if r.finish_reason == "finished" and r.measures.get("read", 0) >= _ENOUGH_READ
    ]
    if read < _ENOUGH_READ or len(past) < _ENOUGH_CRAWLS:
        return []
    problems = []
    for name in sorted({n for r in past for n in r.measures} | facts.measures.keys()):
        kind, _, what = name.partition("/")
        now = facts.measures.get(name, 0.0)
        usual = statistics.median(r.measures.get(name, 0.0) for r in past)
        if kind == "filled" and usual >= 0.5 and now < usual / 2:
            problems.append(
                f"{what} found on {now:.0%} of {read} pages, {usual:.0%} are usual; layout changed?"
            )
        elif kind == "agreement" and name in facts.measures and usual >= 0.6 and now < usual / 2:
            words = {
                "json-ld": "JSON-LD",
                "generic": "the page's prose",
                "trafilatura": "the generic extractor",
            }.get(what, what)
            problems.append(
                f"selectors' body agrees with {words} to {now:.0%}, {usual:.0%} are usual; layout changed?"
            )
    return problems + _check_layouts(facts.measures, past, read) + _check_sources(facts.measures, past, read)


def _check_layouts(measures: Mapping[str, float], past: Sequence[CrawlReport], read: int) -> list[str]:
    """Whether the outlet's own layouts stopped fitting, so that the generic reader's articles are stored."""
    now = _read_without_layout(measures)
    usual = statistics.median(_read_without_layout(r.measures) for r in past)
    if now < 0.5 or usual >= 0.2:
        return []
    share = f"selectors found no body on {now:.0%} of {read} pages"
    return [f"{share}, where the generic extractor had to answer; layout changed?"]


def _read_without_layout(measures: Mapping[str, float]) -> float:
    return sum(measures.get(f"body/{source}", 0.0) for source in ("generic", "trafilatura", "json-ld"))


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


def _with_since(problem: str, previous: Sequence[CrawlReport]) -> str:
    """The problem with "since 2026-11-20" where the crawls before had the same one without a break."""
    kind = _kind_of(problem)
    first = None
    for report in previous:
        if not any(_kind_of(old) == kind for old in report.problems):
            break
        first = report.started_at
    if first is None:
        return problem
    what, mark, hint = problem.partition("; ")
    return f"{what} since {first.astimezone(WIB).date()}{mark}{hint}"


def _kind_of(problem: str) -> list[str]:
    """Its first words, without the figures, which differ from day to day."""
    return [word for word in problem.split() if not any(c.isdigit() for c in word)][:3]


def _check_sources(measures: Mapping[str, float], past: Sequence[CrawlReport], read: int) -> list[str]:
    """Fields that came from one source on nearly all pages, and no longer do: what changed, fact by fact."""
    problems = []
    for name in sorted({n for r in past for n in r.measures if n.startswith("from/")}):
        _, field, source = name.split("/")
        usual = statistics.median(r.measures.get(name, 0.0) for r in past)
        now = measures.get(name, 0.0)
        if source == "none" or usual < 0.8 or now >= usual / 2:
            continue
        others = {n.rpartition("/")[2]: v for n, v in measures.items() if n.startswith(f"from/{field}/")}
        most = max(others, key=lambda other: others[other], default="none")
        if most == "none":
            continue  # a field that is gone is told as lost
        problems.append(
            f"{field} came from {_SOURCES[source]} on {usual:.0%} of pages, now on {now:.0%} of {read} "
            f"(now {_SOURCES[most]}); layout changed?"
        )
    return problems
