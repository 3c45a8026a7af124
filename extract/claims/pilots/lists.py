"""What a list is one of: pilots, those whose turn comes later, or something else, as its lead says.

Questions on a lead for `knowledge/rules/pilots-leads.toml`; a row's own cell may say more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from extract.article.layout.listings import Cell, Listing, Range, Row, read_listings
from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence, Status
from extract.claims.pilots.questions import is_light
from extract.claims.pilots.words import PilotWords
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.rules import RuleBook
from extract.vocabulary.scan import skip

#: Tokens of a sentence that only announces.
NEUTRAL = 30
#: By so many a list may be longer than a lead says, by a slip.
SLIPS = 1
#: Tokens behind a row's name that may say what it is: "Boja: belum", "Boja (usulan tahap kedua)".
SHORT = 5
#: What a lead may say besides a status: nothing, or that the list is one of something else.
NEUTRAL_LEAD, OTHER = "neutral", "other"
#: The finders whose names say nothing of what a list is.
_NAMES = ("places", "agencies", "people", "numbers", "dates")
#: Cues that say something of a list.
_SAYING = ("pilot", "appoint", "chosen", "negated", "planned", "rival", "venue", "poor")


@dataclass
class Lead:
    """A sentence that may announce a list, on which the rules decide."""

    view: View
    sentence: Sentence
    words: PilotWords
    nearest: bool = False  # it stands right above the list

    @property
    def lower(self) -> list[str]:
        return self.view.reading.lower

    @cached_property
    def said(self) -> list[str]:
        """Its words but for names and the programme's."""
        first, last = self.sentence.first, self.sentence.last
        names = [(s.start, s.end) for key in _NAMES for s in self.view.spans_in(key, first, last)]
        named = {t for start, end in (*names, *self.sentence.names) for t in range(start, end)}
        return [self.lower[t] for t in range(first, last) if t not in named and self.lower[t][0].isalpha()]

    def _is_empty(self) -> bool:
        """Whether its words say nothing by themselves: "Berikut catatannya"."""
        return all(w in self.words.neutral or w.endswith(self.words.possessive) for w in self.said)

    def is_neutral(self) -> bool:
        """It says nothing but that a list follows: "Berikut daftarnya." """
        if self.sentence.last - self.sentence.first > NEUTRAL or not self.sentence.keys.isdisjoint(_SAYING):
            return False
        return self._is_empty() and not (self.names_places() or self.ends_in_denial() or self.is_of_others())

    def is_of_order(self) -> bool:
        """It says how the list is sorted: "Urutannya menurut besar penerima manfaat:"."""
        return self.sentence.keys.isdisjoint(_SAYING) and not self.words.orders.isdisjoint(self.said)

    def has_told(self) -> bool:
        """It has told its list itself: "Percontohan ada dua, yakni A dan B." """
        named = {c for g in self.sentence.groups if g.status == "pilot" for c in g.codes}
        return bool(named) and len(named) >= (self.sentence.count or 1)

    def has_other_object(self) -> bool:
        """They are chosen for something else: "dipilih sebagai lokasi job fair"."""
        return bool(self.words.other_objects.find(self.lower, self.sentence.first, self.sentence.last))

    def is_of_others(self) -> bool:
        """It speaks of visitors, winners, flooded or poor places."""
        first, last = self.sentence.first, self.sentence.last
        found = self.words.other_leads.find(self.lower, first, last)
        named = {t for p in self.view.spans_in("places", first, last) for t in range(p.start, p.end)}
        return any(start not in named for start, _, _ in found)  # "Pasar Kliwon" is no market

    def ends_in_denial(self) -> bool:
        """Its last word says no: "Lalu mana yang belum?" """
        return self.said[-1:] != [] and self.said[-1] in self.words.final_negations

    def names_places(self) -> bool:
        """It only names the programme beside a word for its places: "Lokasi Kecamatan Berdaya:" """
        places = not (self.words.units | self.words.neutral_places).isdisjoint(self.said)
        return bool(self.sentence.names) and places and self._is_empty()

    def announces(self) -> bool:
        """It ends in a colon, or is a subhead."""
        ends = self.lower[self.sentence.last - 1] == ":"
        return ends or self.view.segment_at(self.sentence.first).kind == "heading"

    def asks(self) -> bool:
        """It ends in a question mark."""
        return self.lower[self.sentence.last - 1] == "?"

    def says_follows(self) -> bool:
        """It says that something follows: "berikut", "daftar"."""
        return not self.words.follows.isdisjoint(self.lower[self.sentence.first : self.sentence.last])

    def is_of_programme(self) -> bool:
        """It speaks of the programme, of its buildings or of what is there: "fasilitas", "RPPA"."""
        first, last = self.sentence.first, self.sentence.last
        buildings = {p.id for p in self.view.programme.pillar if p.facility}
        named = any(s.kb_id_ in buildings for s in self.view.spans_in("pillars", first, last))
        return bool(self.sentence.names) or named or not self.words.facilities.isdisjoint(self.said)

    def is_of_status(self) -> bool:
        """It announces what each is: "Status kecamatan dalam program"."""
        return not self.words.status_columns.isdisjoint(self.said)

    def accepts(self) -> bool:
        """It has nothing but a word for those who were taken: "Disetujui:"."""
        return self._says_only(self.words.accepted)

    def refuses(self) -> bool:
        """It has nothing but a word for those who were not: "Ditolak:"."""
        return self._says_only(self.words.refused)

    def _says_only(self, told: frozenset[str]) -> bool:
        said = set(self.said)
        return not told.isdisjoint(said) and said <= told | self.words.neutral


