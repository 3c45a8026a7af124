"""Which words may belong to the complement of an office: "Kepala Bidang X, Dinas Y Kabupaten Z"."""

from __future__ import annotations

from extract.mentions.people.office import MAX_ROLE, OfficeText
from extract.vocabulary.scan import skip

#: Unknown capitalised words within a complement.
MAX_UNKNOWN = 4
#: Tokens of the unknown name of a body that a bracket shortens.
MAX_BODY = 14


class ComplementWords:
    """Judges the word at a token. One for each article."""

    def __init__(self, text: OfficeText) -> None:
        self.text = text
        self.found = text.found
        self.lower = text.lower
        self.printed = text.printed
        self.words = text.words
        self.names = text.names

    def belongs(self, at: int, end: int, closed: bool) -> bool:
        """Whether a word belongs to a complement that ends before `end`; few do where it is `closed`."""
        lower, words = self.lower[at], self.words
        if closed:
            return lower in words.kinds or lower in words.after_area or lower.isdigit()
        if lower in words.role_words or lower in words.kinds or lower.isdigit():
            return True
        if len(lower) > 1 and self._honours(at, end) and not self.found.has(at + 1, end, "."):
            return False  # "Pengasuh Pondok Pesantren X KH NAME"
        if self.printed[at].isupper() and (told := self._in_capitals(at, end)) is not None:
            return told
        if lower == ".":
            return self.lower[at - 1] in words.kinds
        return words.heads.at(self.lower, at) is not None and lower not in words.stops

    def _in_capitals(self, at: int, end: int) -> bool | None:
        """Whether a word in capitals belongs to a complement; None if the capitals don't tell."""
        word, lower = self.printed[at], self.lower[at]
        if len(word) > 1 and word.isalnum():
            return True
        if len(word) == 1 and self.lower[at - 1] in self.words.numbered:
            return True  # "Komisi E", "Asisten I"
        if lower in self.words.numerals and at + 1 < end:
            return self.opens_more(at + 1, end)  # "Ketua I TP PKK"
        return None

    def opens_more(self, at: int, end: int) -> bool:
        """Whether more of a complement stands at a token, joiners and kinds of areas left out."""
        end = min(end, at + MAX_ROLE)
        at = skip(at, end, lambda t: self.lower[t] in self.words.joiners or self.lower[t] in self.words.kinds)
        if at >= end:
            return False
        if self.printed[at][0].isupper() and self.words.heads.at(self.lower, at):
            return False  # "Ketua DPRD dan Bupati ..."
        return at in self.text.known or at in self.text.places or self.belongs(at, end, False)

    def goes_on(self, at: int, end: int) -> bool:
        """Whether a complement goes on behind a comma: "Pemberdayaan Perempuan, Perlindungan Anak"."""
        at += at + 1 < end and self.lower[at] in ("and", "&")  # "Communication, Relations, and CSR"
        if not self.found.capital(at, end):
            return False
        return self.lower[at] in self.words.role_words and not self.words.heads.at(self.lower, at)

    def hyphened(self, at: int, end: int) -> bool:
        """Whether a small prefix, a hyphen and a capitalised word stand at a token: "e-Government"."""
        if at + 2 >= end or self.lower[at + 1] != "-" or len(self.lower[at]) > 2:
            return False
        return self.printed[at].isalpha() and self.printed[at + 2][0].isupper()

    def unknown_inside(self, at: int, end: int) -> int:
        """Where unknown capitalised words end that more of the complement or an honorific follows, else 0."""
        stop = skip(
            at,
            min(at + MAX_UNKNOWN, end),
            lambda t: self.printed[t][0].isupper() and t not in self.text.known,
        )
        if at == stop or self._honours(at, end):
            return 0
        if stop < end and self._honours(stop, end):
            return stop  # "Direktur RSUD Mekar Sari dr. NAME"
        for token in range(at + 1, stop):
            if self._honours(token, end) or self._goes_with(token):
                return token
            if token == at + 1 and self._names_behind(self.text.places.get(token, end), end):
                return token  # "Ketua Dekranasda Kendal NAME"
        return stop if stop < end and stop in self.text.known else 0

    def _honours(self, at: int, end: int) -> bool:
        """Whether an honorific stands at a token, a stop or a name behind it."""
        if self.lower[at] not in self.names.honorifics:
            return False
        return self.found.has(at + 1, end, ".") or self.found.capital(at + 1, end)

    def _goes_with(self, at: int) -> bool:
        """Whether a word is one of complements' and no initial or last part of a name: "Budi Karya"."""
        word = self.lower[at]
        if word not in self.words.role_words:
            return False
        return word not in self.names.initials and word not in self.words.also_names

    def _names_behind(self, at: int, end: int) -> bool:
        """Whether a name may follow at a token, a comma left out."""
        at += self.found.has(at, end, ",")
        return self.found.capital(at, end) and self.lower[at] not in self.names.not_names

    def told_short(self, at: int, end: int) -> int:
        """Where the unknown name of a body ends that a bracket shortens: "Pusat Warga (PAW)", else 0."""
        stop = skip(at, min(at + MAX_BODY, end - 2), self._may_name_body)
        if not self.found.has(stop, min(at + MAX_BODY, end - 2), "("):
            return 0
        short = self.printed[stop + 1]
        if short.lower() in self.words.company_forms:
            return stop  # "PT Lereng Hijau (Persero)"
        return stop if stop > at + 1 and len(short) > 1 and short.isupper() else 0

    def _may_name_body(self, at: int) -> bool:
        return self.printed[at][0].isupper() or self.lower[at] in self.words.joiners
