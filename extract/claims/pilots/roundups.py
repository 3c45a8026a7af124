"""Lists of pilots in round-ups of several regencies, which say so of some of them and leave it out at others.

Either each regency has a subhead ("2. Kabupaten X", and in the next line "A, B, serta C."), or a clause ("X
menunjuk A dan B; Y mengandalkan C").
"""

from __future__ import annotations

import itertools

from extract.article.sections import headed_regency
from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence
from extract.claims.pilots.questions import is_denied, is_light
from extract.claims.pilots.words import PilotWords

#: Sections that must tell their pilots in words before a bare list is read as theirs.
TOLD = 2


def judge_sections(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists that are all that the first sentence of a regency's section says, where others' are pilots."""
    told = 0
    bare: list[Group] = []
    for number, sentence in enumerate(sentences[:-1]):
        regency = headed_regency(view, sentence.first, sentence.last)
        following = sentences[number + 1]
        if not regency or not following.groups:
            continue
        group = following.groups[0]
        if group.regencies != {regency}:
            continue
        if group.status == "pilot":
            told += 1
        elif group.status in ("", "listed") and _alone(view, following, group, words):
            bare.append(group)
    headed = any(
        view.reading.field(s.first) == "title" and s.programme and s.has("pilot") for s in sentences[:2]
    )
    _judge_bare(bare, told, TOLD if headed else max(TOLD, len(bare)))


def _judge_bare(bare: list[Group], told: int, least: int) -> None:
    """Makes bare lists pilots where at least so many of those beside them are told as such."""
    for group in bare if told >= least else ():
        group.judge("pilot", "pilots.section")


def _alone(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a sentence is a list and no more: "A, B, serta C.", "Cuma satu, ialah Kecamatan A."."""
    return sentence.last - group.last <= 1 and is_light(view, sentence.first, group, words)


def judge_clauses(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists in a sentence that tells of each regency in a clause, where most clauses call theirs pilots."""
    for sentence in sentences:
        if len(sentence.groups) <= TOLD:
            continue
        shaped = [g for g in sentence.groups if _is_regencys(view, sentence, g, words)]
        told = sum(g.status == "pilot" for g in shaped)
        bare = [g for g in shaped if g.status in ("", "listed")]
        _judge_bare(bare, told, max(TOLD, len(bare)))


def _is_regencys(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a group ends a clause that says nothing before it but its regency and one verb."""
    lower = view.reading.lower
    begin = next(
        (t + 1 for t in range(group.first - 1, sentence.first - 1, -1) if lower[t] in ";:"), sentence.first
    )
    places = view.spans_in("places", begin, group.first)
    if len(places) != 1 or places[0].label_ != "REGENCY" or {places[0].kb_id_} != group.regencies:
        return False
    between = range(places[0].end, group.first)
    verbs = [t for t in between if lower[t] not in words.joiners]
    ends = group.last >= sentence.last or not lower[group.last].isalpha()
    return len(verbs) == 1 and ends and not is_denied(view, sentence, group, words)


def judge_neighbours(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """What the next regency chose: "Brebes memasukkan A dan B sebagai lokasi. Tetangganya, X, memilih C"."""
    lower = view.reading.lower
    for before, sentence in itertools.pairwise(sentences):
        told = {r for g in before.groups if g.status == "pilot" for r in g.regencies}
        if not told or len(sentence.groups) != 1:
            continue
        group = sentence.groups[0]
        named = view.spans_in("places", sentence.first, group.first)
        own = [p for p in named if p.label_ == "REGENCY" and {p.kb_id_} == group.regencies]
        chosen = group.first > sentence.first and lower[group.first - 1] in words.appointing
        ends = sentence.last - group.last <= 1
        if group.status == "" and own and chosen and ends and not told & group.regencies:
            group.judge("pilot", "pilots.section", before)