QUESTIONS: dict[str, Callable[[Lead], bool]] = {
    "told": Lead.has_told,
    "neutral": Lead.is_neutral,
    "of-order": Lead.is_of_order,
    "other-object": Lead.has_other_object,
    "of-others": Lead.is_of_others,
    "nearest": lambda it: it.nearest,
    "ends-in-denial": Lead.ends_in_denial,
    "names-places": Lead.names_places,
    "announces": Lead.announces,
    "asks": Lead.asks,
    "of-status": Lead.is_of_status,
    "accepts": Lead.accepts,
    "refuses": Lead.refuses,
    "follows": Lead.says_follows,
    "of-programme": Lead.is_of_programme,
    "pilot": lambda it: it.sentence.has("pilot"),
    "rival": lambda it: it.sentence.has("rival"),
    "named": lambda it: bool(it.sentence.names),
    "denied": lambda it: it.sentence.has("negated"),
    "planned": lambda it: it.sentence.has("planned"),
    "by-now": lambda it: it.sentence.has("by-now"),
    "appoints": lambda it: it.sentence.has("appoint"),
    "chosen": lambda it: it.sentence.has("chosen"),
    "spoken-of": lambda it: it.sentence.spoken_of,
}


def build_lead_rules(vocabulary: Vocabulary) -> RuleBook[Lead]:
    """The rules of a lead over `QUESTIONS`."""
    return RuleBook(vocabulary.rules["pilots-leads"], QUESTIONS)


def judge_lists(view: View, sentences: list[Sentence], words: PilotWords) -> set[int]:
    """Gives the members of lists the status that their lead or their row tells.

    What is listed as something else keeps its status; returned are the ids of those groups, which no
    announcement further off speaks of either.
    """
    apart: set[int] = set()
    for listing in read_listings(view):
        told, verdict = _verdict(view, sentences, listing, words)
        members = [_members(view, sentences, listing, row, words) for row in listing.rows]
        if verdict == "pilot" and told is not None and _is_more(told, members):
            verdict = OTHER  # "Empat kecamatan percontohan" don't make a table of all its list
        if listing.answers:
            _judge_asked(view, sentences, listing, words)
        for row, groups in zip(listing.rows, members, strict=True):
            if verdict == OTHER:
                hidden = groups if listing.answers else _groups(view, sentences, row.first, row.last)
                apart |= {id(g) for g in hidden if g.status != "pilot"}
                continue
            _judge_columns(view, sentences, row, words)
            if status := _row_status(view, row, groups, verdict, words) or verdict:
                _judge(groups, cast(Status, status), told)
    return apart


def _is_more(told: Sentence, listed: list[list[Group]]) -> bool:
    """Whether more of one regency are listed than a lead counts."""
    codes = {code for members in listed for group in members for code in group.codes}
    single = len({code[:5] for code in codes}) == 1
    return single and told.count is not None and len(codes) > told.count + SLIPS


def _judge_asked(view: View, sentences: list[Sentence], listing: Listing, words: PilotWords) -> None:
    """Gives those of whom it is asked whether they are pilots the status that the answer opens with."""
    if not listing.leads:
        return  # the text breaks off there
    asked = sentences[view.sentence_at(listing.leads[0][0])]
    lower = view.reading.lower
    if lower[asked.first] not in words.polar:
        return
    answer = words.yes_no.get(lower[listing.rows[0].first], "")
    for group in asked.groups:
        if group.status == "pilot" and answer != "pilot":
            group.judge(cast(Status, answer), f"pilots.{answer}" if answer else "")


def _judge(members: list[Group], status: Status, told: Sentence | None) -> None:
    for group in members:
        if group.status in ("", "listed"):
            group.judge(status, "pilots.row" if status == "pilot" else f"pilots.{status}", told)


