"""Every kecamatan and regency of the province in every pattern: the right code, or all of them with `|`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest

from db.records import Article, Facts, Kecamatan, Regency
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.areas import fold
from extract.vocabulary.load import load_vocabulary

VOCABULARY = load_vocabulary()
NLP = build_nlp(VOCABULARY)
AREAS = VOCABULARY.areas

#: (text, codes of pilots, codes of other kecamatan)
Case = tuple[str, set[str], set[str]]


def read(text: str, title: str = "Kabar Kecamatan Berdaya") -> Facts:
    article = Article(id="x", url="", outlet="", title=title, text=text, published_at=None)
    return extract_facts(article, NLP, VOCABULARY)


def regency(kecamatan: Kecamatan) -> Regency:
    return AREAS.regency_by_code[kecamatan.regency]


def mates(kecamatan: Kecamatan, count: int) -> list[Kecamatan]:
    """Other kecamatan of the same regency, whose names are not those of regencies."""
    inside = [
        k
        for k in AREAS.kecamatan
        if k.regency == kecamatan.regency
        and k.code != kecamatan.code
        and fold(k.name) not in AREAS.regencies_by_name
    ]
    return inside[:count]


def office(area: Regency) -> str:
    return "Pemkot" if area.kind == "kota" else "Pemkab"


def leader(area: Regency) -> str:
    return "Wali Kota" if area.kind == "kota" else "Bupati"


def chosen_alone(k: Kecamatan) -> Case:
    return (
        f"Kecamatan {k.name} di {regency(k).name} ditetapkan sebagai pilot project Kecamatan Berdaya.",
        {k.code},
        set(),
    )


def chosen_in_prose(k: Kecamatan) -> Case:
    a, b, c = (*mates(k, 3), k, k)[:3]
    names = {k.code, a.code, b.code, c.code}
    text = (
        f"Sejumlah kecamatan di {regency(k).name} menjadi percontohan program Kecamatan Berdaya, "
        f"yakni {a.name}, {k.name}, {b.name}, serta {c.name}."
    )
    return text, names, set()


def chosen_in_bullets(k: Kecamatan) -> Case:
    a, b = (*mates(k, 2), k)[:2]
    text = (
        f"{office(regency(k))} {AREAS.short(regency(k))} menetapkan kecamatan percontohan "
        f"Kecamatan Berdaya, meliputi:\n\n"
        f"- Kecamatan {a.name};\n- Kecamatan {k.name};\n- Kecamatan {b.name}."
    )
    return text, {k.code, a.code, b.code}, set()


def chosen_after_a_count(k: Kecamatan) -> Case:
    a, b = (*mates(k, 2), k)[:2]
    names = {k.code, a.code, b.code}
    text = (
        f"Sebanyak {len(names)} kecamatan di {regency(k).name} ditunjuk menjadi pilot project "
        f"Kecamatan Berdaya. "
        f'"Sudah ditetapkan, ada {a.name}, lalu {b.name}, dan {k.name}," kata {leader(regency(k))} '
        f"{AREAS.short(regency(k))}."
    )
    return text, names, set()


def chosen_in_brackets(k: Kecamatan) -> Case:
    full = regency(k).name
    return f"Percontohan Kecamatan Berdaya antara lain Kecamatan {k.name} ({full}).", {k.code}, set()


def chosen_in_a_frame(k: Kecamatan) -> Case:
    a, b = (*mates(k, 2), k)[:2]
    kind = "Kab." if regency(k).kind == "kabupaten" else "Kota"
    text = (
        f"Berikut daftar kecamatan percontohan Kecamatan Berdaya. {kind} {AREAS.short(regency(k))}: "
        f"{a.name}, {k.name}, dan {b.name}."
    )
    return text, {k.code, a.code, b.code}, set()


def abbreviated(k: Kecamatan) -> Case:
    kind = "Kab." if regency(k).kind == "kabupaten" else "Kota"
    text = f"Kec. {k.name}, {kind} {AREAS.short(regency(k))}, menjadi lokasi Kecamatan Berdaya."
    return text, {k.code}, set()


def planned(k: Kecamatan) -> Case:
    text = (
        f"Program Kecamatan Berdaya di {regency(k).name} berlanjut. "
        f"Kecamatan {k.name} baru menyusul pada tahap kedua."
    )
    return text, set(), {k.code}


def negated(k: Kecamatan) -> Case:
    return (
        f"Kecamatan {k.name}, {regency(k).name}, tidak termasuk percontohan Kecamatan Berdaya.",
        set(),
        {k.code},
    )


def venue(k: Kecamatan) -> Case:
    text = (
        f"Pencanangan Kecamatan Berdaya digelar di Kecamatan {k.name}, {regency(k).name}, Kamis (30/10/2025)."
    )
    return text, set(), {k.code}


def village(k: Kecamatan) -> Case:
    return f"Kegiatan Kecamatan Berdaya di {regency(k).name} berlangsung di Desa {k.name}.", set(), set()


def official(k: Kecamatan) -> Case:
    text = f"Camat {k.name}, {regency(k).name}, menghadiri sosialisasi Kecamatan Berdaya."
    return text, set(), {k.code}


def poor(k: Kecamatan) -> Case:
    text = (
        f"Kecamatan {k.name} di {regency(k).name} tergolong miskin. "
        f"Kecamatan Berdaya diharapkan kelak menjangkau wilayah semacam itu."
    )
    return text, set(), {k.code}


def without_regency(k: Kecamatan) -> Case:
    namesakes = sorted(o.code for o in AREAS.kecamatan if fold(o.name) == fold(k.name))
    text = f"Kecamatan {k.name} ditetapkan sebagai pilot project Kecamatan Berdaya."
    return text, {"|".join(namesakes)}, set()


def under_a_dateline(k: Kecamatan) -> Case:
    place = AREAS.short(regency(k)).upper()
    text = f"{place}, kabarlereng.example – Kecamatan {k.name} dipilih menjadi percontohan Kecamatan Berdaya."
    codes = {o.code for o in AREAS.kecamatan if fold(o.name) == fold(k.name)}
    home = AREAS.regencies_by_name[fold(place)]
    fitting = sorted(c for c in codes if c[:5] in home)
    return text, {"|".join(fitting)}, set()


def other_programme(k: Kecamatan) -> Case:
    text = (
        f"Kecamatan {k.name}, {regency(k).name}, menjadi pilot project Kecamatan Layak Anak. Sementara itu "
        f"Kecamatan Berdaya masih disosialisasikan."
    )
    return text, set(), {k.code}


PATTERNS: list[Callable[[Kecamatan], Case]] = [
    chosen_alone,
    chosen_in_prose,
    chosen_in_bullets,
    chosen_after_a_count,
    chosen_in_brackets,
    chosen_in_a_frame,
    abbreviated,
    planned,
    negated,
    venue,
    village,
    official,
    poor,
    without_regency,
    under_a_dateline,
    other_programme,
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.__name__)
def test_every_kecamatan(pattern: Callable[[Kecamatan], Case]) -> None:
    assert len(AREAS.kecamatan) == 576
    wrong = []
    for kecamatan in AREAS.kecamatan:
        text, pilots, others = pattern(kecamatan)
        facts = read(text)
        found = {c.code for c in facts.pilot_kecamatan}, {c.code for c in facts.other_kecamatan}
        if found != (pilots, others):
            wrong.append((text, found, (pilots, others)))
    assert not wrong, f"{len(wrong)} of 576, first: {wrong[:3]}"


def named_in_full(area: Regency) -> str:
    return f"Sosialisasi Kecamatan Berdaya di {area.name} berlangsung lancar."


def by_office(area: Regency) -> str:
    return f"{office(area)} {AREAS.short(area)} menyiapkan Kecamatan Berdaya."


def by_leader(area: Regency) -> str:
    return f"{leader(area)} {AREAS.short(area)} mendukung Kecamatan Berdaya."


def abbreviated_regency(area: Regency) -> str:
    kind = "Kab." if area.kind == "kabupaten" else "Kota"
    return f"Delegasi {kind} {AREAS.short(area)} mengikuti pencanangan Kecamatan Berdaya."


@pytest.mark.parametrize(
    "pattern",
    [named_in_full, by_office, by_leader, abbreviated_regency],
    ids=lambda pattern: pattern.__name__,
)
def test_every_regency(pattern: Callable[[Regency], str]) -> None:
    assert len(AREAS.regencies) == 35
    wrong = []
    for area in AREAS.regencies:
        found = [c.code for c in read(pattern(area)).regencies]
        if found != [area.code]:
            wrong.append((pattern(area), found, area.code))
    assert not wrong, f"{len(wrong)} of 35, first: {wrong[:3]}"


def test_bare_names_of_twins_stay_open_unless_usage_decides() -> None:
    codes = defaultdict(list)
    for area in AREAS.regencies:
        codes[AREAS.short(area)].append(area.code)
    for short, both in codes.items():
        found = [c.code for c in read(f"Warga {short} menyambut Kecamatan Berdaya.").regencies]
        usual = AREAS.usual_twin.get(fold(short))
        assert found == [usual or "|".join(both)], short
