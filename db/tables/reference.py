"""Areas, the vocabulary's terms and the outlets: what claims and articles refer to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from db.errors import StoreError
from db.file.session import Session
from db.records import AgencyType, Kecamatan, Measure, Pillar, Regency, Village


def _list(words: Iterable[str]) -> str:
    return json.dumps(list(words), ensure_ascii=False)


_TABLES = ("regencies", "kecamatan", "villages", "pillars", "agency_types", "measures", "outlets")


class ReferenceTables(Session):
    """Saves and counts the tables that others refer to."""

    def save_areas(
        self, regencies: Iterable[Regency], kecamatan: Iterable[Kecamatan], villages: Iterable[Village]
    ) -> None:
        with self.transaction():
            self._upsert(
                "regencies",
                [
                    {"code": r.code, "name": r.name, "kind": r.kind}
                    | {"latitude": r.latitude, "longitude": r.longitude}
                    for r in regencies
                ],
            )
            self._upsert(
                "kecamatan",
                [
                    {"code": k.code, "name": k.name, "regency_code": k.regency}
                    | {"latitude": k.latitude, "longitude": k.longitude}
                    for k in kecamatan
                ],
            )
            self._upsert(
                "villages",
                [
                    {"code": v.code, "name": v.name, "kecamatan_code": v.kecamatan, "kind": v.kind}
                    for v in villages
                ],
            )

    def save_pillars(self, pillars: Iterable[Pillar]) -> None:
        """Raises when another programme owns a pillar's id already: claims could not tell them apart."""
        with self.transaction():
            owners: dict[str, str] = dict(self._pairs("SELECT id, programme FROM pillars"))
            rows = []
            for pillar in pillars:
                if owners.setdefault(pillar.id, pillar.programme) != pillar.programme:
                    raise StoreError(
                        f"pillar {pillar.id!r} belongs to the programme {owners[pillar.id]!r}: "
                        f"give that of {pillar.programme!r} another id"
                    )
                rows.append(
                    {"id": pillar.id, "name": pillar.name, "name_en": pillar.name_en}
                    | {"description": pillar.description, "programme": pillar.programme}
                    | {"spellings": _list(pillar.spellings)}
                )
            self._upsert("pillars", rows)

    def save_agency_types(self, agency_types: Iterable[AgencyType]) -> None:
        with self.transaction():
            self._upsert(
                "agency_types",
                [
                    {"id": a.id, "name": a.name, "name_en": a.name_en, "spellings": _list(a.spellings)}
                    for a in agency_types
                ],
            )

    def save_measures(self, measures: Iterable[Measure]) -> None:
        with self.transaction():
            self._upsert(
                "measures",
                [
                    {"id": m.id, "name": m.name, "name_en": m.name_en, "unit": m.unit, "kind": m.kind}
                    for m in measures
                ],
            )

    def save_outlets(self, outlets: Iterable[Mapping[str, Any]]) -> None:
        """Rows with `slug`, `name` and, if known, `home`, `platform`, `confidence`, `invented`, `regencies`.

        `regencies` lists the codes that a local outlet covers; without it, the outlet covers the province.
        """
        with self.transaction():
            for outlet in outlets:
                row = {"slug": outlet["slug"], "name": outlet["name"]}
                row |= {key: str(outlet.get(key) or "") for key in ("home", "platform", "confidence")}
                row["invented"] = bool(outlet.get("invented"))
                self._upsert("outlets", [row], key="slug")
                wanted = {str(code) for code in outlet.get("regencies") or ()}
                stored = {
                    code
                    for (code,) in self._all(
                        "SELECT regency_code FROM outlet_regencies WHERE outlet = ?", [row["slug"]]
                    )
                }
                for code in sorted(stored - wanted):
                    self.db.execute(
                        "DELETE FROM outlet_regencies WHERE outlet = ? AND regency_code = ?",
                        [row["slug"], code],
                    )
                for code in sorted(wanted - stored):
                    self.db.execute("INSERT INTO outlet_regencies VALUES (?, ?)", [row["slug"], code])

    def reference_counts(self) -> dict[str, int]:
        """Table -> rows, of areas, terms and outlets."""
        return {table: self._one(f"SELECT count(*) FROM {table}") for table in _TABLES}
