"""Pilots that are told as what is left of the others: "Dua lainnya X dan Y", "Yang satu lagi, X, ..."."""

from __future__ import annotations

import itertools

from extract.article.view import View
from extract.claims.pilots.groups import SUBHEAD, Group, Sentence, codes_told
from extract.claims.pilots.questions import is_denied
from extract.claims.pilots.words import PilotWords

#: Sentences in which a number of pilots is shared out behind the one that tells it.
SHARES = 4
#: Sentences before one that tells the other pilots, in which the programme is said to be somewhere.
KNOWN = 6


def judge_rest(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """What a sentence adds to the pilots that were told: "Dua lainnya X dan Y", "Yang satu lagi, X, ..."."""
    known = codes_told(sentences, "pilot")
    total: int | None = None  # how many pilots there are, as told last
    for before, sentence in itertools.pairwise(sentences):
        total = before.total or total
        if len(sentence.groups) != 1 or sentence.groups[0].status == "pilot":
            continue
        group = sentence.groups[0]
        unsaid = not (group.status or sentence.has("negated"))
        if _makes_whole(view, before, sentence, known, words) or (  # what they lack then is something else
            unsaid
            and (
                _others(view, sentence, total, known, words)
                or _one_more(view, before, sentence, known, words)
                or _goes_on(view, before, sentence, words)
            )
        ):
            group.judge("pilot", "pilots.rest", before)


def judge_shared_out(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists that share out a number of pilots: "Dari lima percontohan, baru dua. A dan B jalan. Yang lain, C,
    D, dan E, belum"."""
    for index, sentence in enumerate(sentences):
        total = sentence.total
        if total is None or sentence.groups:
            continue
        found: list[Group] = []
        for following in sentences[index + 1 : index + 1 + SHARES]:
            found += following.groups
            if len(codes_of(found)) >= total:
                break
        rest = any(_is_rest(view, s, words) for s in sentences[index + 1 : index + 1 + SHARES])
        told = all(g.status in ("", "listed", "pilot") for g in found)
        if rest and told and len(codes_of(found)) == total and len({c[:5] for c in codes_of(found)}) == 1:
            for group in found:
                group.judge("pilot", "pilots.rest", sentence)


def codes_of(groups: list[Group]) -> set[str]:
    """The codes of all members of some groups."""
    return {code for group in groups for code in group.codes}


def _is_rest(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence opens with those left over: "Yang lain, C dan D"."""
    lower, groups = view.reading.lower, sentence.groups
    return bool(groups) and not words.rest.isdisjoint(lower[sentence.first : groups[0].first])


def judge_companions(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """One that is not alone, where the next sentence makes others of its regency pilots too: "X bukan
    satu-satunya. Y dan Z juga menjalankan program"."""
    for sentence, following in itertools.pairwise(sentences):
        if len(sentence.groups) != 1 or sentence.groups[0].status:
            continue
        group = sentence.groups[0]
        alone = words.not_only.find(view.reading.lower, group.last, sentence.last)
        others = {r for g in following.groups if g.status == "pilot" for r in g.regencies}
        if alone and others and others <= group.regencies:
            group.judge("pilot", "pilots.rest", following)


def judge_known_one(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """The one kecamatan in which the programme was said to be, where a sentence tells the other pilots of its
    regency: "Gubernur meninjau program di X. Dua percontohan lainnya, Y dan Z, ..."."""
    for index, sentence in enumerate(sentences):
        told = [g for g in sentence.groups if g.status == "pilot"]
        if len(told) != 1 or len(sentence.groups) != 1 or not _tells_others(view, sentence, told[0], words):
            continue
        before = [s for s in sentences[max(0, index - KNOWN) : index] if s.programme]
        groups = [g for s in before for g in s.groups if g.regencies == told[0].regencies]
        if len(codes_of(groups)) == 1 and not codes_of(groups) & told[0].codes:
            for group in groups:
                if group.status in ("", "listed"):
                    group.judge("pilot", "pilots.rest", sentence)


def _tells_others(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a list is that of the other pilots: "Dua kecamatan pilot lainnya, yakni ..."."""
    lower = view.reading.lower
    pilots = [end for _, end, key in sentence.cues if key == "pilot" and end <= group.first]
    return bool(pilots) and not words.rest.isdisjoint(lower[pilots[0] : min(pilots[0] + 2, group.first)])


def _makes_whole(
    view: View, before: Sentence, sentence: Sentence, known: set[str], words: PilotWords
) -> bool:
    """Whether those left over are all that the pilots before them lack: "Dari tujuh percontohan, lima ...,
    yakni A, B, C, D, dan E. Dua sisanya, F dan G, belum punya gedung"."""
    group = sentence.groups[0]
    told = {c for g in before.groups if g.status == "pilot" for c in g.codes}
    told = told or _of_regency(known, group)  # "Dua kecamatan tadi bagian dari empat pilot"
    return _completes(group, told, before.total) and _left_over(view, sentence, group, words)


def _of_regency(known: set[str], group: Group) -> set[str]:
    return {code for code in known if code[:5] in group.regencies}


def _completes(group: Group, told: set[str], total: int | None) -> bool:
    """Whether a group is all that those told lack to be so many."""
    return len(told | group.codes) == total and not told & group.codes


def _one_more(view: View, before: Sentence, sentence: Sentence, known: set[str], words: PilotWords) -> bool:
    """Whether a sentence opens with the one that is missing from the count of the sentence before."""
    group, more = sentence.groups[0], words.one_more.at(view.reading.lower, sentence.first)
    return (
        more is not None
        and len(group.codes) == 1
        and group.first - more[0] <= 2
        and before.count == len(known | group.codes)
        and not group.codes <= known
    )


def _goes_on(view: View, before: Sentence, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence opens with those left over of the pilots that the one before it names."""
    group = sentence.groups[0]
    return (
        any(g.status == "pilot" for g in before.groups)
        and not sentence.has("planned")
        and not is_denied(view, sentence, group, words)
        and _left_over(view, sentence, group, words)
    )


def _others(view: View, sentence: Sentence, total: int | None, known: set[str], words: PilotWords) -> bool:
    """Whether a number right before a list tells the others of so many: "... disediakan di dua lokasi lain, F
    dan G"."""
    group, lower = sentence.groups[0], view.reading.lower
    numbers = view.spans_in("numbers", max(sentence.first, group.first - SUBHEAD), group.first)
    if not numbers or int(numbers[-1].kb_id_) != len(group.codes) or sentence.has("planned"):
        return False
    between = range(numbers[-1].end, group.first)
    rest = any(lower[t] in words.rest for t in between)
    light = words.rest | words.units | words.joiners
    listing = all(lower[t] in light or not lower[t].isalpha() for t in between)
    whole = _completes(group, _of_regency(known, group), total)
    return rest and listing and whole and not is_denied(view, sentence, group, words)


def _left_over(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a sentence opens with the number of those that are left, and their names."""
    lower = view.reading.lower
    number = next(iter(view.spans_in("numbers", sentence.first, group.first)), None)
    return (
        number is not None
        and number.start - sentence.first <= 1
        and int(number.kb_id_) == len(group.codes)
        and any(w in words.rest for w in lower[sentence.first : group.first])
        and group.first - number.end <= SUBHEAD
    )
