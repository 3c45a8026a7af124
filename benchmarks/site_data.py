"""Writes a large working database of invented articles, and publishes it: `python -m benchmarks.site_data`.

The rows are written straight into the tables, since saving a million claims one by one takes an hour; the
publication's own checks say whether what was written is sound. Places and terms are the project's real ones.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from db.file.rows import Row
from db.public.publish import publish
from db.records import WIB, CrawlReport
from db.store import Store
from db.tables.claims import claim_id, key_fields
from extract.vocabulary.load import load_vocabulary
from pipelines.claims.extract import save_terms

PROGRAMME, VERSION = "kecamatan-berdaya", "bench"
OUTLETS = [f"media_{number:02}" for number in range(60)]
DAYS = 730
_WORDS = """kecamatan berdaya percontohan bupati dinas sosial warga desa RPPA lansia olahraga kartu
anggaran camat pelatihan layanan perempuan anak pemuda kepala bidang program provinsi pemerintah kegiatan
tahun bulan"""
WORDS = _WORDS.split()


def main() -> None:
    """Generate and publish into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site_data", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    store, public = args.folder / "large.db", args.folder / "public.db"
    for path in (store, public):
        path.unlink(missing_ok=True)
    start = time.perf_counter()
    claims = write_store(store, args.articles)
    written = time.perf_counter()
    publish(store, public)
    print(f"{args.articles} articles, {claims} claims: written in {written - start:.0f} s,", end=" ")
    print(f"published in {time.perf_counter() - written:.0f} s, {public.stat().st_size / 1e6:.0f} MB")


def write_store(path: Path, articles: int) -> int:
    """Fill a new database with `articles` articles of ten claims each; returns the number of claims."""
    rng = random.Random(20251030)
    vocabulary = load_vocabulary()
    with Store(path) as store:
        save_terms(store, vocabulary)
        store.save_outlets([{"slug": slug, "name": slug.replace("_", " ").title()} for slug in OUTLETS])
        for slug in OUTLETS:
            started = _moment(date(2025, 12, 1))
            store.save_crawl(
                CrawlReport(
                    id=f"r/{slug}",
                    run="r",
                    outlet=slug,
                    started_at=started,
                    finished_at=started,
                    finish_reason="finished",
                    counts={"stored": articles // len(OUTLETS)},
                    since=date(2025, 12, 1) - timedelta(days=DAYS),
                    until=date(2025, 12, 1),
                )
            )
        db = store.db
        in_order = (
            "SELECT k.code, k.name, r.code, r.name FROM kecamatan AS k "
            "JOIN regencies AS r ON r.code = k.regency_code ORDER BY k.code"
        )
        places = [tuple(row) for row in db.execute(in_order).fetchall()]
        pillars = [row[0] for row in db.execute("SELECT id FROM pillars").fetchall()]
        agencies = [row[0] for row in db.execute("SELECT id FROM agency_types").fetchall()]
        measures = [row[0] for row in db.execute("SELECT id FROM measures").fetchall()]
        for table in ("articles", "sentences"):  # rebuilt below in one go
            db.execute(f"DROP TRIGGER {table}_fts_insert")
        count = 0
        with store.transaction():
            for number in range(articles):
                rows = list(_article(rng, number, articles, places, pillars, agencies, measures))
                count += sum("sentence_id" in row and table != "evidence" for table, row in rows)
                for table, row in rows:
                    marks = ", ".join("?" * len(row))
                    names = ", ".join(f'"{name}"' for name in row)
                    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
            for table in ("articles", "sentences"):
                db.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        return count


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=WIB)


def _article(
    rng: random.Random, number: int, articles: int, places: list[Any], pillars: list[str],
    agencies: list[str], measures: list[str],
) -> Iterator[tuple[str, Row]]:  # fmt: skip
    """Rows of one article: itself, its sentences, ten claims with their evidence."""
    key = f"bench:{number}"
    day = date(2023, 12, 1) + timedelta(days=number * DAYS // articles)
    kecamatan_code, kecamatan, regency_code, regency = rng.choice(places)
    pillar, agency = rng.choice(pillars), rng.choice(agencies)
    place = {"regency_code": regency_code}
    person = f"Orang {rng.choice(WORDS).title()} {rng.randrange(5000)}"
    claims: list[tuple[str, Row, Row]] = [
        ("article_regencies", {"name": regency, "code": regency_code}, place),
        ("pilot_kecamatan", {"kecamatan": kecamatan, "regency": regency, "code": kecamatan_code},
         place | {"kecamatan_code": kecamatan_code}),
        ("article_pillars", {"pillar": pillar}, {}),
        ("agencies", {"name": f"Dinas {agency}", "type": agency, "region": regency},
         place | {"agency_type": agency}),
        ("responsibilities",
         {"agency": agency, "region": regency, "pillar": pillar, "agency_name": f"Dinas {agency}"},
         place | {"agency_type": agency}),
        ("people", {"name": person, "role": f"Camat {kecamatan}"}, {}),
        ("people", {"name": f"{person} Kedua", "role": f"Kepala Dinas {regency}"}, {}),
        ("quantities",
         {"measure": rng.choice(measures), "region": regency, "value": rng.randrange(1, 9)}, place),
        ("events",
         {"event": rng.choice(["launch", "decree"]), "date": day.isoformat(), "region": regency}, place),
        ("facilities", {"pillar": pillar, "village": None, "kecamatan": kecamatan, "regency": regency,
                        "code": kecamatan_code}, place | {"kecamatan_code": kecamatan_code}),
    ]  # fmt: skip
    sentences = [
        f"{kecamatan} {' '.join(rng.choices(WORDS, k=rng.randrange(12, 25)))} {number}.{part}."
        for part in range(5)
    ]
    text = " ".join(sentences)
    yield "articles", {
        "id": key, "title": f"{kecamatan} {' '.join(rng.choices(WORDS, k=6))}", "outlet": rng.choice(OUTLETS),
        "published_at": f"{day}T09:00:00+07:00", "url": f"https://media.example/{number}", "authors": "[]",
        "editor": "", "section": "", "tags": "[]", "dateline": "", "origin": "", "text": text,
        "story": f"bench:{number // 3 * 3}", "pages": 1, "answered": json.dumps({}), "number": number + 1,
    }  # fmt: skip
    yield "extractions", {
        "article": key, "programme": PROGRAMME, "relevant": 1, "extractor_version": VERSION,
        "extracted_at": f"{day}T10:00:00+07:00", "private_read": 1,
    }  # fmt: skip
    for part, sentence in enumerate(sentences):
        yield "sentences", {"id": number * 5 + part + 1, "article": key, "sentence": sentence}
    for place_of, (table, own, keys) in enumerate(claims):
        sentence = sentences[place_of % 5]
        start = text.index(sentence)
        identity = claim_id(key, PROGRAMME, table, (own[name] for name in key_fields(table)))
        found = {
            "quote": kecamatan,
            "field": "text",
            "start": start,
            "end": start + len(kecamatan),
            "rule": "bench",
        }
        sentence_id = number * 5 + place_of % 5 + 1
        yield table, {
            "id": identity, "article": key, **own, **keys, **found, "sentence": sentence, "confidence": 0.9,
            "programme": PROGRAMME, "extractor_version": VERSION, "sentence_id": sentence_id,
        }  # fmt: skip
        yield "evidence", {
            "kind": table, "claim": identity, "ordinal": 0, "article": key,
            "sentence_id": sentence_id, **found,
        }  # fmt: skip


if __name__ == "__main__":
    main()
