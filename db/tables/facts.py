"""Claims with their evidence, an article and a programme at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from db.claim_kinds import CLAIM_TABLES, CLAIM_TYPES, KIND_OF
from db.errors import RefusedError
from db.file.rows import Row, to_text
from db.file.session import Session
from db.records import LEFT_OUT, WIB, Evidence, Facts, Likely, PrivateWords
from db.tables.claims import build_rows, check_evidence, own_fields, read_claims

_SAID_BEFORE = """
SELECT p.article, p.programme, p.code, min(substr(v.published_at, 1, 10)), min(v.fetched_at)
FROM pilot_kecamatan AS p JOIN article_versions AS v ON v.article = p.article
WHERE p.article = :article AND p.programme = :programme
  AND (instr(v.text, p.sentence) > 0 OR instr(v.title, p.sentence) > 0)
GROUP BY p.article, p.programme, p.code
"""


class FactTables(Session):
    """Saves and reads what the extractor finds."""

    def save_facts(self, facts: Facts) -> None:
        """Replace what is stored of an article for a programme, in one transaction.

        Raises when the article is not stored or a quote does not stand where it says it does.
        """
        with self.transaction():
            found = self._all("SELECT title, text FROM articles WHERE id = ?", [facts.article])
            if not found:
                raise RefusedError(f"article {facts.article} is not stored: save it before its facts")
            problems = check_evidence(facts, found[0]["title"], found[0]["text"])
            if problems:
                raise RefusedError(f"article {facts.article}: {problems[0]}; extract it from the stored text")
            rows = build_rows(facts, dict(self._pairs("SELECT name, code FROM regencies")))
            sentence_ids = self._save_sentences(facts.article, [ev["sentence"] for ev in rows.evidence])
            stale: set[str] = set()
            for table, claims in rows.claims.items():
                stored = self._all(
                    f"SELECT id FROM {table} WHERE article = ? AND programme = ?",
                    [facts.article, facts.programme],
                )
                stale |= {row["id"] for row in stored}
                for row in stored:
                    if row["id"] not in claims:
                        self.db.execute(f"DELETE FROM {table} WHERE id = ?", [row["id"]])
                self._upsert(
                    table,
                    [row | {"sentence_id": sentence_ids[row["sentence"]]} for row in claims.values()],
                    key="id",
                )
            for ev in rows.evidence:
                ev["sentence_id"] = sentence_ids[ev.pop("sentence")]
            self._replace("evidence", facts.article, stale, ("kind", "claim", "ordinal"), rows.evidence)
            self._replace("ambiguous_areas", facts.article, stale, ("kind", "claim", "code"), rows.ambiguous)
            # A version that no extraction read said then what it says in the same words today.
            self._remember_pilots(_SAID_BEFORE, {"article": facts.article, "programme": facts.programme})
            self._save_private(facts)
            self._save_likely(facts)
            self._save_extraction(facts)
            self.db.execute(
                "DELETE FROM extraction_problems WHERE article = ? AND programme = ?",
                [facts.article, facts.programme],
            )
            self.db.execute(
                "DELETE FROM sentences WHERE article = ? "
                "AND id NOT IN (SELECT sentence_id FROM evidence WHERE article = ?)",
                [facts.article, facts.article],
            )

    def facts(self, programme: str) -> Iterator[Facts]:
        """What is stored for a programme, an article at a time, in the order of the articles."""
        extracted = self._all(
            "SELECT e.* FROM extractions AS e JOIN articles AS a ON a.id = e.article "
            "WHERE e.programme = ? ORDER BY a.number",
            [programme],
        )
        for extraction in extracted:
            yield self._read_facts(extraction)

    def facts_of(self, article: str, programme: str) -> Facts | None:
        """What is stored of one article for a programme; None where it was not extracted."""
        found = self._all(
            "SELECT * FROM extractions WHERE article = ? AND programme = ?", [article, programme]
        )
        return self._read_facts(found[0]) if found else None

    def extracted_programmes(self) -> list[str]:
        """The programmes for which anything was extracted, in alphabetical order."""
        return [row[0] for row in self._all("SELECT DISTINCT programme FROM extractions ORDER BY programme")]

    def extracted_articles(self, programme: str) -> dict[str, str]:
        """Article id -> the version that extracted it for a programme."""
        return dict(
            self._pairs("SELECT article, extractor_version FROM extractions WHERE programme = ?", [programme])
        )

    def _read_facts(self, extraction: sqlite3.Row) -> Facts:
        article, programme = extraction["article"], extraction["programme"]
        evidence: dict[str, list[Evidence]] = {}
        for row in self._all(
            "SELECT e.*, s.sentence FROM evidence AS e JOIN sentences AS s ON s.id = e.sentence_id "
            "WHERE e.article = ? ORDER BY e.kind, e.claim, e.ordinal",
            [article],
        ):
            names = ("start", "end", "quote", "sentence", "rule", "field")
            evidence.setdefault(row["claim"], []).append(Evidence(**{name: row[name] for name in names}))
        claims = {
            name: read_claims(
                table,
                self._all(
                    f"SELECT * FROM {table} WHERE article = ? AND programme = ? "
                    'ORDER BY field, start, "end", id',
                    [article, programme],
                ),
                evidence,
            )
            for name, table in CLAIM_TABLES.items()
        }
        return Facts(
            article=article,
            programme=programme,
            extractor_version=extraction["extractor_version"],
            relevant=bool(extraction["relevant"]),
            origin=extraction["origin"],
            reason=extraction["reason"],
            private=tuple(
                PrivateWords(**dict(row))
                for row in self._all(
                    "SELECT kind, printed, shown FROM private_words WHERE article = ? AND programme = ? "
                    "ORDER BY rowid",
                    [article, programme],
                )
            ),
            likely=self._read_likely(article, programme),
            **claims,
        )

    def _save_sentences(self, article: str, sentences: Iterable[str]) -> dict[str, int]:
        ids: dict[str, int] = dict(
            self._pairs("SELECT sentence, id FROM sentences WHERE article = ?", [article])
        )
        for sentence in sentences:
            if sentence not in ids:
                cursor = self.db.execute(
                    "INSERT INTO sentences (article, sentence) VALUES (?, ?)", [article, sentence]
                )
                ids[sentence] = cursor.lastrowid or 0
        return ids

    def _replace(
        self, table: str, article: str, stale: set[str], key: tuple[str, ...], rows: list[Row]
    ) -> None:
        """Make the rows of an article's claims those given; `stale` are the ids of the claims before."""
        wanted = {tuple(row[name] for name in key): row for row in rows}
        for old in self._all(f"SELECT * FROM {table} WHERE article = ?", [article]):
            place = tuple(old[name] for name in key)
            if old["claim"] in stale and place not in wanted:
                where = " AND ".join(f"{name} = ?" for name in key)
                self.db.execute(f"DELETE FROM {table} WHERE {where}", place)
        self._upsert(table, rows, key=", ".join(key))

    def _save_private(self, facts: Facts) -> None:
        stored = [facts.article, facts.programme]
        self.db.execute("DELETE FROM private_words WHERE article = ? AND programme = ?", stored)
        for words in dict.fromkeys(facts.private):
            self._insert(
                "private_words",
                {
                    "article": facts.article,
                    "programme": facts.programme,
                    "kind": words.kind,
                    "printed": words.printed,
                    "shown": words.shown,
                },
                "ON CONFLICT DO NOTHING",
            )

    def _save_likely(self, facts: Facts) -> None:
        stored = [facts.article, facts.programme]
        self.db.execute("DELETE FROM likely WHERE article = ? AND programme = ?", stored)
        for one in facts.likely:
            first = one.claim.evidence[0]
            table = CLAIM_TABLES[one.kind]
            row = {"article": facts.article, "programme": facts.programme, "kind": table}
            row |= {name: getattr(first, name) for name in ("quote", "sentence", "field", "start", "end")}
            row["claim"] = json.dumps(
                {name: getattr(one.claim, name) for name in own_fields(table)}, ensure_ascii=False
            )
            self._insert("likely", row | {"confidence": one.claim.confidence}, "ON CONFLICT DO NOTHING")

    def _read_likely(self, article: str, programme: str) -> tuple[Likely, ...]:
        rows = self._all(
            "SELECT * FROM likely WHERE article = ? AND programme = ? ORDER BY confidence DESC, start",
            [article, programme],
        )
        found = []
        for row in rows:
            names = ("quote", "sentence", "field", "start", "end")
            evidence = Evidence(**{name: row[name] for name in names}, rule=LEFT_OUT)
            claim = CLAIM_TYPES[row["kind"]](
                evidence=(evidence,), confidence=row["confidence"], **json.loads(row["claim"])
            )
            found.append(Likely(kind=KIND_OF[row["kind"]].field, claim=claim))
        return tuple(found)

    def _save_extraction(self, facts: Facts) -> None:
        self._insert(
            "extractions",
            {
                "article": facts.article,
                "programme": facts.programme,
                "relevant": facts.relevant,
                "extractor_version": facts.extractor_version,
                "extracted_at": to_text(datetime.now(WIB).replace(microsecond=0), "now"),
                "origin": facts.origin,
                "reason": facts.reason,
                "private_read": True,
            },
            "ON CONFLICT (article, programme) DO UPDATE SET relevant = excluded.relevant, "
            "extractor_version = excluded.extractor_version, extracted_at = excluded.extracted_at, "
            "origin = excluded.origin, reason = excluded.reason, private_read = 1 "
            "WHERE (relevant, extractor_version, origin, reason, private_read) "
            "IS NOT (excluded.relevant, excluded.extractor_version, excluded.origin, excluded.reason, 1)",
        )
