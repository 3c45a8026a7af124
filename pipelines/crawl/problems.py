"""What needs a person, each kind under a name that stays, so that one problem can be told from another.

A crawl's problems are stored as the lines that `pipelines.crawl.diagnosis` wrote; here they are told again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Kind -> what it means. `docs/operations.md` lists them.
KINDS: Mapping[str, str] = {
    "none": "nothing was crawled yet",
    "late": "the step was done before, and has not been for half as long again as it is scheduled",
    "refused": "the publication would have been worse than a bound allows; the former one was kept",
    "failed": "the step could not be done: an input, a disk, a permission",
    "defect": "an error of the program; the log says where",
    "incomplete": "the step was done in part: a digest that an address did not take, articles not extracted",
    "killed": "the step began and has no end, and nothing is running",
    "long": "a run holds the lock for longer than any should take",
    "unmet": "a correction that meets nothing",
    "took-too-long": "the crawl was ended by CLOSESPIDER_TIMEOUT",
    "too-much-memory": "the crawl was ended by MEMUSAGE_LIMIT_MB",
    "store-error": "the database could not be written",
    "host-refuses": "a host refuses the crawler or asks to be left alone",
    "no-robots": "a host gave no robots.txt",
    "no-lists": "no listing, feed or sitemap could be read",
    "no-links": "pages that list articles have no link to any",
    "no-body": "pages without text",
    "no-title": "pages without headline",
    "no-date": "pages without time of publication",
    "not-article": "pages that are no articles",
    "premium": "only a teaser was served",
    "too-short": "texts shorter than an article",
    "blocked": "pages refused with 401, 403 or 429",
    "http-error": "pages answered with an error",
    "network-error": "pages not reached",
    "not-found": "pages not found, though listed",
    "too-large": "pages larger than any article",
    "robots": "pages forbidden by robots.txt",
    "field-lost": "a field is found on far fewer pages than usual",
    "body-differs": "the body agrees less than usual with JSON-LD or the generic extractor",
    "selectors-fail": "the generic extractor had to find the body",
    "fact-changed": "a field comes from another place of the page than usual",
    "offers-all": "a way of finding lists what was not asked for",
    "list-too-long": "lists are longer than they are read",
    "few-offered": "fewer articles were offered than expected or usual",
    "few-stored": "fewer articles on the topic than expected",
    "asked-again": "answers had the crawl ask for the same addresses again and again",
    "asked-enough": "the crawl made as many requests as it may (PANTAU_ASKS_PER_DAY)",
    "must-find": "an article of the must-find list was not offered",
    "not-crawled": "the outlet's file can't be used, or its crawl could not be made",
    "other": "anything else; the words say what",
}

#: Kinds behind which no article can hide: it was found and kept, or nothing was printed.
_HIDES_NOTHING = frozenset(
    {"body-differs", "selectors-fail", "field-lost", "fact-changed", "offers-all", "few-stored"}
)

#: Kind -> how its line begins, after the pattern of `subject`, where one outlet can have several at once.
_LINES: tuple[tuple[str, str], ...] = (
    ("took-too-long", r"took longer than it may"),
    ("too-much-memory", r"took more memory than it may"),
    ("store-error", r"could not write to the database"),
    ("no-robots", r"(?P<subject>\S+) gave no robots\.txt"),
    ("host-refuses", r"(?P<subject>\S+) .*; nothing more was asked of it"),
    ("no-lists", r"none of \d+ listings, feeds and sitemaps could be read"),
    ("no-links", r"no article link on \d+ pages that list articles"),
    ("no-body", r"body empty on "),
    ("no-title", r"no headline on "),
    ("no-date", r"no valid publication time on "),
    ("not-article", r"no article on "),
    ("premium", r"only a teaser was served on "),
    ("too-short", r"text shorter than an article on "),
    ("blocked", r"refused \(401, 403 or 429\) on "),
    ("http-error", r"answered with an error or a redirect that leads nowhere on "),
    ("network-error", r"not reached \(timeout, reset, DNS, TLS\) on "),
    ("not-found", r"not found, though listed on "),
    ("too-large", r"larger than any article on "),
    ("robots", r"forbidden by robots\.txt on "),
    ("selectors-fail", r"selectors found no body on "),
    ("body-differs", r"selectors' body agrees with (?P<subject>.+?) to \d"),
    ("field-lost", r"(?P<subject>\S+) found on \d+% of \d+ pages, \d+% are usual"),
    ("fact-changed", r"(?P<subject>\w+) came from .+ on \d+% of pages, now on "),
    ("offers-all", r"(?P<subject>\S+) offers \d+ articles for a word that no text holds"),
    ("defect", r"\d+ pages met a defect of the program"),
    ("list-too-long", r"sitemaps list \d+ addresses more than are looked at"),
    ("list-too-long", r"(?P<subject>lists of single days) have \d+ pages more than are read"),
    ("asked-again", r"\d+ addresses were left alone"),
    ("asked-enough", r"made \d+ requests, as many as it may"),
    ("few-offered", r"offered \d+ articles"),
    ("few-stored", r"\d+ articles on the topic in 30 days"),
    ("must-find", r"must-find article (?P<subject>\S+) was not offered"),
    ("not-crawled", r"could not be crawled: |not crawled: "),
    ("killed", r"the crawl of .* did not end"),
)
_KNOWN = tuple((kind, re.compile(pattern)) for kind, pattern in _LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that needs a person."""

    id: str  # "publish/refused", "tribun_solo/no-body": the same as long as it is the same problem
    kind: str  # of KINDS
    outlet: str  # its slug; "" where it is of no single one
    text: str  # one line, in words to act on

    @property
    def line(self) -> str:
        """Its text, with the outlet before it."""
        return f"{self.outlet}: {self.text}" if self.outlet else self.text


