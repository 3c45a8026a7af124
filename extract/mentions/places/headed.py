"""Names whose regency stands in a subhead above them, or in another cell of their row of a table.

"Bawang" below "Kabupaten Banjarnegara" is that one's, and "Karanganyar" below "Karanganyar" is a kecamatan.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.mentions.places.candidates import REGENCY_CUES, TOWN, Mention
from extract.mentions.places.name_lists import LONGEST_RUN
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.scan import Scan, skip
from extract.vocabulary.tokens import Segment

#: Members that a subhead without "Kabupaten" needs, if not all of the names below it are its own.
FEWEST = 2
#: Tokens of a line that is a subhead or holds names alone.
LINE = 60


@dataclass(slots=True)
class _Line:
    """A segment with its mentions; `lone`: one is all that it says, `listing`: it may be part of a list."""

    segment: Segment
    mentions: list[Mention] = field(default_factory=list)
    listing: bool = False
    lone: bool = False

    @property
    def members(self) -> list[Mention]:
        """The names that open it, joined as in a list."""
        first = self.mentions[:1]
        behind = skip(1, len(self.mentions), lambda at: self.mentions[at].linked)
        return [*first, *self.mentions[1:behind]] if first else []


def settle_headed(text: PlaceText) -> None:
    """Settles regencies that head a list, and frames the kecamatan below them."""
    lines = _read_lines(text)
    scan = Scan(0, len(lines))
    for at in scan:
        scan.at = at + 1
        line = lines[at]
        if line.segment.kind in ("header", "row"):
            headed = line.segment.kind == "header"
            scan.at = skip(at + 1, len(lines), lambda n: lines[n].segment.kind == "row")
            _settle_table(text, line.segment if headed else None, lines[at + headed : scan.at])
        elif (head := _head(text, lines, at)) is not None:
            behind = _end_of_list(text, lines, at, head)
            if _settle_below(text, head, lines[at + 1 : behind]):
                scan.at = behind


# --- lines --------------------------------------------------------------------------------------------


def _read_lines(text: PlaceText) -> list[_Line]:
    segments = text.reading.segments
    lines = [_Line(segment) for segment in segments]
    for mention in text.mentions:
        at = bisect_right(text.reading.segment_firsts, mention.first) - 1
        lines[at].mentions.append(mention)
    for line in lines:
        segment = line.segment
        if segment.kind in ("title", "dateline") or not line.mentions:
            continue
        bare = segment.last - segment.first <= LINE and _is_bare(text, line)
        line.listing = bare or segment.kind in ("item", "row") or _is_labelled(text, line)
        line.lone = bare and len(line.mentions) == 1
    return lines


def _is_bare(text: PlaceText, line: _Line) -> bool:
    """Whether a line says nothing but names, with what joins them: "A, B dan C", "Kabupaten X:"."""
    named = {t for m in line.mentions for t in range(m.cue_first, m.last)}
    lower = text.reading.lower
    return all(
        t in named or not lower[t][0].isalpha() or lower[t] in text.words.joiners
        for t in range(line.segment.first, line.segment.last)
    )


def _is_labelled(text: PlaceText, line: _Line) -> bool:
    """Whether a line opens with a name and a colon: "Bawang: belum ada kegiatan"."""
    first = line.mentions[0]
    behind = text.reading.words[first.last : first.last + 1]
    return first.cue_first == line.segment.first and behind in ([":"], ["–"], ["—"])


# --- subheads -----------------------------------------------------------------------------------------


def _names_regency(text: PlaceText, mention: Mention) -> bool:
    if mention.cue not in ("", *REGENCY_CUES) or not text.is_regency(mention):
        return False
    return mention.cue != "C" or bool(_of_kind(text, mention))  # "Kota Kudus" is a kecamatan's name


def _of_kind(text: PlaceText, regency: Mention) -> tuple[str, ...]:
    """The codes of a name that are of the kind that the word before it says."""
    codes = text.areas.regencies_by_name[regency.name]
    kind = {"B": "kabupaten", "C": "kota"}.get(regency.cue)
    return tuple(c for c in codes if kind in (None, text.areas.regency_by_code[c].kind))


def _codes(text: PlaceText, regency: Mention) -> tuple[str, ...]:
    """The regencies that a name may mean, by the word before it if there is one."""
    return _of_kind(text, regency) or text.areas.regencies_by_name[regency.name]


def _holds(text: PlaceText, codes: Sequence[str], mention: Mention) -> bool:
    """Whether regencies have a kecamatan of a name that may be one."""
    may_be = mention.cue in ("", "K", "C") and not mention.in_name
    return may_be and not text.areas.regencies_with(_inner_name(mention)).isdisjoint(codes)


def _inner_name(mention: Mention) -> str:
    """The name that a mention has as a kecamatan: with the word before it in "Kota Kudus"."""
    return TOWN + mention.name if mention.cue == "C" else mention.name


def _head(text: PlaceText, lines: list[_Line], at: int) -> Mention | None:
    """The regency that a line says to be that of the lines below it.

    "Kecamatan percontohan di Kabupaten X" is one where the next line has the name of X alone: its seat.
    """
    line = lines[at]
    if line.lone:
        return line.mentions[0] if _names_regency(text, line.mentions[0]) else None
    below = lines[at + 1] if at + 1 < len(lines) else None
    last = line.mentions[-1] if line.mentions else None
    if last is None or below is None or not below.lone or last.cue not in REGENCY_CUES:
        return None
    seat = below.mentions[0]
    return last if seat.name == last.name and not seat.cue and _names_regency(text, last) else None


def _end_of_list(text: PlaceText, lines: list[_Line], at: int, head: Mention) -> int:
    """Where the list below a subhead ends: at prose, or at the next subhead."""
    codes = _codes(text, head)
    last = min(len(lines), at + 1 + LONGEST_RUN)

    def belongs(number: int) -> bool:
        line = lines[number]
        if not line.listing or line.segment.kind == "row":
            return False
        first = line.mentions[0]
        if not (line.lone and _names_regency(text, first)):
            return True
        if first.cue or not _holds(text, codes, first):
            return False
        above = lines[
            number - 1
        ].segment.kind  # the list's items are over where a line without a mark follows
        return number == at + 1 or above != "item" or line.segment.kind == "item"

    return skip(at + 1, last, belongs)


def _settle_below(text: PlaceText, head: Mention, below: Sequence[_Line]) -> bool:
    """Settles a subhead with the names below it; whether it is one."""
    codes = _codes(text, head)
    firsts = [line.members[0] for line in below if line.members]
    inside = [m for line in below for m in line.members if _holds(text, codes, m)]
    held = sum(_holds(text, codes, first) for first in firsts)
    if not inside or (not head.cue and (held < min(FEWEST, len(firsts)) or 2 * held < len(firsts))):
        return False
    _settle_regency(head)
    _frame(inside, codes)
    return True


def _settle_regency(mention: Mention) -> None:
    if mention.open:
        mention.settle("REGENCY", "places.subhead")


def _frame(inside: Sequence[Mention], codes: tuple[str, ...]) -> None:
    for member in inside:
        if member.cue == "C":
            member.name, member.first, member.cue, member.kind = (
                _inner_name(member),
                member.cue_first,
                "",
                "NONE",
            )
        if member.open:
            member.settle("KECAMATAN", "places.list")
        if member.kind == "KECAMATAN":
            member.frame = codes


# --- tables -------------------------------------------------------------------------------------------

_Row = list[list[Mention]]


def _settle_table(text: PlaceText, header: Segment | None, rows: Sequence[_Line]) -> None:
    """Settles the names of a table's rows: those of one column lie in the regencies of another."""
    cells = [_by_cell(row) for row in rows]
    width = min((len(row) for row in cells), default=0)
    outer, inner = max(
        ((o, i) for o in range(width) for i in range(width) if o != i),
        key=lambda pair: _rate(text, header, cells, *pair),
        default=(-1, -1),
    )
    if width and _rate(text, header, cells, outer, inner)[0] * 2 > len(cells):
        _settle_rows(text, cells, outer, inner)
    elif header is not None:
        for number in range(width):
            if _is_named(text, header, number, text.words.kecamatan):
                _frame([m for row in cells for m in row[number] if text.is_kecamatan(m)], ())


