"""Renders a known truth into articles of many layouts, from a seed: what rules are measured on.

A truth is some regencies with kecamatan, figures and buildings. A layout turns it into a text and says which
claims that text makes, so that precision and recall can be told for each layout by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from extract.vocabulary.areas import Areas
from tests.extract.article.layout.wordings import Wordings

#: Kecamatan of a regency in one truth, and regencies of a truth.
FEWEST, MOST = 2, 5
#: How often a truth takes a kecamatan whose name others or everyday words have too, where there is one.
HOMONYM = 0.5

Pilot = tuple[str, str]
Figure = tuple[str, str, int]
Building = tuple[str, str, str]


@dataclass
class Region:
    """A regency as one truth has it: what is listed of it, and what stands there."""

    name: str
    kecamatan: list[str]
    spare: list[str]  # others of its kecamatan, for lists of something else
    built: dict[str, set[str]]  # kecamatan to pillars
    units: dict[str, int]  # measure to figure

    @property
    def short(self) -> str:
        return self.name.removeprefix("Kabupaten ")


@dataclass
class Page:
    """An article and the claims that it makes; None where a kind is not asked."""

    text: str
    pilots: set[Pilot] = field(default_factory=set)
    figures: set[Figure] | None = None
    buildings: set[Building] | None = None
    title: str = "Kecamatan Berdaya di Jawa Tengah"


@dataclass
class Draft:
    """What a layout draws with: a random source, wordings and regencies."""

    rng: random.Random
    words: Wordings
    regions: list[Region]

    def pick(self, pool: Iterable[str]) -> str:
        return self.rng.choice(list(pool))

    def pilots(self) -> set[Pilot]:
        return {(name, r.name) for r in self.regions for name in r.kecamatan}

    def spares(self) -> list[tuple[str, Region]]:
        return [(name, r) for r in self.regions for name in r.spare]

    def rows(self) -> list[tuple[str, Region]]:
        return [(name, r) for r in self.regions for name in r.kecamatan]

    def article(self, *blocks: str, lead: str | None = None) -> str:
        """A report: dateline and opening, the lead, what it announces, and what closes it."""
        opening = f"SEMARANG – {self.pick(self.words.openings)}"
        announced = self.pick(self.words.pilots) if lead is None else lead
        parts = [opening, announced, *blocks, self.pick(self.words.closings)]
        return "\n\n".join(part for part in parts if part)

    def buildings(self) -> set[Building]:
        return {(p, name, r.name) for r in self.regions for name, pillars in r.built.items() for p in pillars}

    def figures(self) -> set[Figure]:
        return {(m, r.name, n) for r in self.regions for m, n in r.units.items()}


def _joined(names: list[str], rng: random.Random) -> str:
    """ "A, B, dan C" as papers write it."""
    if len(names) == 1:
        return names[0]
    last = rng.choice((", dan ", " dan ", ", serta ", ", "))
    return ", ".join(names[:-1]) + last + names[-1]


def _piped(rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def _celled(rows: list[list[str]], gap: str) -> str:
    return gap.join(cell for row in rows for cell in row)


# --- lists of pilots ----------------------------------------------------------------------------------


def subheads_with_bullets(d: Draft) -> Page:
    blocks = [b for r in d.regions for b in (r.name, "\n".join(f"- {n}" for n in r.kecamatan))]
    return Page(d.article(*blocks), d.pilots())


def bare_subheads_with_bullets(d: Draft) -> Page:
    blocks = [f"{r.short}\n" + "\n".join(f"• {n}" for n in r.kecamatan) for r in d.regions]
    return Page(d.article(*blocks), d.pilots())


def capital_subheads_with_numbers(d: Draft) -> Page:
    blocks = []
    for r in d.regions:
        blocks += [r.name.upper(), "\n".join(f"{i}. {n}" for i, n in enumerate(r.kecamatan, 1))]
    return Page(d.article(*blocks), d.pilots())


def colon_subheads_with_lines(d: Draft) -> Page:
    blocks = [f"{r.name}:\n" + "\n".join(r.kecamatan) for r in d.regions]
    return Page(d.article(*blocks), d.pilots())


def subheads_with_a_line(d: Draft) -> Page:
    blocks = [f"{r.name}\n{_joined(r.kecamatan, d.rng)}" for r in d.regions]
    return Page(d.article(*blocks), d.pilots())


def numbered_subheads_with_a_line(d: Draft) -> Page:
    blocks = [f"{i}. {r.name}\n{_joined(r.kecamatan, d.rng)}." for i, r in enumerate(d.regions, 1)]
    return Page(d.article(*blocks), d.pilots())


def numbered_subheads_with_kecamatan_bullets(d: Draft) -> Page:
    blocks = [
        f"{i}. {r.name}\n" + "\n".join(f"- Kecamatan {n}" for n in r.kecamatan)
        for i, r in enumerate(d.regions, 1)
    ]
    return Page(d.article(*blocks), d.pilots())


def colon_lines(d: Draft) -> Page:
    return Page(
        d.article("\n".join(f"{r.name}: {_joined(r.kecamatan, d.rng)}" for r in d.regions)), d.pilots()
    )


def colon_paragraphs(d: Draft) -> Page:
    return Page(d.article(*(f"{r.short}: {_joined(r.kecamatan, d.rng)}." for r in d.regions)), d.pilots())


def colon_bullets(d: Draft) -> Page:
    lines = [f"- {r.name}: {_joined(r.kecamatan, d.rng)}" for r in d.regions]
    return Page(d.article("\n".join(lines)), d.pilots())


def numbered_brackets(d: Draft) -> Page:
    lines = [f"{i}. {r.name} ({_joined(r.kecamatan, d.rng)})" for i, r in enumerate(d.regions, 1)]
    return Page(d.article("\n".join(lines)), d.pilots())


def dash_lines(d: Draft) -> Page:
    return Page(d.article("\n".join(f"{r.name} – {', '.join(r.kecamatan)}" for r in d.regions)), d.pilots())


def counted_colon_lines(d: Draft) -> Page:
    lines = [f"{r.name} {len(r.kecamatan)} kecamatan: {_joined(r.kecamatan, d.rng)}" for r in d.regions]
    figures = {("kecamatan_pilot", r.name, len(r.kecamatan)) for r in d.regions}
    return Page(d.article("\n".join(lines)), d.pilots(), figures)


def semicolon_paragraph(d: Draft) -> Page:
    text = "; ".join(f"{r.name}: {_joined(r.kecamatan, d.rng)}" for r in d.regions)
    return Page(d.article(text + "."), d.pilots())


def numbered_with_regency(d: Draft) -> Page:
    lines = [f"{i}. Kecamatan {n}, {r.name}" for i, (n, r) in enumerate(d.rows(), 1)]
    return Page(d.article("\n".join(lines)), d.pilots())


def bullets_with_bracketed_regency(d: Draft) -> Page:
    return Page(d.article("\n".join(f"- {n} ({r.name})" for n, r in d.rows())), d.pilots())


def plain_lines_of_one_regency(d: Draft) -> Page:
    r = d.regions[0]
    d.regions = [r]
    return Page(d.article(f"Kecamatan percontohan di {r.name}", *r.kecamatan, lead=""), d.pilots())


def nested_bullets(d: Draft) -> Page:
    lines = []
    for r in d.regions:
        lines += [f"- {r.name}", *(f"  - {n}" for n in r.kecamatan)]
    return Page(d.article("\n".join(lines)), d.pilots())


def lettered_paragraph(d: Draft) -> Page:
    r = d.regions[0]
    d.regions = [r]
    items = "; ".join(f"({'abcdefgh'[i]}) Kecamatan {n}" for i, n in enumerate(r.kecamatan))
    return Page(
        d.article(f"Lokasi percontohan Kecamatan Berdaya di {r.name} meliputi: {items}.", lead=""), d.pilots()
    )


# --- tables of pilots ---------------------------------------------------------------------------------


def piped_by_kecamatan(d: Draft) -> Page:
    rows = [[d.pick(d.words.kecamatan), d.pick(d.words.regency)], *([n, r.short] for n, r in d.rows())]
    return Page(d.article(_piped(rows)), d.pilots())


def piped_by_regency(d: Draft) -> Page:
    head = [
        d.pick(d.words.number),
        d.pick(d.words.regency),
        d.pick(d.words.pilot_count),
        d.pick(d.words.kecamatan),
    ]
    rows = [
        [str(i), r.name, str(len(r.kecamatan)), ", ".join(r.kecamatan)] for i, r in enumerate(d.regions, 1)
    ]
    figures = {("kecamatan_pilot", r.name, len(r.kecamatan)) for r in d.regions}
    return Page(d.article(_piped([head, *rows])), d.pilots(), figures)


def tabbed_by_kecamatan(d: Draft) -> Page:
    rows = [[d.pick(d.words.kecamatan), d.pick(d.words.regency)], *([n, r.name] for n, r in d.rows())]
    return Page(d.article("\n".join("\t".join(row) for row in rows)), d.pilots())


def cells_by_kecamatan(d: Draft) -> Page:
    rows = [[d.pick(d.words.kecamatan), d.pick(d.words.regency)], *([n, r.short] for n, r in d.rows())]
    return Page(d.article(_celled(rows, "\n\n")), d.pilots())


def cells_with_numbers(d: Draft) -> Page:
    head = [d.pick(d.words.number), d.pick(d.words.kecamatan), d.pick(d.words.regency)]
    rows = [head, *([str(i), n, r.name] for i, (n, r) in enumerate(d.rows(), 1))]
    return Page(d.article(_celled(rows, "\n")), d.pilots())


def cells_by_regency(d: Draft) -> Page:
    head = [d.pick(d.words.regency), d.pick(d.words.pilot_count), d.pick(d.words.kecamatan)]
    rows = [head, *([r.short, str(len(r.kecamatan)), ", ".join(r.kecamatan)] for r in d.regions)]
    figures = {("kecamatan_pilot", r.name, len(r.kecamatan)) for r in d.regions}
    return Page(d.article(_celled(rows, d.rng.choice(("\n", "\n\n")))), d.pilots(), figures)


def _with_status(d: Draft) -> list[list[str]]:
    rows = [[n, r.short, "Percontohan"] for n, r in d.rows()]
    rows += [[n, r.short, d.rng.choice(("Usulan", "Belum", "Tahap kedua"))] for n, r in d.spares()]
    d.rng.shuffle(rows)
    return [[d.pick(d.words.kecamatan), d.pick(d.words.regency), "Status"], *rows]


def piped_with_status(d: Draft) -> Page:
    lead = "Status tiap kecamatan dalam Kecamatan Berdaya tersaji dalam tabel berikut."
    return Page(d.article(_piped(_with_status(d)), lead=lead), d.pilots())


def cells_with_status(d: Draft) -> Page:
    lead = "Status tiap kecamatan dalam Kecamatan Berdaya tersaji dalam tabel berikut."
    return Page(d.article(_celled(_with_status(d), "\n\n"), lead=lead), d.pilots())


# --- buildings and figures ----------------------------------------------------------------------------


def _with_buildings(d: Draft) -> list[list[str]]:
    pillars = {"rppa": d.pick(d.words.shelters), "sport-center": d.pick(d.words.grounds)}
    stands, lacks = d.pick(d.words.stands), d.pick(d.words.lacks)
    head = [d.pick(d.words.kecamatan), d.pick(d.words.regency), *pillars.values()]
    return [
        head,
        *([n, r.short, *(stands if p in r.built[n] else lacks for p in pillars)] for n, r in d.rows()),
    ]


def piped_buildings(d: Draft) -> Page:
    return Page(d.article(_piped(_with_buildings(d))), d.pilots(), buildings=d.buildings())


def cells_buildings(d: Draft) -> Page:
    text = _celled(_with_buildings(d), d.rng.choice(("\n", "\n\n")))
    return Page(d.article(text), d.pilots(), buildings=d.buildings())


def _with_figures(d: Draft) -> list[list[str]]:
    head = [d.pick(d.words.regency), d.pick(d.words.shelters), d.pick(d.words.grounds)]
    unit = d.rng.choice(("", " unit"))
    return [
        head,
        *(
            [r.name, *(f"{r.units[m]}{unit}" for m in ("rppa_units", "sport_center_units"))]
            for r in d.regions
        ),
    ]


_FIGURES_LEAD = (
    "Jumlah fasilitas Kecamatan Berdaya di tiap kabupaten:",
    "Berikut jumlah unit yang sudah beroperasi menurut laporan kabupaten.",
)


def piped_figures(d: Draft) -> Page:
    return Page(d.article(_piped(_with_figures(d)), lead=d.pick(_FIGURES_LEAD)), figures=d.figures())


def cells_figures(d: Draft) -> Page:
    text = _celled(_with_figures(d), d.rng.choice(("\n", "\n\n")))
    return Page(d.article(text, lead=d.pick(_FIGURES_LEAD)), figures=d.figures())


def bulleted_figures(d: Draft) -> Page:
    lines = [
        f"- {r.name}: {r.units['rppa_units']} RPPA, {r.units['sport_center_units']} sport center"
        for r in d.regions
    ]
    return Page(d.article("\n".join(lines), lead=d.pick(_FIGURES_LEAD)), figures=d.figures())


def bulleted_buildings(d: Draft) -> Page:
    lines, told = [], set()
    for r in d.regions:
        lines.append(r.name)
        for n in r.kecamatan:
            stands = "rppa" in r.built[n]
            lines.append(f"- {n}: RPPA {'sudah beroperasi' if stands else 'belum ada'}")
            told |= {("rppa", n, r.name)} if stands else set()
    return Page(d.article("\n".join(lines)), d.pilots(), buildings=told)


# --- questions, corrections, several lists ------------------------------------------------------------


def lettered_interview(d: Draft) -> Page:
    r = d.regions[0]
    d.regions = [r]
    text = (
        (
            f"T: Kecamatan mana saja di {r.name} yang menjadi percontohan Kecamatan Berdaya?\n"
            f"J: {_joined(r.kecamatan, d.rng)}."
        ),
        f"T: Berapa RPPA yang sudah ada?\nJ: {r.units['rppa_units']} unit.",
        f"T: Kecamatan mana yang paling sering banjir?\nJ: {_joined(r.spare, d.rng)}.",
    )
    return Page(d.article(*text, lead=""), d.pilots(), {("rppa_units", r.name, r.units["rppa_units"])})


def interview_in_paragraphs(d: Draft) -> Page:
    r = d.regions[0]
    d.regions = [r]
    text = (
        f"Kecamatan mana di {r.name} yang ditunjuk sebagai percontohan Kecamatan Berdaya?",
        f"{_joined(r.kecamatan, d.rng)}.",
        "Lalu mana yang belum?",
        f"{_joined(r.spare, d.rng)}. Masih menunggu.",
    )
    return Page(d.article(*text, lead=""), d.pilots())


def corrected(d: Draft) -> Page:
    r = d.regions[0]
    d.regions = [r]
    wrong = [*r.kecamatan[1:], r.spare[0]]
    text = (
        (
            f"Dalam berita kemarin kami menulis bahwa percontohan Kecamatan Berdaya di {r.name} adalah "
            f"{_joined(wrong, d.rng)}. Daftar itu keliru."
        ),
        f"Ralat: yang benar ialah {_joined(r.kecamatan, d.rng)}.",
    )
    return Page(d.article(*text, lead=""), d.pilots())


def not_this_but_that(d: Draft) -> Page:
    r = d.regions[0]
    d.regions = [r]
    r.kecamatan = r.kecamatan[:1]
    text = (
        f"Kecamatan percontohan Kecamatan Berdaya di {r.name} bukan {r.spare[0]} melainkan {r.kecamatan[0]}."
    )
    return Page(d.article(text, lead=""), d.pilots())


def pilots_then_candidates(d: Draft) -> Page:
    blocks = [
        "\n".join(f"{i}. {n}, {r.name}" for i, (n, r) in enumerate(d.rows(), 1)),
        d.pick(d.words.candidates),
        "\n".join(f"{i}. {n}, {r.name}" for i, (n, r) in enumerate(d.spares(), 1)),
    ]
    return Page(d.article(*blocks), d.pilots())


def pilots_then_others(d: Draft) -> Page:
    blocks = [
        *(f"{r.name}\n" + "\n".join(f"- {n}" for n in r.kecamatan) for r in d.regions),
        d.pick(d.words.others),
        "\n".join(f"- {n} ({r.short})" for n, r in d.spares()),
    ]
    return Page(d.article(*blocks), d.pilots())


# --- no pilots at all ---------------------------------------------------------------------------------


def others_with_bullets(d: Draft) -> Page:
    blocks = [f"{r.name}\n" + "\n".join(f"- {n}" for n in r.kecamatan) for r in d.regions]
    return Page(d.article(*blocks, lead=d.pick(d.words.others)))


def others_in_a_table(d: Draft) -> Page:
    rows = [[d.pick(d.words.kecamatan), d.pick(d.words.regency)], *([n, r.short] for n, r in d.rows())]
    return Page(d.article(_piped(rows), lead=d.pick(d.words.others)))


def others_in_cells(d: Draft) -> Page:
    rows = [[d.pick(d.words.kecamatan), d.pick(d.words.regency)], *([n, r.name] for n, r in d.rows())]
    return Page(d.article(_celled(rows, "\n\n"), lead=d.pick(d.words.others)))


def candidates_with_numbers(d: Draft) -> Page:
    lines = [f"{i}. {n}, {r.name}" for i, (n, r) in enumerate(d.rows(), 1)]
    return Page(d.article("\n".join(lines), lead=d.pick(d.words.candidates)))


def candidates_by_colon(d: Draft) -> Page:
    lines = [f"{r.name}: {_joined(r.kecamatan, d.rng)}" for r in d.regions]
    return Page(d.article("\n".join(lines), lead=d.pick(d.words.candidates)))


LAYOUTS: tuple[Callable[[Draft], Page], ...] = (
    subheads_with_bullets,
    bare_subheads_with_bullets,
    capital_subheads_with_numbers,
    colon_subheads_with_lines,
    subheads_with_a_line,
    numbered_subheads_with_a_line,
    numbered_subheads_with_kecamatan_bullets,
    colon_lines,
    colon_paragraphs,
    colon_bullets,
    numbered_brackets,
    dash_lines,
    counted_colon_lines,
    semicolon_paragraph,
    numbered_with_regency,
    bullets_with_bracketed_regency,
    plain_lines_of_one_regency,
    nested_bullets,
    lettered_paragraph,
    piped_by_kecamatan,
    piped_by_regency,
    tabbed_by_kecamatan,
    cells_by_kecamatan,
    cells_with_numbers,
    cells_by_regency,
    piped_with_status,
    cells_with_status,
    piped_buildings,
    cells_buildings,
    piped_figures,
    cells_figures,
    bulleted_figures,
    bulleted_buildings,
    lettered_interview,
    interview_in_paragraphs,
    corrected,
    not_this_but_that,
    pilots_then_candidates,
    pilots_then_others,
    others_with_bullets,
    others_in_a_table,
    others_in_cells,
    candidates_with_numbers,
    candidates_by_colon,
)


def draw(areas: Areas, words: Wordings, seed: int) -> Draft:
    """A truth of two to four kabupaten, the same for a seed."""
    rng = random.Random(seed)
    chosen = rng.sample([r for r in areas.regencies if r.kind == "kabupaten"], rng.randint(2, 4))
    return Draft(rng, words, [_region(areas, r.code, r.name, rng) for r in chosen])


def _region(areas: Areas, code: str, name: str, rng: random.Random) -> Region:
    names = [k.name for k in areas.kecamatan if k.regency == code]
    shared = [n for n in names if len(areas.kecamatan_by_name.get(n.lower().replace(" ", ""), ())) > 1]
    picked = rng.sample(names, min(len(names), rng.randint(FEWEST, MOST) + 2))
    if shared and rng.random() < HOMONYM:
        picked = [rng.choice(shared), *picked]
    picked = list(dict.fromkeys(picked))
    kecamatan, spare = picked[:-2], picked[-2:]
    pillars = ("rppa", "sport-center")
    built = {n: {p for p in pillars if rng.random() < 0.5} for n in kecamatan}
    units = {"rppa_units": rng.randint(2, 4), "sport_center_units": rng.randint(5, 9)}
    return Region(name, kecamatan, spare, built, units)
