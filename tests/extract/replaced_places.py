"""Puts other places of the same kind into an annotated article, in text, title and annotation alike.

A regency becomes another one of its kind without a twin, its kecamatan kecamatan of that one, its villages
villages of those. A replacement is fair when a reader of the new article would annotate it as told here, so
what is ambiguous in the old article stays: a name that stands for two areas, or for an everyday word.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from db.records import Kecamatan, Regency
from extract.vocabulary.areas import fold
from extract.vocabulary.load import Vocabulary

Row = dict[str, Any]

_BEFORE_VILLAGE = r"(?:desa|kelurahan|kel\.|dusun|dukuh|kampung|kades|lurah|pemdes|kepala desa)\s+"
#: Two lists of names: what stands behind the noun, and what is joined to it.
_NAME = r"[A-Z][\w'’]+(?:\s[A-Z][\w'’]+){0,2}"
_JOINER = re.compile(r",?\s(?:dan|serta)\s|,\s")
_VILLAGES = re.compile(rf"(?i:{_BEFORE_VILLAGE})((?:{_NAME})(?:(?:,\s|,?\s(?:dan|serta)\s)(?:{_NAME}))*)")


@dataclass
class Swap:
    """One regency of an article and what takes its place; names are as printed."""

    old: Regency
    new: Regency
    kecamatan: dict[str, Kecamatan] = field(default_factory=dict)  # official old name -> new one
    printed: dict[str, str] = field(default_factory=dict)  # what is printed -> what is put there


class Replacer:
    """Replaces the places of articles; the same seed gives the same articles."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        self.areas = vocabulary.areas
        self.dice = random.Random(seed)
        self.everyday = {fold(word) for word in vocabulary.cue("places", "everyday")}
        #: In capitals before the name of a kecamatan without being part of it.
        self.openers = vocabulary.cue_set("places", "kecamatan") | {"di", "dari", "ke", "warga", "rppa"}
        self.by_name = {r.name: r for r in self.areas.regencies}
        self.regency_names = {fold(self.areas.short(r)) for r in self.areas.regencies}
        self.kecamatan_of: dict[str, list[Kecamatan]] = defaultdict(list)
        for kecamatan in self.areas.kecamatan:
            self.kecamatan_of[kecamatan.regency].append(kecamatan)
        self.plain = {
            r.code: [k for k in self.kecamatan_of[r.code] if self._plain_kecamatan(k)]
            for r in self.areas.regencies
        }

    def replace(self, row: Row) -> tuple[Row, list[Swap]]:
        """The article with other places, and what was replaced by what."""
        source = f"{row['title']}\n{row['text']}"
        swaps: list[Swap] = []
        taken = {r.code for r in self.areas.regencies if _holds(source, self.areas.short(r))}
        for name, kecamatan in sorted(_annotated(row).items()):
            swap = self._swap(row, source, name, kecamatan, taken)
            if swap is not None:
                taken.add(swap.new.code)
                swaps.append(swap)
        return (_rewrite(row, swaps) if swaps else row), swaps

    # --- what may be replaced ----------------------------------------------------------------------

    def _plain_kecamatan(self, kecamatan: Kecamatan) -> bool:
        """Whether a name is one area's alone, in and outside the province, and no other word."""
        name = fold(kecamatan.name)
        return (
            len(self.areas.kecamatan_by_name[name]) == 1
            and name not in self.areas.foreign_kecamatan
            and name not in self.areas.foreign_regencies
            and name not in self.everyday
            and not any(other in name for other in self.regency_names)
        )

    def _plain_regency(self, regency: Regency) -> bool:
        name = fold(self.areas.short(regency))
        named_alike = {c.rsplit(".", 1)[0] for c in self.areas.kecamatan_by_name.get(name, ())}
        return (
            len(self.areas.twins(regency.code)) == 1
            and name not in self.everyday
            and named_alike <= {regency.code}
        )

    def _swap(self, row: Row, source: str, name: str, kecamatan: set[str], taken: set[str]) -> Swap | None:
        """What takes a regency's place; None where the article is not clear enough or nothing fits."""
        old = self.by_name.get(name)
        if old is None or len(self.areas.twins(old.code)) > 1:
            return None
        official = {k.name: k for k in self.kecamatan_of[old.code]}
        forms: dict[str, str] = {}  # printed -> official kecamatan, or "" for the regency
        for form in self._regency_forms(old):
            if _holds(source, form):
                forms[form] = ""
        for each in kecamatan:
            if each not in official:
                return None
            printed = [f for f in self._kecamatan_forms(official[each]) if _holds(source, f)]
            if not printed:
                return None  # misprinted, or named by a pronoun
            forms.update(dict.fromkeys(printed, each))
        if not forms or not self._clear(row, source, old, forms):
            return None
        fitting = [
            r
            for r in self.areas.regencies
            if r.code not in taken and self._fits(row, source, old, r, kecamatan)
        ]
        if not fitting:
            return None
        new = self.dice.choice(fitting)
        free = [k for k in self.plain[new.code] if not _holds(source, k.name)]
        chosen = dict(zip(sorted(kecamatan), self.dice.sample(free, len(kecamatan)), strict=True))
        swap = Swap(old=old, new=new, kecamatan=chosen)
        for form, each in forms.items():
            swap.printed[form] = chosen[each].name if each else self.areas.short(new)
        return swap if self._villages(row, source, swap) else None

    def _regency_forms(self, regency: Regency) -> list[str]:
        aliases = [n for n in self.areas.capitals if regency.code in self.areas.regencies_by_name[n]]
        return [self.areas.short(regency), *(a.capitalize() for a in aliases if " " not in a)]

    def _kecamatan_forms(self, kecamatan: Kecamatan) -> list[str]:
        variants = [n for n in self.areas.variants if kecamatan.code in self.areas.kecamatan_by_name[n]]
        words = kecamatan.name.split()
        return [
            kecamatan.name,
            *({"".join(words).capitalize()} if len(words) > 1 else ()),
            *map(str.capitalize, variants),
        ]

    def _clear(self, row: Row, source: str, old: Regency, forms: Mapping[str, str]) -> bool:
        """Whether each printed name stands for one area of this regency wherever it is printed."""
        annotated = _annotated(row)
        if any("|" in name and old.name in name.split("|") for name in annotated):
            return False
        optional = row.get("optional") or {}
        people = " ".join(p["name"] for p in (*row["people"], *optional.get("people", ())))
        meanings = [fold(_short(part)) for name in annotated for part in name.split("|")]
        meanings += [fold(k) for kecamatan in annotated.values() for k in kecamatan]
        for form, kecamatan in forms.items():
            name = fold(form)
            if _holds(people, form) or meanings.count(name) > 1:
                return False
            if kecamatan and re.search(rf"(?i:{_BEFORE_VILLAGE}){_pattern(form)}", source):
                return False
            if kecamatan and name in self.everyday and not self._alone(source, form):
                return False
        return True

    def _alone(self, source: str, name: str) -> bool:
        """Whether an everyday word never stands within a longer name: "Taman Cerdas", "Pondok Sawit"."""
        for match in re.finditer(_pattern(name), source):
            before = re.search(r"(\w+)\s+$", source[max(0, match.start() - 30) : match.start()])
            if before and before[1][0].isupper() and fold(before[1]) not in self.openers:
                return False
            if (
                re.match(r"\s+[A-Z]", source[match.end() :])
                and "\n" not in source[match.end() : match.end() + 2]
            ):
                return False
        return True

    def _fits(self, row: Row, source: str, old: Regency, new: Regency, kecamatan: Iterable[str]) -> bool:
        free = [k for k in self.plain[new.code] if not _holds(source, k.name)]
        if new.code == old.code or new.kind != old.kind or len(free) < len(set(kecamatan)):
            return False
        if not self._plain_regency(new):
            return False
        # "Dari sembilan kecamatan": a total is checked against the regency's own.
        totals = {
            "kecamatan_total": len(self.kecamatan_of[new.code]),
            "village_total": sum(v.code.startswith(new.code + ".") for v in self.areas.villages),
        }
        counted = [*row["quantities"], *(row.get("optional") or {}).get("quantities", ())]
        return all(
            abs(q["value"] / totals[q["measure"]] - 1) <= 0.1
            for q in counted
            if q["measure"] in totals and q["region"] == old.name
        )

    # --- villages ----------------------------------------------------------------------------------

    def _villages(self, row: Row, source: str, swap: Swap) -> bool:
        """Puts villages of the new regency for the printed ones of the old; False where none fits."""
        facilities = [*row["facilities"], *(row.get("optional") or {}).get("facilities", ())]
        placed = {f["village"]: f for f in facilities if f["village"]}
        lists = (_JOINER.split(found) for found in _VILLAGES.findall(source))
        for village in sorted({*placed, *(name for names in lists for name in names)}):
            codes = self.areas.villages_by_name.get(fold(village), ())
            told = placed.get(village)
            if told is not None and told["regency"] != swap.old.name:
                continue
            others = {r for r in _annotated(row) if r in self.by_name and r != swap.old.name}
            if told is None and any(self.areas.regency_of(c).name in others for c in codes):
                continue  # which one is meant is for a reader to say
            own = [c for c in codes if c.startswith(swap.old.code + ".")]
            if not own or village in swap.printed:
                continue
            inside = [self.areas.kecamatan_by_code[c.rsplit(".", 1)[0]].name for c in own]
            homes = [told["kecamatan"]] if told and told["kecamatan"] else inside
            home = next((swap.kecamatan[h] for h in homes if h in swap.kecamatan), None)
            chosen = self._choose_village(source, home, swap)
            if chosen is None:
                return False
            swap.printed[village] = chosen
        return True

    def _choose_village(self, source: str, home: Kecamatan | None, swap: Swap) -> str | None:
        inside = (home.code if home else swap.new.code) + "."
        fitting = [
            v.name
            for v in self.areas.villages
            if v.code.startswith(inside)
            and v.name.istitle()
            and v.name.replace(" ", "").isalpha()
            and fold(v.name) not in self.areas.kecamatan_by_name
            and fold(v.name) not in self.areas.regencies_by_name
            and sum(c.startswith(swap.new.code) for c in self.areas.villages_by_name[fold(v.name)]) == 1
            and v.name not in swap.printed.values()
            and not _holds(source, v.name)
        ]
        return self.dice.choice(fitting) if fitting else None