def _settle_rows(text: PlaceText, cells: Sequence[_Row], outer: int, inner: int) -> None:
    above: Mention | None = None  # a cell that spans several rows is printed in the first of them
    for row in cells:
        regencies = [m for m in row[outer] if _names_regency(text, m)]
        above = regencies[0] if regencies else above
        for mention in regencies:
            _settle_regency(mention)
        if above is not None:
            codes = _codes(text, above)
            _frame([m for m in row[inner] if _holds(text, codes, m)], codes)


def _rate(
    text: PlaceText, header: Segment | None, cells: Sequence[_Row], outer: int, inner: int
) -> tuple[int, int]:
    """How many rows have in one column a kecamatan of the regency in another; how many a header names so."""
    rows = 0
    above: Mention | None = None
    for row in cells:
        above = next((m for m in row[outer] if _names_regency(text, m)), above)
        codes = _codes(text, above) if above is not None else ()
        rows += any(_holds(text, codes, m) for m in row[inner])
    named = 0
    if header is not None:
        named += _is_named(text, header, outer, text.words.kabupaten | text.words.kota)
        named += _is_named(text, header, inner, text.words.kecamatan)
    return rows, named


def _is_named(text: PlaceText, header: Segment, column: int, words: frozenset[str]) -> bool:
    """Whether the header has one of some words in a column."""
    first, last = header.cells[column] if column < len(header.cells) else (0, 0)
    return not words.isdisjoint(text.reading.lower[first:last])


def _by_cell(row: _Line) -> _Row:
    return [[m for m in row.mentions if first <= m.first < last] for first, last in row.segment.cells]
