"""A grammar of what the press writes about the programme, over the whole vocabulary, and of how it breaks.

Every word list of `extract/knowledge/` is in it, all areas, and all offices; the sentences between them are
of the shapes that the rules look for. Names of persons are invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import expand

FIRST = (
    "Wagiyo",
    "Siti",
    "Eko Juli",
    "Ni'mah",
    "Agus",
    "M. Salim",
    "SRI",
    "Abdul Al-Hakim",
    "Tri",
    "R.Ay. Dewi",
)
LAST = ("Utomo", "Sabdo", "Purnomo", "Astuti", "SALIM", "binti Karim", "Nur", "Kota", "Wonosobo", "Dwi-Yanti")
ENDS = (".", ".", ".", ",", ";", ":", "?", "!", "…", "...", ".”", " –", "", ").", " (*)", " |")
GAPS = (
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n• ",
    "\n2) ",
    "",
    "  ",
    "\t",
    " | ",
    "\u00a0",
    "\r\n",
)
MARKS = (
    ",",
    ".",
    "(",
    ")",
    "/",
    "-",
    "–",
    ":",
    ";",
    "“",
    "”",
    '"',
    "'",
    "&",
    "|",
    "*",
    "!",
    "?",
    "…",
    "•",
    "1.",
)
ODD = (
    "\ud83d",
    "😀",
    "\x00",
    "\u200b",
    "\u202e",
    "\u0301",
    "İ",
    "ß",
    "²",
    "٣",
    "Ⅳ",
    "ﬁ",
    "\u2028",
    "\x85",
    "ǅ",
)
JOINS = (" dan ", ", ", ", dan ", " serta ", "/", " - ", " & ", "; ", " ke ", " di ", "")
VERBS = (
    "mengatakan",
    "menetapkan",
    "menangani",
    "meresmikan",
    "ditetapkan sebagai",
    "berdiri di",
    "belum punya",
)
#: Characters of a text at most, but for a few long ones.
LONGEST = 1500
SENTENCES = 7


class Grammar:
    """Makes titles and texts; every choice comes from the generator that it is given."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        areas, cues = vocabulary.areas, vocabulary.cues
        programme = next(iter(vocabulary.programmes.values()))
        pillars = programme.pillar
        self.regencies = [*(r.name for r in areas.regencies), *(areas.short(r) for r in areas.regencies)]
        self.printed = [*areas.regencies_by_name, *areas.kecamatan_by_name, *areas.foreign_regencies]
        self.kecamatan = [k.name for k in areas.kecamatan]
        self.villages = [v.name for v in areas.villages]
        self.heads = _spelled([*cues["people"]["heads_place"], *cues["people"]["heads_office"]])
        self.prefixes = _spelled(cues["people"]["prefixes"])
        self.honorifics = _spelled(cues["people"]["honorifics"])
        self.degrees = _spelled(cues["people"]["degrees"])
        self.topics = _spelled([*(p for x in pillars for p in (*x.phrases, *x.services)), *programme.names])
        self.agencies = _spelled([a for t in vocabulary.agencies.values() for a in (*t.acronyms, *t.words)])
        measures = vocabulary.measures.values()
        self.counted = _spelled([n for m in measures for n in (*m.nouns, *m.weak_nouns)])
        self.counting = _spelled(
            [n for m in measures for n in (*m.before, *m.behind, *m.adjectives, *m.cues, *m.reach)]
        )
        self.cues = [list(words) for table in cues.values() for words in table.values() if words]
        self.kinds: tuple[Callable[[random.Random], str], ...] = (
            *(self.person, self.person, self.list, self.count, self.duty, self.pilots),
            *(self.event, self.building, self.quote, self.cue_words, self.scraps),
        )

    def article(self, chance: random.Random) -> tuple[str, str]:
        """(title, text), broken in some way more often than not."""
        title = self.sentence(chance)
        sentences = [self.sentence(chance) for _ in range(1 + chance.randrange(SENTENCES))]
        if chance.random() < 0.6:
            sentences.insert(0, self.opening(chance))
        text = "".join(s + chance.choice(ENDS) + chance.choice(GAPS) for s in sentences)
        if chance.random() < 0.002:  # a long one
            text *= 1 + chance.randrange(20)
        else:
            text = text[:LONGEST]
        if chance.random() < 0.15:  # one phrase ends the title and goes on in the text
            whole = self.sentence(chance)
            at = chance.randrange(len(whole) + 1)
            title, text = f"{title} {whole[:at]}", whole[at:] + " " + text
        return _broken(chance, title), _broken(chance, text)

    def sentence(self, chance: random.Random) -> str:
        return " ".join(chance.choice(self.kinds)(chance) for _ in range(1 + chance.randrange(2)))

    # --- words ---------------------------------------------------------------------------------------

    def area(self, chance: random.Random) -> str:
        kind = chance.randrange(7)
        if kind == 0:
            return chance.choice(self.regencies)
        if kind == 1:
            return chance.choice(self.printed).title()
        if kind == 2:
            return f"{chance.choice(('Desa', 'Kelurahan', 'desa'))} {chance.choice(self.villages)}"
        name = chance.choice(self.kecamatan)
        if kind == 3:
            return name
        name = f"{chance.choice(('Kecamatan', 'Kec.', 'Kec', 'kecamatan', 'KECAMATAN'))} {name}"
        behind = ("", "", f", {chance.choice(self.regencies)}", f" {chance.choice(self.regencies)}")
        return name + chance.choice(behind)

    def areas(self, chance: random.Random) -> str:
        names = [self.area(chance) for _ in range(1 + chance.randrange(5))]
        return "".join(n + chance.choice(JOINS) for n in names[:-1]) + names[-1]

    def name(self, chance: random.Random) -> str:
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        if chance.random() < 0.3:
            name = f"{chance.choice(self.honorifics).title()}{chance.choice(('.', ''))} {name}"
        if chance.random() < 0.3:
            name += "".join(
                f"{chance.choice((', ', ' ', '.'))}{d.upper()}" for d in chance.choices(self.degrees, k=2)
            )
        return name

    def office(self, chance: random.Random) -> str:
        head = chance.choice(self.heads)
        if chance.random() < 0.2:
            head = f"{chance.choice(self.prefixes)}{chance.choice(('.', ''))} {head}"
        behind = [self.area, self.areas, self.agency, self.topic, self.cue]
        parts = [chance.choice(behind)(chance) for _ in range(chance.randrange(3))]
        return " ".join([_cased(chance, head), *parts])

    def agency(self, chance: random.Random) -> str:
        name = chance.choice(self.agencies)
        form = chance.randrange(4)
        if form == 0:
            return f"{name.title()} {self.area(chance)}"
        if form == 1:
            return f"Dinas {name.title()} ({chance.choice(self.agencies).upper()})"
        return name.upper() if form == 2 else f"Dinas {name.title()}"

    def topic(self, chance: random.Random) -> str:
        return _cased(chance, chance.choice(self.topics))

    def cue(self, chance: random.Random) -> str:
        return chance.choice(expand(chance.choice(chance.choice(self.cues)))[:8] or [""])

    def number(self, chance: random.Random) -> str:
        spelled = (
            "empat",
            "dua belas",
            "seratus lima puluh",
            "keempat",
            "puluhan",
            "satu setengah juta",
            "4 (empat)",
        )
        figure = (
            str(chance.randrange(2000)),
            f"{chance.randrange(99)}.{chance.randrange(1000):03}",
            "Rp1,4 miliar",
        )
        return chance.choice((*spelled, *figure))

    def day(self, chance: random.Random) -> str:
        month = chance.choice(("Oktober", "Nov", "10", "13", "Februari"))
        gap = chance.choice((" ", "/", "-"))
        day = f"{chance.randrange(40)}{gap}{month}{gap}{chance.choice(('2025', '2026', '25', ''))}"
        return chance.choice((f"Kamis ({day})", day, "kemarin", "akhir Juli", "pekan depan", f"sejak {day}"))

    # --- sentences -----------------------------------------------------------------------------------

    def opening(self, chance: random.Random) -> str:
        place = chance.choice(self.regencies)
        dash = chance.choice((" - ", " – ", ", ", " -- "))
        return f"{place.upper()}{dash}Program Kecamatan Berdaya di {place}"

    def person(self, chance: random.Random) -> str:
        office, name = self.office(chance), self.name(chance)
        gap = chance.choice((", ", " ", " (", ": "))
        forms = (f"{office}{gap}{name}", f"{name}{gap}{office}", f"{name} selaku {office}", office)
        return f"{chance.choice(forms)}{chance.choice((', ', ' '))}{chance.choice(VERBS)}"

    def list(self, chance: random.Random) -> str:
        mark = chance.choice(("\n- ", "\n1. ", "; ", ", ", "\n", "\n\n* "))
        one = chance.choice((self.area, self.agency, self.topic, self.office, self.count))
        return f"{self.cue(chance)}:" + "".join(mark + one(chance) for _ in range(1 + chance.randrange(8)))

    def count(self, chance: random.Random) -> str:
        noun = chance.choice(self.counted)
        parts = [self.number(chance), noun, chance.choice(self.counting), "di " + self.area(chance)]
        if chance.random() < 0.3:
            chance.shuffle(parts)
        return " ".join(parts)

    def duty(self, chance: random.Random) -> str:
        parts = [self.agency(chance), chance.choice((*VERBS, self.cue(chance))), self.topic(chance)]
        if chance.random() < 0.4:
            parts.reverse()
        return " ".join(parts)

    def pilots(self, chance: random.Random) -> str:
        told = f"{self.number(chance)} kecamatan percontohan {self.cue(chance)}"
        return chance.choice((f"{told} yakni {self.areas(chance)}", f"{self.areas(chance)} {told}"))

    def event(self, chance: random.Random) -> str:
        return f"{self.topic(chance)} {self.cue(chance)} {self.office(chance)} {self.day(chance)}"

    def building(self, chance: random.Random) -> str:
        return f"{self.topic(chance)} {chance.choice(VERBS)} {self.cue(chance)} {self.areas(chance)}"

    def quote(self, chance: random.Random) -> str:
        return f"“{self.cue(chance)} {self.topic(chance)},” kata {self.person(chance)}"

    def cue_words(self, chance: random.Random) -> str:
        return " ".join(self.cue(chance) for _ in range(1 + chance.randrange(4)))

    def scraps(self, chance: random.Random) -> str:
        kinds = (self.area, self.office, self.agency, self.topic, self.cue, self.number, self.day, self.name)
        return "".join(
            chance.choice(kinds)(chance) + chance.choice((*JOINS, *MARKS, " ", " "))
            for _ in range(1 + chance.randrange(6))
        )


def _spelled(phrases: Sequence[str]) -> list[str]:
    return sorted({spelling for phrase in phrases for spelling in expand(phrase)})


def _cased(chance: random.Random, words: str) -> str:
    return chance.choice((str.title, str.title, str.capitalize, str.upper, str.lower))(words)


def _broken(chance: random.Random, text: str) -> str:
    """A text as it is, or cut at both ends anywhere, or with changes in its middle."""
    kind = chance.randrange(4)
    if kind == 0 or not text:
        return text
    if kind == 1:
        return (
            text[chance.randrange(len(text)) :]
            if chance.random() < 0.5
            else text[: chance.randrange(len(text))]
        )
    for _ in range(1 + chance.randrange(5)):
        at = chance.randrange(len(text) + 1)
        behind = min(len(text), at + chance.randrange(30))
        piece = text[at:behind]
        changed = (
            *(
                "",
                piece * 2,
                piece.upper(),
                piece.lower(),
                piece.title(),
                piece[::-1],
                piece.replace(" ", ""),
            ),
            *(piece.replace(" ", "\n"), piece + chance.choice(MARKS), piece + chance.choice(ODD)),
        )
        text = text[:at] + chance.choice(changed) + text[behind:]
    return text
