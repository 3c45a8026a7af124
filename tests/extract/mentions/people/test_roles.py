"""Every area behind every office, whole and cut off anywhere: reading it ends."""

from __future__ import annotations

import functools
import tomllib

import pytest

from extract.article.doc import reading, spans
from extract.mentions.people.holders import PeopleScan
from extract.mentions.people.office import OfficeText
from extract.nlp import read_topic
from extract.vocabulary.load import KNOWLEDGE
from extract.vocabulary.phrases import expand
from extract.vocabulary.tokens import tokenize
from tests.extract.reading import engine, read, read_record
from tests.fuzz.frame import limit


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kecamatan Berdaya", "Petugas Kecamatan Kota"),
        ("Kecamatan Berdaya", "Ketua PKK Kecamatan Kota hadir"),
        ("Kecamatan Berdaya", "Bupati di Kecamatan Kota, Kota, Kecamatan Kota"),
        ("Kepala Seksi Kecamatan Kota Kota", "Kecamatan Berdaya di Kota"),
    ],
)
def test_a_kecamatan_called_like_a_kind_of_area_ends_an_office(title: str, text: str) -> None:
    read_record(title, text)


def test_the_office_behind_which_it_stands_is_whole() -> None:
    told = "Kepala Seksi Kesejahteraan Kecamatan Kota Kudus, Budi Santoso, mengatakan itu."
    person = read(told, opening="KUDUS - Kecamatan Berdaya berjalan di Kabupaten Kudus. ").people
    assert [(p.name, p.role) for p in person] == [
        ("Budi Santoso", "Kepala Seksi Kesejahteraan Kecamatan Kota Kudus")
    ]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "dan ",
            "kecamatan ",
            "I ",
            "II ",
            "Ketua dan ",
            "Bupati dan ",
            "Bupati & Camat ",
            "Bupati/",
            "Ketua, ",
        ),
        *("( ", "“", "(Plt) ", "Plt. ", "di Kecamatan ", "Kota ", "H. ", "S.H. "),
    ],
)
def test_a_row_without_end_is_no_deeper_than_python_goes(unit: str) -> None:
    row = f"Ketua I {unit * 3000}PKK Boja, Wagiyo."
    read_record("Kecamatan Berdaya di Kendal", row)
    read_record(f"Kecamatan Berdaya di Kendal: {row}", row)


# --- every area behind every office ----------------------------------------------------------------

#: Seconds of processor time, many times what all of it takes.
BUDGET = 60.0
#: Tokens that no list knows, in front of each area: heads of offices are put in their place.
HOLE = ("xa", "xb", "xc", "xd", "xe")


@functools.cache
def areas() -> tuple[str, ...]:
    """Every kecamatan with its kind and every regency, as printed officially and in each other spelling."""
    vocabulary, _ = engine()
    names = tomllib.loads((KNOWLEDGE / "regions" / "names.toml").read_text("utf-8"))
    table = vocabulary.areas
    kecamatan = [k.name for k in table.kecamatan]
    kecamatan += [name for spelled in names["kecamatan_variants"].values() for name in spelled]
    regencies = [r.name for r in table.regencies] + [table.short(r) for r in table.regencies]
    regencies += [name for spelled in names["regency_aliases"].values() for name in spelled]
    return (*(f"Kecamatan {name}" for name in kecamatan), *regencies)


@functools.cache
def heads() -> tuple[tuple[str, ...], ...]:
    """The tokens of every head noun of an office."""
    vocabulary, _ = engine()
    phrases = [p for key in ("heads_place", "heads_office") for p in vocabulary.cues["people"][key]]
    return tuple(sorted({tuple(tokenize(spelled)) for phrase in phrases for spelled in expand(phrase)}))


class Offices:
    """The grammar over one article, in which each area stands in a paragraph of its own behind a hole."""

    def __init__(self, printed: tuple[str, ...]) -> None:
        vocabulary, nlp = engine()
        body = "\n\n".join(f"{' '.join(HOLE)} {area}." for area in printed)
        doc = read_topic(nlp, vocabulary, "Kabar", body)
        self.found = reading(doc)
        finder = nlp.get_pipe("pantau_people")
        self.places = {s.start: s.end for s in spans(doc, "places")}
        areas = vocabulary.areas
        text = OfficeText(self.found, finder.roles, finder.names, {}, {}.keys(), self.places, areas)
        self.parser = PeopleScan(text).parser
        self.ranges = [(s.first, s.last) for s in self.found.segments if s.kind != "title"]
        assert len(self.ranges) == len(printed)

    def read(self, head: tuple[str, ...], number: int, dropped: int, end: int) -> None:
        """Reads a head before an area without its first tokens, up to a token; its office ends within."""
        begin, _ = self.ranges[number]
        first = begin + len(HOLE) + dropped
        at = first - len(head)
        lower, printed = self.found.lower, self.found.words
        kept = lower[begin:first], printed[begin:first]
        lower[begin:at] = printed[begin:at] = [HOLE[0]] * (at - begin)
        lower[at:first], printed[at:first] = head, [word.title() for word in head]
        role = self.parser.read(at, begin, end)
        lower[begin:first], printed[begin:first] = kept
        assert role is not None
        assert at < role.end <= role.last <= end


def test_every_office_ends_before_every_area() -> None:
    offices = Offices(areas())
    assert len(offices.ranges) > 576 + 35 * 2
    assert len(heads()) > 300
    with limit(BUDGET):
        for head in heads():
            for number, (_, end) in enumerate(offices.ranges):
                offices.read(head, number, 0, end)


@pytest.mark.parametrize("head", ["camat", "ketua", "petugas", "kepala", "guru", "anggota"])
def test_an_office_ends_before_every_part_of_every_area(head: str) -> None:
    printed = areas()
    offices = Offices((*printed, *(f"{a}, {b}" for a, b in zip(printed, reversed(printed), strict=True))))
    with limit(BUDGET):
        for number, (begin, end) in enumerate(offices.ranges):
            first = begin + len(HOLE)
            inside = {t for at in range(first, end) for t in range(at + 1, offices.places.get(at, at))}
            for dropped in range(end - first):
                for last in range(first + dropped, end + 1):
                    if last not in inside:  # no sentence ends within a name
                        offices.read((head,), number, dropped, last)


def test_every_area_cut_within_a_word_is_read() -> None:
    """Each area without its first or last letters, whatever they are, behind one office after the other."""
    cuts = sorted({part for area in areas() for n in range(1, len(area)) for part in (area[:n], area[n:])})
    every = heads()
    lines = [f"{' '.join(every[n % len(every)]).title()} {cut} hadir" for n, cut in enumerate(cuts)]
    for first in range(0, len(lines), 2000):
        with limit(BUDGET):
            read_record("Kecamatan Berdaya di Kudus", "\n\n".join(lines[first : first + 2000]))
