"""What the articles claim is found, with words that bear each claim; pilots no more and no less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import pytest

from db.claim_kinds import CLAIM_TABLES
from db.records import Article, Claim, Facts
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.load import load_vocabulary
from sample.source import Story, load_stories

#: Every article file that a reader gets to see whole.
STORIES = {
    f"{s.outlet}/{s.file.name}": s
    for later in (False, True)
    for some in load_stories(later=later).values()
    for s in some
    if s.reason in ("stored", "off-topic", "no-date")
}

#: Least share of the wanted entries, by field: what is asked of articles that nobody tuned the rules on.
FLOORS = {
    "regencies": 0.96,
    "others": 0.95,
    "pillars": 0.96,
    "people": 0.88,
    "responsibilities": 0.85,
    "quantities": 0.85,
    "events": 0.85,
    "facilities": 0.80,
}
FIND: dict[str, Callable[[Facts], list[tuple[str | None, ...]]]] = {
    "regencies": lambda f: [(r.name,) for r in f.regencies],
    "others": lambda f: [(k.regency, k.kecamatan) for k in f.other_kecamatan],
    "pillars": lambda f: [(p.pillar,) for p in f.pillars],
    "people": lambda f: [(p.name, p.role) for p in f.people],
    "responsibilities": lambda f: [(r.agency, r.region, r.pillar) for r in f.responsibilities],
    "quantities": lambda f: [(q.measure, q.region, str(q.value)) for q in f.quantities],
    "events": lambda f: [(e.event, e.date) for e in f.events],
    "facilities": lambda f: [(x.pillar, x.village, x.kecamatan, x.regency) for x in f.facilities],
}

Extract = Callable[[Story], Facts]


@pytest.fixture(scope="module")
def extract() -> Extract:
    vocabulary = load_vocabulary()
    nlp = build_nlp(vocabulary)
    known: dict[str, Facts] = {}

    def facts_of(story: Story) -> Facts:
        key = str(story.file)
        if key not in known:
            known[key] = extract_facts(article_of(story), nlp, vocabulary)
        return known[key]

    return facts_of


def article_of(story: Story) -> Article:
    return Article(
        id=f"{story.outlet}:{story.id}",
        url=f"https://h.example/{story.slug}",
        outlet=story.outlet,
        title=story.title,
        text=story.text,
        published_at=None if story.undated else story.published,
        dateline=story.dateline,
    )


def claims_of(facts: Facts) -> Iterator[Claim]:
    for field in CLAIM_TABLES:
        yield from getattr(facts, field)


@pytest.mark.parametrize("name", STORIES)
def test_each_claim_is_borne_by_words_of_the_article(name: str, extract: Extract) -> None:
    story = STORIES[name]
    for claim in claims_of(extract(story)):
        assert claim.evidence, claim
        for evidence in claim.evidence:
            source = story.title if evidence.field == "title" else story.text
            assert source[evidence.start : evidence.end] == evidence.quote, claim
            assert evidence.quote.strip(), claim
            assert evidence.quote in evidence.sentence, claim
            assert evidence.sentence in source, claim
            assert evidence.rule, claim


def by_regency(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for regency, kecamatan in pairs:
        found[regency].add(kecamatan)
    return dict(found)


@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if "pilots" in story.expect])
def test_pilots_are_exactly_those_of_the_article(name: str, extract: Extract) -> None:
    story = STORIES[name]
    found = by_regency((p.regency, p.kecamatan) for p in extract(story).pilot_kecamatan)
    assert found == {regency: set(names) for regency, names in story.expect["pilots"].items()}


@pytest.mark.parametrize("name", STORIES)
def test_relevance(name: str, extract: Extract) -> None:
    story = STORIES[name]
    assert extract(story).relevant is story.expect.get("relevant", True)


@pytest.mark.parametrize("field", FLOORS)
def test_what_has_to_be_found_is_found(field: str, extract: Extract) -> None:
    wanted, missing = 0, []
    for name, story in STORIES.items():
        entries = list(wanted_of(field, story))
        found = FIND[field](extract(story))
        wanted += len(entries)
        missing += [
            f"{name}: {' | '.join(e)}" for e in entries if not any(agrees(field, e, f) for f in found)
        ]
    assert wanted >= 8
    share = 1 - len(missing) / wanted
    assert share >= FLOORS[field], f"{share:.2f} of {wanted}; missing:\n" + "\n".join(missing)


def wanted_of(field: str, story: Story) -> Iterator[tuple[str, ...]]:
    """The entries of a field in an article's `[expect]`, each as a tuple of its parts."""
    entries = story.expect.get(field, ())
    if field == "others":
        yield from ((regency, name) for regency, names in dict(entries).items() for name in names)
    elif field == "people":
        yield from dict(entries).items()
    else:
        yield from (tuple(entry.split(" | ")) for entry in entries)


def agrees(field: str, wanted: tuple[str, ...], found: tuple[str | None, ...]) -> bool:
    """Equal; a role may be told shorter or longer, and one of several types of an agency is enough."""
    if field == "people":
        name, role = found
        return wanted[0] == name and bool(role) and (wanted[1] in str(role) or str(role) in wanted[1])
    if field == "responsibilities":
        return wanted[1:] == found[1:] and bool(set(wanted[0].split("/")) & set(str(found[0]).split("|")))
    return wanted == found
