"""The region printed with an agency's name: "Kabupaten Pati", "Jateng", "RI"."""

from __future__ import annotations

from extract.mentions.agencies.words import AgencyWords
from extract.vocabulary.areas import Areas, fold
from extract.vocabulary.scan import skip


class RegionReader:
    """One for each article."""

    def __init__(self, words: list[str], lower: list[str], table: AgencyWords, areas: Areas) -> None:
        self.words = words
        self.lower = lower
        self.table = table
        self.areas = areas

    def read(self, at: int, end: int) -> tuple[int, str] | None:
        """(end, region) of the region that opens at a token."""
        lower, words = self.lower, self.words
        if national := self.table.national.at(lower, at):
            return national[0], "Indonesia"
        kind, start = "", at
        if found := self.table.kinds.at(lower, at):
            start, kind = found
            if start < end and lower[start] == ".":
                start += 1
        if start < end and words[start][0].isupper():
            stop = skip(start, min(start + 3, end), lambda token: words[token][0].isupper())
            for last in range(stop, start, -1):
                if region := self._area(words[start:last], kind):
                    return last, region
            if kind in ("kabupaten", "kota") and fold(words[start]) in self.areas.foreign_regencies:
                return start + 1, f"{kind.capitalize()} {words[start].title()}"
        if kind == "province":
            return start, self.areas.province
        if kind and words[at][0].isupper():
            return start, ""
        return None

    def of_kind(self, codes: str, at: int) -> str:
        """Those of several codes that are of the kind named at a token."""
        found = self.table.kinds.at(self.lower, at)
        every = codes.split("|")
        fitting = [c for c in every if found and c in self.areas.regency_by_code]
        fitting = [c for c in fitting if found and self.areas.regency_by_code[c].kind == found[1]]
        return "|".join(fitting or every)

    def _area(self, words: list[str], kind: str) -> str:
        """Codes of an own area or the name of one outside the province, "" if it is neither."""
        areas, name = self.areas, fold("".join(words))
        if kind != "province" and name in areas.regencies_by_name:
            codes = areas.regencies_by_name[name]
            if kind:
                codes = tuple(c for c in codes if areas.regency_by_code[c].kind == kind) or codes
            return "|".join(codes)
        if kind in ("", "province") and name in areas.provinces:
            return areas.province if areas.provinces[name] == areas.province else " ".join(words).title()
        if not kind and name in areas.foreign_regencies:
            return f"Kabupaten {' '.join(words).title()}"
        return ""