def _short(regency: str) -> str:
    return regency.removeprefix("Kabupaten ").removeprefix("Kota ")


def _annotated(row: Row) -> dict[str, set[str]]:
    """Full name of each annotated regency -> its annotated kecamatan."""
    found: dict[str, set[str]] = {}
    optional = row.get("optional") or {}
    for part in (row, optional):
        for name in part.get("regencies", ()):
            found.setdefault(name, set())
        for key in ("pilot_kecamatan", "other_kecamatan", "facilities"):
            for entry in part.get(key, ()):
                if entry["regency"]:
                    kecamatan = found.setdefault(entry["regency"], set())
                    kecamatan.update([entry["kecamatan"]] if entry["kecamatan"] else [])
    return found


def _pattern(name: str) -> str:
    """A name as a whole word, in its own case or in capitals, not as part of an address or a wider region."""
    words = r"\s+".join(map(re.escape, name.split()))
    upper = r"\s+".join(map(re.escape, name.upper().split()))
    return rf"(?<![\w.@/])(?:{words}|{upper})(?![\w@]|\.\w| Raya\b| RAYA\b)"


def _holds(text: str, name: str) -> bool:
    return re.search(_pattern(name), text) is not None


def _rewrite(row: Row, swaps: list[Swap]) -> Row:
    printed = {old: new for swap in swaps for old, new in swap.printed.items()}
    # Beside what is printed, annotation has official names.
    official = {k: v.name for swap in swaps for k, v in swap.kecamatan.items()}
    regions = {swap.old.name: swap.new.name for swap in swaps}
    pattern = re.compile("|".join(f"({_pattern(name)})" for name in sorted(printed, key=len, reverse=True)))
    ordered = sorted(printed, key=len, reverse=True)

    def put(match: re.Match[str]) -> str:
        old = ordered[match.lastindex - 1 if match.lastindex else 0]
        new = printed[old]
        return new.upper() if match.group().isupper() and len(old) > 1 else new

    def prose(text: str) -> str:
        return pattern.sub(put, text)

    def region(name: str | None) -> str | None:
        return name and "|".join(regions.get(part, part) for part in name.split("|"))

    def entry(field_name: str, item: Any) -> Any:
        if field_name == "regencies":
            return region(item)
        if not isinstance(item, dict):
            return item
        new = dict(item)
        for key in ("region", "regency"):
            if key in new:
                new[key] = region(new[key])
        if "kecamatan" in new and item["regency"] in regions and new["kecamatan"]:
            new["kecamatan"] = official[new["kecamatan"]]
        if new.get("village"):
            new["village"] = printed.get(new["village"], new["village"])
        if field_name == "agencies":
            new["name"] = prose(new["name"])
        if field_name == "people":
            new["role"] = prose(new["role"])
        return new

    def part(old: Mapping[str, Any]) -> Row:
        return {
            k: [entry(k, item) for item in v] if isinstance(v, list) and k != "hard" else v
            for k, v in old.items()
        }

    new = part(row) | {"title": prose(row["title"]), "text": prose(row["text"])}
    if row.get("optional"):
        new["optional"] = part(row["optional"])
    return new


def list_swaps(swaps: Iterable[Swap]) -> Iterator[str]:
    """A line a regency: what was put where."""
    for swap in swaps:
        places = ", ".join(f"{old} → {new}" for old, new in swap.printed.items())
        yield f"{swap.old.name} → {swap.new.name}: {places}"
