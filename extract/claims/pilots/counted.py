"""Lists of pilots that a number tells: "Kabupaten X menitipkan lima wakil: A, B, C, D, E"."""

from __future__ import annotations

from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence
from extract.claims.pilots.questions import is_apart, is_light, is_of_others
from extract.claims.pilots.words import PilotWords

#: Sentences back within which the programme is named that a counted list belongs to.
PROGRAMME_REACH = 4
#: Tokens between a number and the list that it counts.
NUMBER_REACH = 14


def judge_counted(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists of a regency that a number before them counts, where the programme is spoken of.

    "Kabupaten X menitipkan lima wakil: A, B, C, D, E" needs no word that says what they are wakil of.
    """
    for index, sentence in enumerate(sentences):
        if sentence.spoken_of and not sentence.groups:
            _bare_number(view, sentences, index, words)
        open_groups = [g for g in sentence.groups if g.status == ""]
        counts = not sentence.groups and (sentence.count or 0) > 1
        if not (open_groups or counts) or sentence.has("rival") or not _is_spoken_of(sentences, index):
            continue
        if is_of_others(view, sentence, words):
            continue
        if counts and sentence.keys.isdisjoint(("negated", "planned", "several")):
            _spelled_out(view, sentences, index, words)
        for group in open_groups:
            if not is_apart(view, sentence, group, words) and _number_of(view, sentence, group, words):
                group.judge("pilot", "pilots.number")


def _is_spoken_of(sentences: list[Sentence], index: int) -> bool:
    """Whether the programme, or a pilot of it, was named here or in the sentences before."""
    near = sentences[max(0, index - PROGRAMME_REACH) : index + 1]
    return sentences[index].spoken_of or any(
        s.programme or s.has("pilot") or any(g.status == "pilot" for g in s.groups) for s in near
    )


def _spelled_out(view: View, sentences: list[Sentence], index: int, words: PilotWords) -> None:
    """The list in the sentence behind a count: "Empat lokasi sudah jalan. A, B, C, dan D masih sibuk"."""
    announcing = sentences[index]
    following = sentences[index + 1] if index + 1 < len(sentences) else None
    if following is None or len(following.groups) != 1 or is_of_others(view, following, words):
        return
    group = following.groups[0]
    opens = group.first - following.first <= 1 or words.openers.at(view.reading.lower, following.first)
    if group.status or not opens or len(group.codes) != announcing.count or len(group.regencies) > 1:
        return
    if not is_apart(view, following, group, words):
        group.judge("pilot", "pilots.number", announcing)


def _bare_number(view: View, sentences: list[Sentence], index: int, words: PilotWords) -> None:
    """The names behind a sentence that ends in their number: "Sementara ini tiga. A satu, B dua, C"."""
    announcing = sentences[index]
    following = sentences[index + 1] if index + 1 < len(sentences) else None
    last = announcing.last - 1
    numbers = view.spans_in("numbers", max(announcing.first, last - 1), last)
    if following is None or not following.groups or not numbers or numbers[0].start <= announcing.first:
        return
    governed = view.reading.lower[numbers[0].start - 1] in words.holders
    if not governed or not _is_list_of(following, int(numbers[0].kb_id_)):
        return
    if announcing.has("negated") or announcing.has("planned"):
        return
    if is_of_others(view, following, words) or is_of_others(view, announcing, words):
        return
    for group in following.groups:
        group.judge("pilot", "pilots.number", announcing)


def _is_list_of(sentence: Sentence, count: int) -> bool:
    """Whether a sentence opens with names, so many in all, of one regency, of which nothing is told yet."""
    codes = {c for g in sentence.groups for c in g.codes}
    fits = len(codes) == count > 1 and len({c[:5] for c in codes}) == 1
    opens = sentence.groups[0].first - sentence.first <= 1
    return fits and opens and all(g.status == "" for g in sentence.groups)


def _number_of(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a number right before a list says how many its members are, and they are of one regency."""
    size, lower = len(group.codes), view.reading.lower
    if size < 2 or len(group.regencies) > 1:
        return False
    numbers = view.spans_in("numbers", max(sentence.first, group.first - NUMBER_REACH), group.first)
    for number in numbers:
        if number.label_ != "COUNT" or int(number.kb_id_) != size:
            continue
        before = lower[number.start - 1] if number.start > sentence.first else ","
        governed = before in words.holders or any(
            k == "appoint" and number.start - 3 <= e <= number.start for _, e, k in sentence.cues
        )
        opener = number.end == group.first or bool(words.openers.find(lower, number.end, group.first))
        if governed and opener and is_light(view, number.end, group, words):
            return True
    return False
