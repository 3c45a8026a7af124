"""Corrections in the database: which hold, where they were applied, and which meet nothing any more."""

from __future__ import annotations

import json
from collections.abc import Sequence

from db.corrections.apply import AreaNames, Use
from db.corrections.load import Correction
from db.file.session import Session

#: Articles that were extracted before a correction of theirs was made or withdrawn.
_TO_CORRECT = """
SELECT article FROM (
SELECT c.article FROM corrections AS c
JOIN extractions AS e ON e.article = c.article AND e.programme = :programme
WHERE c.programme IN ('', :programme) AND NOT EXISTS (
    SELECT 1 FROM correction_uses AS u
    WHERE u.correction = c.id AND u.article = c.article AND u.programme = :programme)
UNION
SELECT p.article FROM corrections AS c JOIN json_each(c.names) AS n JOIN people AS p ON p.name = n.value
WHERE c.everywhere = 1 AND p.programme = :programme AND c.programme IN ('', :programme)
UNION
SELECT article FROM correction_uses
WHERE programme = :programme AND correction NOT IN (SELECT id FROM corrections)
) WHERE article NOT IN (
    SELECT article FROM extraction_problems
    WHERE programme = :programme AND extractor_version = :version AND reason <> 'unstorable')
ORDER BY 1
"""

_UNMET = """
SELECT c.label, c.article, c.given_article, max(u.met) AS met, max(u.problem) AS problem,
       EXISTS (SELECT 1 FROM extractions AS e WHERE e.article = c.article) AS extracted
FROM corrections AS c LEFT JOIN correction_uses AS u ON u.correction = c.id
GROUP BY c.id ORDER BY c.label
"""


class CorrectionTables(Session):
    """Saves and reads corrections and their uses."""

    def save_corrections(self, corrections: Sequence[Correction]) -> None:
        """Make the stored corrections those given; each is tied to the stored article that it names."""
        with self.transaction():
            wanted = {one.id: one for one in corrections}
            before = dict(self._pairs("SELECT id, article FROM corrections"))
            for stored in before.keys() - wanted.keys():
                self.db.execute("DELETE FROM corrections WHERE id = ?", [stored])
            rows = [
                {
                    "id": one.id,
                    "action": one.action,
                    "kind": one.table,
                    "article": self.find_article(one.article),
                    "given_article": one.article,
                    "programme": one.programme,
                    "names": json.dumps(one.names, ensure_ascii=False),
                    "everywhere": int(one.everywhere),
                    "made_by": one.by,
                    "made_on": one.at.isoformat(),
                    "why": one.why,
                    "label": str(one),
                }
                for one in wanted.values()
            ]
            self._upsert("corrections", rows, key="id")
            after = {row["id"]: row["article"] for row in rows}
            # What failed may have failed of them.
            for one in before.keys() ^ after.keys():
                article = before.get(one) or after.get(one)
                self.db.execute("DELETE FROM extraction_problems WHERE article = ?", [article])

    def count_corrections(self) -> int:
        """How many corrections the database knows."""
        return self._one("SELECT count(*) FROM corrections")

    def find_article(self, named: str) -> str | None:
        """The id of the stored article with this id or address; None where there is none."""
        found = self._all("SELECT id FROM articles WHERE id = ? OR url = ? LIMIT 1", [named, named])
        return str(found[0][0]) if found else None

    def corrections_of(self, article: str, programme: str) -> set[str]:
        """Ids of the corrections that are about an article, and of the merges that hold everywhere."""
        return {
            str(row[0])
            for row in self._all(
                "SELECT id FROM corrections WHERE (article = ? OR everywhere = 1) AND programme IN ('', ?)",
                [article, programme],
            )
        }

    def articles_to_correct(self, programme: str, version: str) -> list[str]:
        """Ids of articles whose claims do not show the corrections that hold now.

        What this version of the extractor failed on with these corrections is passed over.
        """
        names: dict[str, object] = {"programme": programme, "version": version}
        return [str(row[0]) for row in self._all(_TO_CORRECT, names)]

    def save_uses(self, article: str, programme: str, uses: Sequence[Use]) -> None:
        """Replace what is stored of the corrections of one article."""
        with self.transaction():
            self.db.execute(
                "DELETE FROM correction_uses WHERE article = ? AND programme = ?", [article, programme]
            )
            for use in uses:
                self._insert(
                    "correction_uses",
                    {"correction": use.correction, "article": article, "programme": programme}
                    | {"met": use.met, "problem": use.problem},
                )

    def correction_problems(self) -> list[str]:
        """Corrections that meet nothing, one line each."""
        problems = []
        for row in self._all(_UNMET):
            if row["met"]:
                continue
            if row["article"] is None:
                problems.append(f"{row['label']}: no stored article is {row['given_article']!r}")
            elif row["extracted"]:
                problems.append(f"{row['label']}: {row['problem'] or 'no claim has such a name any more'}")
        return problems

    def area_names(self) -> AreaNames:
        """Codes by the names that corrections use."""
        return AreaNames(
            regencies=dict(self._pairs("SELECT name, code FROM regencies")),
            kecamatan={
                (regency, name): code
                for regency, name, code in self._all("SELECT regency_code, name, code FROM kecamatan")
            },
            villages={
                (kecamatan, name): code
                for kecamatan, name, code in self._all("SELECT kecamatan_code, name, code FROM villages")
            },
        )
