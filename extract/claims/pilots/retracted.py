"""Pilots that a later sentence takes back: "Daftar itu dibatalkan", "Redaksi meralat: A tidak termasuk"."""

from __future__ import annotations

from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence
from extract.claims.pilots.words import PilotWords

#: Sentences back within which what is taken back was told.
REACH = 3


def judge_retracted(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Makes pilots that were told before a sentence which takes them back none, whatever told them."""
    for index, sentence in enumerate(sentences):
        if sentence.has("retracted") or sentence.has("cancelled"):
            codes = _denied_here(view, sentence, words) or _pointed_at(view, sentences, index, words)
            for before in sentences[: index + 1] if codes else ():
                take_back(before, codes, sentence)


def _denied_here(view: View, sentence: Sentence, words: PilotWords) -> set[str]:
    """The kecamatan that the sentence itself denies to be pilots."""
    told = any(sentence.has(key) for key in ("pilot", "appoint", "chosen"))
    if not (told or _names_choice(view, sentence, words)):
        return set()  # "Lomba di Kecamatan X dibatalkan"
    return {c for g in sentence.groups if g.status == "negated" for c in g.codes}


def _names_choice(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether the choice or its list is what the sentence speaks of: "penunjukan", "daftar"."""
    return not words.choices.isdisjoint(view.reading.lower[sentence.first : sentence.last])


def _pointed_at(view: View, sentences: list[Sentence], index: int, words: PilotWords) -> set[str]:
    """The pilots told last, where the sentence takes all of them back without naming them."""
    sentence = sentences[index]
    taken_back = sentence.has("cancelled") or sentence.has("negated")
    if not taken_back:
        return set()
    lower = view.reading.lower
    choice = any(
        lower[t] in words.choices and lower[t + 1] in words.pointers
        for t in range(sentence.first, sentence.last - 1)
    )
    taken_up = not sentence.groups and (sentence.has("several") or sentence.has("single"))
    if not (choice or taken_up):
        return set()
    for before in reversed(sentences[max(0, index - REACH) : index]):
        codes = {c for g in before.groups if g.status in ("pilot", "listed") for c in g.codes}
        if codes:
            fits = sentence.count in (None, len(codes)) and (len(codes) == 1 or not sentence.has("single"))
            return codes if fits else set()
    return set()


def take_back(sentence: Sentence, codes: set[str], by: Sentence) -> None:
    """Denies the members of a sentence's groups that are taken back; a list keeps its others."""
    for group in [g for g in sentence.groups if g.status in ("pilot", "listed") and g.codes & codes]:
        back = [m for m in group.members if m.kb_id_ in codes]
        if len(back) < len(group.members):
            group.members = [m for m in group.members if m.kb_id_ not in codes]
            group = Group(back, group.sentence)
            sentence.groups.append(group)
        group.judge("negated", "pilots.retracted", by)
