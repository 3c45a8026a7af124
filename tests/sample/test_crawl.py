"""The real crawler, replaying the packed pages: what is stored, what is refused, what a second visit adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.records import Article, CrawlReport
from db.store import Store
from pipelines.crawl.run import run_crawl
from pipelines.crawl.scope import CrawlScope
from pipelines.crawl.stories import link_stories
from sample import pack
from sample.sites import Site
from sample.source import Story
from sample.systems import FIRST_DAY, LAST_DAY
from tests.sample.conftest import Stories
from tests.sample.test_reading import OUTLETS

SAMPLE = Path(pack.__file__).parent

Counts = Mapping[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Visits:
    """The counts of each of three crawls, and the articles in the database after the first and the last."""

    first: Counts
    again: Counts
    later: Counts
    problems: tuple[str, ...]
    articles_first: Mapping[str, Article]  # by URL
    articles_later: Mapping[str, Article]
    versions: list[tuple[str, str]]  # article, older text
    stories: Mapping[str, str]  # article -> story


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Visits:
    folder = tmp_path_factory.mktemp("newsroom")
    problems: list[str] = []

    def visit(store: Store, name: str) -> Counts:
        scope = CrawlScope(
            archive=folder / "warc",
            slugs=tuple(OUTLETS),
            outlets=(SAMPLE / "outlets",),
            since=FIRST_DAY,
            until=LAST_DAY,
            replay=(SAMPLE / name,),
        )
        reports: list[CrawlReport] = run_crawl(store, scope)
        problems.extend(f"{r.outlet}: {p}" for r in reports for p in r.problems)
        assert {r.finish_reason for r in reports} == {"finished"}
        return {r.outlet: Counter(r.counts) for r in reports}

    with Store(folder / "pantau.db") as store:
        first = visit(store, "newsroom.warc.gz")
        articles_first = {a.url: a for a in store.articles()}
        again = visit(store, "newsroom.warc.gz")
        assert {a.url: a for a in store.articles()} == articles_first
        later = visit(store, "newsroom-later.warc.gz")
        store.save_stories(link_stories(store.story_texts()))
        rows = store.db.execute("SELECT article, text FROM article_versions").fetchall()
        stories = store.db.execute("SELECT id, story FROM articles").fetchall()
        return Visits(
            first=first,
            again=again,
            later=later,
            problems=tuple(problems),
            articles_first=articles_first,
            articles_later={a.url: a for a in store.articles()},
            versions=[(row[0], row[1]) for row in rows],
            stories={row[0]: row[1] for row in stories},
        )


def test_no_outlet_has_a_problem(visits: Visits) -> None:
    assert visits.problems == ()


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_page_ends_under_its_reason(slug: str, visits: Visits, first: Stories) -> None:
    assert visits.first[slug] == Counter(story.reason for story in first[slug])


@pytest.mark.parametrize("slug", OUTLETS)
def test_a_second_crawl_adds_nothing(slug: str, visits: Visits, first: Stories) -> None:
    counts = visits.again[slug]
    assert counts.total() == len(first[slug])
    assert counts["stored"] == counts["changed"] == 0
    kept = visits.first[slug]["stored"]
    # The REST API brings its posts with their texts; of the others no page is read again.
    assert counts["unchanged"] == (kept if slug == "jurnal_sindoro" else 0)
    assert counts["robots"] == visits.first[slug]["robots"]


@pytest.mark.parametrize("slug", OUTLETS)
def test_stored_articles_say_what_their_sources_say(
    slug: str, visits: Visits, first: Stories, sites: dict[str, Site]
) -> None:
    wanted = {sites[slug].address(s): s for s in first[slug] if s.reason == "stored"}
    stored = {url: a for url, a in visits.articles_first.items() if a.outlet == slug}
    assert stored.keys() == wanted.keys()
    for url, story in wanted.items():
        check_stored(stored[url], story)


def check_stored(article: Article, story: Story) -> None:
    where = str(story.file)
    assert article.text == story.text, where
    assert article.title == story.title, where
    assert article.published_at == story.published, where
    assert article.dateline == story.dateline, where
    # The REST API knows the account that posted, not the writer.
    named = () if story.author == "Redaksi" else (story.author,)
    assert article.authors in ((named, ()) if story.outlet == "jurnal_sindoro" else (named,)), where
    assert article.warc is not None, where


def test_a_later_visit_brings_new_articles_and_keeps_what_they_replaced(
    visits: Visits, first: Stories, second: Stories, sites: dict[str, Site]
) -> None:
    old = {sites[slug].address(s): s for slug, some in first.items() for s in some}
    new = {sites[slug].address(s): s for slug, some in second.items() for s in some}
    added = {url for url in visits.articles_later if url not in visits.articles_first}
    assert added == new.keys() - old.keys()
    for url in added:
        check_stored(visits.articles_later[url], new[url])
    changed_at = {slug: n for slug, counts in visits.later.items() if (n := counts["changed"])}
    assert changed_at == {"jurnal_sindoro": 1, "kabar_lereng": 1}
    changed = [url for url, a in visits.articles_later.items() if url in old and a.text != old[url].text]
    assert len(changed) == sum(counts["changed"] for counts in visits.later.values())
    for url in changed:
        check_stored(visits.articles_later[url], new[url])
    kept = {(visits.articles_later[url].id, old[url].text) for url in changed}
    assert set(visits.versions) == kept


def test_a_release_is_one_story(visits: Visits, first: Stories, sites: dict[str, Site]) -> None:
    copies = {sites[slug].address(s) for slug, some in first.items() for s in some if s.release}
    assert len(copies) == 3
    story_of = {url: visits.stories[a.id] for url, a in visits.articles_later.items()}
    assert len({story_of[url] for url in copies}) == 1
    others = [story for url, story in story_of.items() if url not in copies]
    assert len(set(others)) == len(others), "nothing else is a copy"
    assert story_of[next(iter(copies))] not in others
