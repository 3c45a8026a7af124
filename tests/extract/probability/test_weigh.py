"""Every claim gets its probability; what rules left out is likely at most, and never a claim."""

from __future__ import annotations

from datetime import datetime

import pytest

from db.claim_kinds import KINDS
from db.records import WIB, Article, Facts
from extract.facts import extract_facts, read_article
from extract.nlp import build_nlp
from extract.probability.passages import bucket
from extract.probability.weigh import LIKELY, answer_all, answer_as_left_out
from extract.vocabulary.load import load_vocabulary

VOCABULARY = load_vocabulary()
NLP = build_nlp(VOCABULARY)
TITLE = "Purbalingga Jalankan Kecamatan Berdaya"
TOLD = (
    "PURBALINGGA – Empat kecamatan ditunjuk sebagai percontohan Kecamatan Berdaya di Purbalingga, yakni "
    "Bukateja, Kejobong, Kutasari dan Mrebet.\n\nBanjir kemarin melanda Kecamatan Kemangkon."
)


def make_article(text: str, title: str = TITLE) -> Article:
    day = datetime(2025, 11, 4, tzinfo=WIB)
    return Article(id="a", url="", outlet="", title=title, text=text, published_at=day)


def read(text: str) -> Facts:
    return extract_facts(make_article(text), NLP, VOCABULARY)


def test_every_claim_of_every_kind_has_a_probability_below_one() -> None:
    facts = read(TOLD)
    claims = [claim for kind in KINDS for claim in getattr(facts, kind.field)]
    assert len(facts.pilot_kecamatan) == 4
    assert claims
    assert all(0 < claim.confidence < 1 for claim in claims)
    assert all(pilot.confidence >= 0.9 for pilot in facts.pilot_kecamatan)


def test_flooded_kecamatan_is_neither_pilot_nor_likely() -> None:
    facts = read(TOLD)
    assert [other.kecamatan for other in facts.other_kecamatan] == ["Kemangkon"]
    assert facts.likely == ()


def test_likely_is_no_claim_and_the_likeliest_comes_first() -> None:
    article = make_article(TOLD)
    found = read_article(article, NLP, VOCABULARY)
    as_left_out = list(answer_as_left_out(found.view, found.sentences, found.facts))
    weights = VOCABULARY.weights["pilot_kecamatan"].left_out
    assert weights is not None
    assert len(as_left_out) == 4
    # Had no rule found them, people would be asked.
    assert all(weights.probability(one.answers) >= LIKELY for one in as_left_out)
    left_out = [one for one in answer_all(found.view, found.sentences, found.facts) if one.left_out]
    assert [one.claim.kecamatan for one in left_out] == ["Kemangkon"]  # type: ignore[attr-defined]


def test_answers_rest_on_the_texts_own_words() -> None:
    article = make_article(TOLD)
    found = read_article(article, NLP, VOCABULARY)
    words = f"{TITLE}\n{TOLD}".lower()
    for one in answer_all(found.view, found.sentences, found.facts):
        assert all(said.lower() in words for said in one.answers.values())


def test_article_off_the_topic_has_probabilities_too_and_nothing_likely() -> None:
    facts = extract_facts(
        make_article("Banjir melanda Kecamatan Kemangkon, Purbalingga.", "Banjir"), NLP, VOCABULARY
    )
    assert not facts.relevant
    assert facts.likely == ()
    assert all(0 < one.confidence < 1 for one in (*facts.regencies, *facts.other_kecamatan))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Kecamatan Berdaya", "?", "Kecamatan Berdaya Bukateja?"])
def test_any_text_gives_a_result(text: str) -> None:
    assert read(text).article == "a"


@pytest.mark.parametrize(
    ("number", "name"), [(0, "0"), (1, "1"), (2, "2-5"), (5, "2-5"), (6, "6+"), (10**9, "6+")]
)
def test_bucket(number: int, name: str) -> None:
    assert bucket(number, (1, 5)) == name
