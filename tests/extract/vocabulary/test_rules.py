"""Rules of `knowledge/rules/`: each decides the sentences that it says and none that it must never."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from db.records import WIB, Article
from extract.article.context import Context
from extract.article.view import View
from extract.claims.facilities.buildings import BuildingFinder
from extract.claims.facilities.ellipses import build_taken_up_rules
from extract.claims.facilities.existence import Told, build_stands_rules
from extract.claims.facilities.followups import FollowUps, Topic
from extract.claims.pilots.claims import judge_kecamatan, link_kecamatan
from extract.claims.pilots.clause import Listed, build_clause_rules, judge_clause
from extract.claims.pilots.groups import read_sentences
from extract.claims.pilots.lists import Lead, build_lead_rules
from extract.claims.pilots.words import PilotWords
from extract.claims.quantities.claims import Reader
from extract.claims.quantities.counted_areas import CountedAreas, build_area_rules
from extract.claims.quantities.counts import Count
from extract.claims.quantities.units import CountedThings, build_unit_rules
from extract.claims.relevance import Subject, build_relevance_rules, build_relevance_words
from extract.nlp import build_nlp, read_doc
from extract.vocabulary.load import load_vocabulary
from extract.vocabulary.rules import Rule, RuleBook

VOCABULARY = load_vocabulary()
NLP = build_nlp(VOCABULARY)
#: Names the programme and a regency, so that the sentence under it need not.
TITLE = "Kecamatan Berdaya di Kabupaten Purbalingga"


def view_of(title: str, text: str, year: int = 2025) -> View:
    """An article of the first of December under reading."""
    day = datetime(year, 12, 1, tzinfo=WIB)
    article = Article(id="a", url="", outlet="", title=title, text=text, published_at=day)
    programme = next(iter(VOCABULARY.programmes.values()))
    doc = read_doc(NLP, VOCABULARY, title, text)
    return View(article=article, doc=doc, vocabulary=VOCABULARY, programme=programme)


def read_marked(sentence: str) -> tuple[View, Callable[[int], bool]]:
    """The sentence under reading, and whether a token of it opens between its square brackets."""
    match = re.fullmatch(r"(.*)\[(.*)\](.*)", sentence)
    assert match is not None, f"mark what is decided on with square brackets: {sentence}"
    before, marked, behind = match.groups()
    view = view_of(TITLE, f"{before}{marked}{behind}")
    first, last = len(before), len(before) + len(marked)

    def is_marked(token: int) -> bool:
        return view.reading.field(token) == "text" and first <= view.reading.starts[token] < last

    return view, is_marked


def decide_clause(sentence: str) -> Rule | None:
    """What decides on the list of kecamatan in square brackets."""
    view, is_marked = read_marked(sentence)
    words = VOCABULARY.compiled(PilotWords)
    for one in read_sentences(view, words):
        for group in one.groups:
            if is_marked(group.first):
                return build_clause_rules(VOCABULARY).decide(Listed(view, one, group, words)).rule
    raise AssertionError(f"no kecamatan is found in the brackets: {sentence}")


def decide_lead(sentence: str) -> Rule | None:
    """What decides on a sentence behind which a list stands."""
    view = view_of(TITLE, f"{sentence}\n\n- Bukateja\n- Kejobong")
    words = VOCABULARY.compiled(PilotWords)
    sentences = read_sentences(view, words)
    lead = sentences[1]
    for group in lead.groups:
        judge_clause(view, lead, group, words)
    return build_lead_rules(VOCABULARY).decide(Lead(view, lead, words)).rule


def decide_stands(sentence: str) -> Rule | None:
    """What decides on the building in square brackets."""
    view, is_marked = read_marked(sentence)
    finder = BuildingFinder(view)
    for first, last in view.sentences:
        for building in finder.find(first, last):
            if is_marked(building.first):
                return build_stands_rules(VOCABULARY).decide(Told(finder, building)).rule
    raise AssertionError(f"no building is found in the brackets: {sentence}")


def decide_taken_up(text: str) -> Rule | None:
    """What decides on the clause in square brackets, the sentences before it spoke of buildings."""
    view, is_marked = read_marked(text)
    finder = BuildingFinder(view)
    marked = [t for t in range(view.reading.title_end, len(view.reading.words)) if is_marked(t)]
    topics = [
        Topic({b.pillar for b in finder.find(*before)}, finder.unreal(*before))
        for before in reversed(view.sentences[1 : view.sentence_at(marked[0])])
    ]
    clause = FollowUps(view, finder).elliptic(marked[0], marked[-1] + 1, topics)
    assert clause.topic, f"the clause names no place, or nothing before it a building: {text}"
    return build_taken_up_rules(VOCABULARY).decide(clause).rule


def read_count(sentence: str) -> tuple[Reader, Count]:
    """The reader that has come to the count in square brackets, with it."""
    view, is_marked = read_marked(sentence)
    context = Context(view)
    pilots, _ = link_kecamatan(view, judge_kecamatan(view))
    reader = Reader(view, context, pilots)
    for count in (*reader.finder.counts(), *reader.finder.wholes()):
        if is_marked(count.number.start):
            return reader, count
        reader.read_count(count)
    raise AssertionError(f"no count is found in the brackets: {sentence}")


def decide_areas(sentence: str) -> Rule | None:
    """What decides on the count of areas in square brackets."""
    reader, count = read_count(sentence)
    return build_area_rules(VOCABULARY).decide(CountedAreas(reader.scene, count)).rule


def decide_units(sentence: str) -> Rule | None:
    """What sets the count of things in square brackets aside."""
    reader, count = read_count(sentence)
    things = CountedThings(reader.scene.around, reader.scene.regions, count)
    return build_unit_rules(VOCABULARY).decide(things).rule


def decide_relevance(text: str) -> Rule | None:
    """What decides on an article without a headline, of the year in square brackets before it."""
    match = re.fullmatch(r"(?:\[(\d{4})\] )?(.*)", text)
    assert match is not None
    view = view_of("", match.group(2), int(match.group(1) or 2025))
    subject = Subject(view, VOCABULARY.compiled(build_relevance_words))
    return build_relevance_rules(VOCABULARY).decide(subject).rule


#: By file of rules: what decides on one of its examples.
DECIDE: dict[str, Callable[[str], Rule | None]] = {
    "facilities-stands": decide_stands,
    "facilities-taken-up": decide_taken_up,
    "pilots-clause": decide_clause,
    "pilots-leads": decide_lead,
    "quantities-areas": decide_areas,
    "quantities-units": decide_units,
    "relevance": decide_relevance,
}
RULES = [(file, rule) for file, rules in VOCABULARY.rules.items() for rule in rules]


@pytest.mark.parametrize(
    ("file", "rule", "says"), [(file, rule.id, says) for file, rule in RULES for says in rule.says]
)
def test_a_rule_decides_what_it_says(file: str, rule: str, says: str) -> None:
    decided = DECIDE[file](says)
    assert decided is not None
    assert decided.id == rule


@pytest.mark.parametrize(
    ("file", "rule", "never"), [(file, rule.id, never) for file, rule in RULES for never in rule.never]
)
def test_a_rule_leaves_what_it_must_not_decide(file: str, rule: str, never: str) -> None:
    decided = DECIDE[file](never)
    assert decided is None or decided.id != rule


@pytest.mark.parametrize("file", VOCABULARY.rules)
def test_every_rule_has_an_example_of_each_kind(file: str) -> None:
    assert [r.id for r in VOCABULARY.rules[file] if not (r.says and r.never)] == []


def test_the_first_rule_that_holds_decides_and_tells_its_answers() -> None:
    rules = [
        Rule(id="odd", when=("!even",), then="odd"),
        Rule(id="small", when=("even", "small or zero"), then="small"),
    ]
    book: RuleBook[int] = RuleBook(
        rules, {"even": lambda n: n % 2 == 0, "small": lambda n: n < 10, "zero": lambda n: n == 0}
    )
    decision = book.decide(4)
    assert decision.rule is rules[1]
    assert decision.answers == {"even": True, "small": True}
    assert book.decide(12).rule is None


def test_a_rule_that_asks_what_nobody_answers_is_refused() -> None:
    with pytest.raises(KeyError, match="nobody"):
        RuleBook([Rule(id="a", when=("nobody",))], {})