def _verdict(
    view: View, sentences: list[Sentence], listing: Listing, words: PilotWords
) -> tuple[Sentence | None, str]:
    """What the nearest lead that says anything says of a list: a status, `OTHER`, or "" if it is open."""
    rules = view.vocabulary.compiled(build_lead_rules)
    chain = [sentences[view.sentence_at(first)] for first, _ in listing.leads]
    if any(words.other_leads.find(view.reading.lower, *cell.column) for cell in listing.rows[0].cells):
        return None, ""  # a column of floods, scores or guests
    for number, sentence in enumerate((*chain, *_title(view, sentences))):
        rule = rules.decide(Lead(view, sentence, words, nearest=not number)).rule
        decided = rule.then if rule is not None else ""
        if decided == NEUTRAL_LEAD or (rule is None and listing.rows[0].cells):
            continue  # between a table and its lead somebody may be quoted
        if decided == OTHER and number:
            return None, ""  # what an earlier sentence announced is over
        return (sentence, decided) if decided else (None, "")
    return None, ""


def _title(view: View, sentences: list[Sentence]) -> list[Sentence]:
    return [s for s in sentences[:1] if view.reading.field(s.first) == "title"]


# --- rows --------------------------------------------------------------------------------------------


def _groups(view: View, sentences: list[Sentence], first: int, last: int) -> list[Group]:
    """The groups that lie within a token range, in order."""
    if first >= last:
        return []
    covered = sentences[view.sentence_at(first) : view.sentence_at(last - 1) + 1]
    return [g for s in covered for g in s.groups if first <= g.first and g.last <= last]


def _members(
    view: View, sentences: list[Sentence], listing: Listing, row: Row, words: PilotWords
) -> list[Group]:
    """The groups that a row lists: those of one cell, or the one that opens it."""
    if row.cells:
        cells = [_groups(view, sentences, cell.first, cell.last) for cell in row.cells]
        if not any(first < last for first, last in (cell.column for cell in row.cells)):
            return [group for groups in cells for group in groups]
        return next((groups for groups in cells if groups), [])
    last = view.sentences[view.sentence_at(row.first)][1] if listing.answers else row.last
    members: list[Group] = []
    behind = row.first
    for group in _groups(view, sentences, row.first, last):
        villages = any(p.label_ == "VILLAGE" for p in view.spans_in("places", behind, group.first))
        denied = view.reading.has(group.last, row.last, words.denials)
        if villages or denied or not is_light(view, behind, group, words):
            break
        members.append(group)
        behind = _behind_bracket(view, group.last, row.last)
    return members


def _behind_bracket(view: View, at: int, last: int) -> int:
    """The token behind a bracket that opens at a token, else the token: "Boja (sudah), C"."""
    lower = view.reading.lower
    if at >= last or lower[at] != "(":
        return at
    return min(skip(at, last, lambda t: lower[t] != ")") + 1, last)


def _judge_columns(view: View, sentences: list[Sentence], row: Row, words: PilotWords) -> None:
    """Gives the members of a cell the status that its column has: "Percontohan 2025", "Usulan 2026"."""
    for cell in row.cells:
        status = _said(view.reading.lower, cell.column, words)
        if status:
            _judge(_groups(view, sentences, cell.first, cell.last), cast(Status, status), None)


def _said(lower: list[str], told: Range, words: PilotWords) -> str:
    """The status that a few tokens name, "" if they name none."""
    keys = {key for _, _, key in words.table.find(lower, *told)}
    if "negated" in keys:
        return "negated"
    if "planned" in keys or words.candidate_cells.find(lower, *told):
        return "planned"
    return "pilot" if "pilot" in keys else ""


def _row_status(view: View, row: Row, members: list[Group], verdict: str, words: PilotWords) -> str:
    """What a row's mark, cell or last words say of its members, "" where they say nothing."""
    if row.mark and row.mark[0] in words.no_marks:
        return "negated"
    for cell in row.cells:
        if status := _cell_status(view, cell, words):
            return status
    if row.cells or len(members) != 1 or verdict == "pilot":
        return ""
    lower = view.reading.lower
    first = skip(members[0].last, row.last, lambda t: not lower[t][0].isalpha())
    if first < row.last and row.last - first <= SHORT and lower[first] in words.yes_no:
        return words.yes_no[lower[first]]
    return _said(lower, (first, min(row.last, first + SHORT)), words)


def _cell_status(view: View, cell: Cell, words: PilotWords) -> str:
    lower = view.reading.lower
    column: Range = cell.column
    named = column[0] < column[1]
    of_status = not words.status_columns.isdisjoint(lower[slice(*column)])
    if cell.first >= cell.last:
        return ""
    if named and _said(lower, column, words) == "pilot" and lower[cell.first] in words.yes_no:
        return words.yes_no[lower[cell.first]]  # "Percontohan: ya"
    if named and not of_status:
        return ""
    if of_status and lower[cell.first] in words.final_negations:
        return "negated"
    return _said(lower, (cell.first, cell.last), words)


def hide(sentences: Sequence[Sentence], apart: set[int]) -> Callable[[], None]:
    """Takes groups from their sentences; what is returned gives them back."""
    kept = [(sentence, sentence.groups) for sentence in sentences]
    for sentence, groups in kept if apart else ():
        sentence.groups = [g for g in groups if id(g) not in apart]

    def restore() -> None:
        for sentence, groups in kept:
            sentence.groups = groups

    return restore
