"""Which mentions of kecamatan the text calls pilots, plans, or none.

A list is one group and has one status. The words of its clause decide; without any, it may go on a sentence
that announced a list ("Sebanyak 4 kecamatan ditunjuk."), or be taken up by a later one ("Keempatnya ...").
"""

from __future__ import annotations

import itertools

from extract.article.view import View
from extract.claims.pilots.announced import judge_announced
from extract.claims.pilots.clause import judge_clause
from extract.claims.pilots.corrected import judge_corrected
from extract.claims.pilots.counted import judge_counted
from extract.claims.pilots.groups import (
    Group,
    Sentence,
    codes_told,
    read_sentences,
)
from extract.claims.pilots.lists import hide, judge_lists
from extract.claims.pilots.questions import is_beside, is_of_others, is_poor
from extract.claims.pilots.rest import judge_companions, judge_known_one, judge_rest, judge_shared_out
from extract.claims.pilots.resumed import judge_taken_up
from extract.claims.pilots.retracted import judge_retracted
from extract.claims.pilots.roundups import judge_clauses, judge_neighbours, judge_sections
from extract.claims.pilots.words import PilotWords


def judge_sentences(view: View, words: PilotWords) -> list[Sentence]:
    """The article's sentences, their groups with their status; "" where the text says nothing of it."""
    sentences = read_sentences(view, words)
    groups = [g for s in sentences for g in s.groups]
    if not groups:
        return sentences
    for sentence in sentences:
        for group in sentence.groups:
            judge_clause(view, sentence, group, words)
    restore = hide(sentences, judge_lists(view, sentences, words))
    negated = codes_told(sentences, "negated")
    _headline_yields(view, groups)
    for group in groups:
        if group.status == "pilot" and group.single_place and group.codes <= negated:
            group.status = ""  # only where something was held; elsewhere the text says that it is none
    judge_counted(view, sentences, words)
    judge_announced(view, sentences, words)
    judge_taken_up(view, sentences, words)
    _beside(view, sentences, words)
    _answered(view, sentences, words)
    judge_rest(view, sentences, words)
    judge_shared_out(view, sentences, words)
    judge_companions(view, sentences, words)
    judge_known_one(view, sentences, words)
    judge_sections(view, sentences, words)
    judge_clauses(view, sentences, words)
    judge_neighbours(view, sentences, words)
    _repeated(view, sentences)
    restore()
    judge_corrected(view, sentences, words)
    judge_retracted(view, sentences, words)
    return sentences


def _headline_yields(view: View, groups: list[Group]) -> None:
    """What the text only plans is no pilot because the headline, which saves words, calls it one."""
    text = [g for g in groups if view.reading.field(g.first) == "text"]
    planned = {c for g in text if g.status == "planned" for c in g.codes}
    planned -= {c for g in text if g.status == "pilot" for c in g.codes}
    for group in groups:
        headed = view.reading.field(group.first) == "title"
        if headed and group.status == "pilot" and group.codes <= planned:
            group.judge("planned", "pilots.planned")


def _beside(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """What X is the list is, and the other way round: "Selain X, ada Y dan Z"."""
    lower = view.reading.lower
    pilots = codes_told(sentences, "pilot")
    for sentence in sentences:
        beside = [g for g in sentence.groups if is_beside(view, sentence, g, words)]
        if not beside or is_poor(view, sentence, words):
            continue
        known = any(g.codes & pilots for g in beside)
        told = known or any(g.status in ("pilot", "listed") for g in sentence.groups)
        opened = any(words.openers.find(lower, g.members[0].end, sentence.last) for g in beside)
        for group in sentence.groups if told and opened else ():
            if group.status == "":
                group.judge("listed", "pilots.beside")


def _answered(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """An interview's answer that names the others: "Selain X, mana lagi?" "Ada Y, Z, sama W"."""
    pilots = codes_told(sentences, "pilot")
    lower = view.reading.lower
    for asked, answer in itertools.pairwise(sentences):
        if lower[asked.last - 1] != "?" or not asked.groups or not answer.groups:
            continue
        group = answer.groups[0]
        beside = all(g.codes <= pilots and is_beside(view, asked, g, words) for g in asked.groups)
        opened = words.openers.find(lower, max(answer.first, group.first - 2), group.first)
        if beside and opened and group.status == "" and not is_of_others(view, answer, words):
            group.judge("listed", "pilots.beside", asked)


def _repeated(view: View, sentences: list[Sentence]) -> None:
    """A list that holds a known pilot, or is called "keempat kecamatan", and has as many members as there are
    pilots, is the list of pilots."""
    pilots = codes_told(sentences, "pilot")
    counts: set[int] = set()
    opened = False
    for sentence in sentences:
        opens = sentence.has("pilot") or (sentence.has("appoint") and sentence.programme)
        for group in sentence.groups:
            size = len(group.codes)
            whole = sentence.whole and sentence.count == size and (opened or opens)
            if (
                group.status in ("", "listed")
                and size > 1
                and (whole or (group.codes & pilots and size in counts))
            ):
                group.judge("pilot", "pilots.repeated")
        opened = opened or opens
        if sentence.count and (opens or sentence.has("appoint")):
            counts.add(sentence.count)
