"""Rules of `knowledge/rules/`: each decides the sentences that it says and none that it must never."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from db.records import WIB, Article
from extract.article.view import View
from extract.claims.pilots.clause import Listed, build_clause_rules
from extract.claims.pilots.groups import read_sentences
from extract.claims.pilots.words import PilotWords
from extract.nlp import build_nlp, read_doc
from extract.vocabulary.load import load_vocabulary
from extract.vocabulary.rules import Rule, RuleBook

VOCABULARY = load_vocabulary()
NLP = build_nlp(VOCABULARY)
CLAUSE = VOCABULARY.rules["pilots-clause"]
#: Names the programme and a regency, so that the sentence under it need not.
TITLE = "Kecamatan Berdaya di Kabupaten Purbalingga"


def decide_clause(sentence: str) -> str:
    """The id of the rule that decides on the list in square brackets; "" where none does."""
    match = re.fullmatch(r"(.*)\[(.*)\](.*)", sentence)
    assert match is not None, f"mark the list with square brackets: {sentence}"
    before, listed, behind = match.groups()
    text = f"{before}{listed}{behind}"
    words = VOCABULARY.compiled(PilotWords)
    programme = next(iter(VOCABULARY.programmes.values()))
    doc = read_doc(NLP, VOCABULARY, TITLE, text)
    day = datetime(2025, 12, 1, tzinfo=WIB)
    article = Article(id="a", url="", outlet="", title=TITLE, text=text, published_at=day)
    view = View(article=article, doc=doc, vocabulary=VOCABULARY, programme=programme)
    first, last = len(before), len(before) + len(listed)
    for one in read_sentences(view, words):
        for group in one.groups:
            at = view.reading.starts[group.first]
            if view.reading.field(group.first) == "text" and first <= at < last:
                rule = build_clause_rules(VOCABULARY).decide(Listed(view, one, group, words)).rule
                return rule.id if rule else ""
    raise AssertionError(f"no kecamatan is found in the brackets: {sentence}")


@pytest.mark.parametrize(("rule", "says"), [(r.id, says) for r in CLAUSE for says in r.says])
def test_a_rule_decides_what_it_says(rule: str, says: str) -> None:
    assert decide_clause(says) == rule


@pytest.mark.parametrize(("rule", "never"), [(r.id, never) for r in CLAUSE for never in r.never])
def test_a_rule_leaves_what_it_must_not_decide(rule: str, never: str) -> None:
    assert decide_clause(never) != rule


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