def make_problem(about: str, kind: str, text: str, *, outlet: str = "", subject: str = "") -> Problem:
    """A problem of a step or an outlet (`about`); `subject` parts those of one kind."""
    parts = (about, kind, _to_id(subject)) if subject else (about, kind)
    return Problem(id="/".join(parts), kind=kind, outlet=outlet, text=text)


def read_crawl_problem(outlet: str, text: str) -> Problem:
    """The problem that a line of a crawl's report tells; what nobody knows is told apart by its words."""
    for kind, pattern in _KNOWN:
        if match := pattern.match(text):
            subject = match["subject"] if "subject" in pattern.groupindex else ""
            return make_problem(outlet, kind, text, outlet=outlet, subject=subject)
    return make_problem(outlet, "other", text, outlet=outlet, subject=" ".join(words_of(text).split()[:4]))


def find_hidden(
    problems: Iterable[str], *, read: int, unread: int, limited: bool = False, ended: bool = True
) -> str:
    """What could have hidden articles from a crawl, in a few words; "" where it saw all that was offered.

    `read` and `unread` are its lists, feeds and sitemaps that were read and those that could not be.
    """
    if not ended:
        return "it did not end"
    if limited:
        return "it was limited"
    if not read:
        return "no list or feed could be read"
    if unread:
        return f"{unread} of {read + unread} lists and feeds could not be read"
    kinds = (read_crawl_problem("", line).kind for line in problems)
    return ", ".join(dict.fromkeys(kind for kind in kinds if kind not in _HIDES_NOTHING))


def words_of(text: str) -> str:
    """A text without figures, dates and punctuation: what stays while a problem is the same."""
    lasting = re.sub(r"\S*\d\S*", " ", re.sub(r" since [\d-]+", " ", text))
    return " ".join(re.findall(r"\w+", lasting))


def _to_id(subject: str) -> str:
    return re.sub(r"[^\w.:/-]+", "-", subject).strip("-").lower()
