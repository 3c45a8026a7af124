"""Lists of pilots that stand bare below subheads: "2. Kabupaten X" and in the next line "A, B, serta C."

A round-up of several regencies says in some sections that those are its pilots and leaves it out in others.
"""

from __future__ import annotations

from extract.links.pilot_groups import Group, Sentence
from extract.links.sections import headed_regency
from extract.view import View

#: Sections that must tell their pilots in words before a bare list is read as theirs.
TOLD = 2


def judge_sections(view: View, sentences: list[Sentence]) -> None:
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
        elif group.status in ("", "listed") and _alone(group, following):
            bare.append(group)
    if told >= max(TOLD, len(bare)):
        for group in bare:
            group.judge("pilot", "pilots.section")


def _alone(group: Group, sentence: Sentence) -> bool:
    return group.first - sentence.first <= 1 and sentence.last - group.last <= 1
