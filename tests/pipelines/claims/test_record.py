"""The record has exactly the form that others rely on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from db import records as r
from db.claim_kinds import CLAIM_TABLES
from pipelines.claims.record import article_from_dict, facts_to_record
from tests.pipelines.invented import make_article

IN_TEXT = r.Evidence(start=0, end=8, quote="Bukateja", sentence="Bukateja ikut.", rule="places.list")
IN_TITLE = r.Evidence(
    start=3, end=5, quote="di", sentence="Judul di sini", rule="places.title", field="title"
)
EV_TEXT = {"start": 0, "end": 8, "quote": "Bukateja", "sentence": "Bukateja ikut.", "rule": "places.list"}
EV_TITLE = {
    "start": 3,
    "end": 5,
    "quote": "di",
    "sentence": "Judul di sini",
    "rule": "places.title",
    "field": "title",
}
REGENCY = "Kabupaten Purbalingga"
CODE = "33.03.02"
PLACE = {"kecamatan": "Bukateja", "regency": REGENCY, "code": CODE}


def make_facts() -> r.Facts:
    ev = (IN_TEXT,)
    return r.Facts(
        article="contoh-1",
        programme="kecamatan-berdaya",
        extractor_version="1+abc",
        relevant=True,
        regencies=(
            r.ArticleRegency(name=REGENCY, code="33.03", role="subject", evidence=(IN_TEXT, IN_TITLE)),
        ),
        pilot_kecamatan=(r.PilotKecamatan(**PLACE, confidence=0.98, evidence=ev),),
        other_kecamatan=(r.OtherKecamatan(kecamatan="Bukateja", regency=REGENCY, code=CODE, evidence=ev),),
        pillars=(r.ArticlePillar(pillar="rppa", evidence=ev),),
        agencies=(r.Agency(name="Dinsos", type="sosial", region=REGENCY, evidence=ev),),
        responsibilities=(r.Responsibility(agency="sosial", region=REGENCY, pillar="rppa", evidence=ev),),
        people=(r.Person(name="Wiratno Sabdo", role="Camat Bukateja", evidence=ev),),
        quantities=(r.Quantity(measure="kecamatan_pilot", region=REGENCY, value=4, evidence=ev),),
        events=(r.Event(event="launch", date="2025-10-30", evidence=ev),),
        facilities=(
            r.Facility(pillar="rppa", village=None, kecamatan="Bukateja", regency=REGENCY, evidence=ev),
        ),
        trainings=(
            r.Training(
                pillar="rppa", topic="paralegal", agency="sosial", region=REGENCY, date="", evidence=ev
            ),
        ),
        pillar_states=(
            r.PillarState(regency=REGENCY, code="33.03", pillar="rppa", state="reported", evidence=ev),
        ),
        likely=(
            r.Likely(kind="pilot_kecamatan", claim=r.PilotKecamatan(**PLACE, confidence=0.7, evidence=ev)),
        ),
    )


def test_every_key_in_order_and_nothing_else() -> None:
    record = facts_to_record(make_article(), make_facts())
    ev = {"evidence": [EV_TEXT]}
    sure = {"confidence": 1.0, **ev}
    expected = {
        "id": "contoh-1",
        "url": "https://contoh-post.example/2025/11/04/berita-1/",
        "outlet": "contoh_post",
        "published_at": "2025-11-04",
        "title": "Empat Kecamatan di Purbalingga Jadi Percontohan Kecamatan Berdaya",
        "programme": "kecamatan-berdaya",
        "extractor_version": "1+abc",
        "relevant": True,
        "regencies": [
            {"name": REGENCY, "code": "33.03", "role": "subject", "confidence": 1.0}
            | {"evidence": [EV_TEXT, EV_TITLE]}
        ],
        "pilot_kecamatan": [{**PLACE, "confidence": 0.98, **ev}],
        "other_kecamatan": [{**PLACE, **sure}],
        "pillars": [{"pillar": "rppa", **sure}],
        "agencies": [{"name": "Dinsos", "type": "sosial", "region": REGENCY, **sure}],
        "responsibilities": [{"agency": "sosial", "region": REGENCY, "pillar": "rppa", **sure}],
        "people": [{"name": "Wiratno Sabdo", "role": "Camat Bukateja", **sure}],
        "quantities": [{"measure": "kecamatan_pilot", "region": REGENCY, "value": 4, **sure}],
        "events": [{"event": "launch", "date": "2025-10-30", **sure}],
        "facilities": [
            {"pillar": "rppa", "village": None, "kecamatan": "Bukateja", "regency": REGENCY, **sure}
        ],
        "trainings": [
            {"pillar": "rppa", "topic": "paralegal", "agency": "sosial", "region": REGENCY, "date": ""} | sure
        ],
        "pillar_states": [{"regency": REGENCY, "pillar": "rppa", "state": "reported", **sure}],
        "likely": [{"kind": "pilot_kecamatan", **PLACE, "confidence": 0.7, **ev}],
    }
    # As text, so that the order of the keys counts too.
    assert json.dumps(record) == json.dumps(expected)


def test_empty_lists_are_present() -> None:
    facts = r.Facts(article="a", programme="kecamatan-berdaya", extractor_version="1", relevant=False)
    record = facts_to_record(make_article(published_at=None), facts)
    assert [key for key, value in record.items() if value == []] == [*CLAIM_TABLES, "likely"]
    assert record["published_at"] is None


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("2025-10-30", datetime(2025, 10, 30, tzinfo=r.WIB)),
        ("2025-10-30T16:46:00", datetime(2025, 10, 30, 16, 46, tzinfo=r.WIB)),
        ("2025-10-30T16:46:00+07:00", datetime(2025, 10, 30, 16, 46, tzinfo=r.WIB)),
        ("2025-10-30T09:46:00Z", datetime(2025, 10, 30, 9, 46, tzinfo=UTC)),
        (None, None),
        ("", None),
    ],
)
def test_publication_without_a_zone_is_wib(printed: str | None, moment: datetime | None) -> None:
    article = article_from_dict({"id": "a", "text": "b", "published_at": printed})
    assert article.published_at == moment
    assert article.published_at is None or article.published_at.tzinfo is not None


def test_keys_beyond_the_known_are_ignored_and_absent_ones_are_empty() -> None:
    article = article_from_dict({"id": "a", "text": "b", "relevant": True, "url": None})
    assert (article.url, article.outlet, article.title, article.published_at) == ("", "", "", None)


def test_record_dates_are_those_of_the_article() -> None:
    late = make_article(published_at=datetime(2025, 10, 31, 0, 30, tzinfo=r.WIB))
    facts = r.Facts(article="a", programme="p", extractor_version="1", relevant=False)
    assert facts_to_record(late, facts)["published_at"] == date(2025, 10, 31).isoformat()
