"""Reads short texts of the tests' own, with the package's vocabulary, built once."""

from __future__ import annotations

import functools
import json
import re
from datetime import datetime
from typing import Any

from spacy.language import Language

from db.claim_kinds import KINDS
from db.records import WIB, Article, Facts
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.load import Vocabulary, load_vocabulary
from pipelines.claims.jsonl import to_line
from pipelines.claims.record import facts_to_record

#: Opens a text so that it is about the programme and about one regency.
OPENING = "KENDAL - Program Kecamatan Berdaya berjalan di Kabupaten Kendal.\n\n"


@functools.cache
def engine() -> tuple[Vocabulary, Language]:
    vocabulary = load_vocabulary()
    return vocabulary, build_nlp(vocabulary)


def read(
    text: str,
    title: str = "Kabar dari daerah",
    opening: str = OPENING,
    year: int = 2025,
    day: str | None = "11-12",
) -> Facts:
    """Facts of an article that is published on a day of a year (None: undated); its evidence is checked."""
    vocabulary, nlp = engine()
    article = Article(
        id="a",
        url="",
        outlet="",
        title=title,
        text=opening + text,
        published_at=datetime.fromisoformat(f"{year}-{day}T09:00").replace(tzinfo=WIB) if day else None,
    )
    facts = extract_facts(article, nlp, vocabulary)
    claims = (
        *facts.regencies,
        *facts.agencies,
        *facts.people,
        *facts.pillars,
        *facts.responsibilities,
        *facts.quantities,
        *facts.events,
        *facts.facilities,
        *facts.pillar_states,
    )
    for claim in claims:
        assert claim.evidence
        for evidence in claim.evidence:
            source = article.title if evidence.field == "title" else article.text
            assert source[evidence.start : evidence.end] == evidence.quote
            assert evidence.quote in evidence.sentence
    return facts


def read_record(title: str, text: str) -> dict[str, Any]:
    """The record of a text, checked as whoever receives it would."""
    vocabulary, nlp = engine()
    article = Article(id="a", url="", outlet="", title=title, text=text, published_at=None)
    record = facts_to_record(article, extract_facts(article, nlp, vocabulary))
    line = to_line(record)
    assert json.loads(line.decode("utf-8")) == json.loads(json.dumps(record))
    assert line.count(b"\n") == 1
    assert isinstance(record["relevant"], bool)
    areas = vocabulary.areas
    codes = {*areas.regency_by_code, *areas.kecamatan_by_code}
    for kind in KINDS:
        for claim in record[kind.field]:
            assert tuple(claim) == (*kind.keys, "confidence", "evidence")
            assert 0 < claim["confidence"] < 1
            assert claim["evidence"]
            assert set(claim.get("code", "").split("|")) <= {*codes, ""}
            for ev in claim["evidence"]:
                source = title if ev.get("field") == "title" else text
                assert 0 <= ev["start"] < ev["end"] <= len(source)
                assert source[ev["start"] : ev["end"]] == ev["quote"]
                assert ev["quote"] in ev["sentence"]
                # the sentence stands around the quote, not just anywhere
                begin = source.find(ev["sentence"], max(0, ev["end"] - len(ev["sentence"])))
                assert 0 <= begin <= ev["start"]
                assert begin + len(ev["sentence"]) >= ev["end"]
                assert ev["rule"]
    assert all(
        re.fullmatch(r"\d{4}(-\d{2}){0,2}(\|\d{4}(-\d{2}){0,2})*", e["date"]) for e in record["events"]
    )
    assert all(isinstance(q["value"], int) and q["value"] >= 0 for q in record["quantities"])
    return record
