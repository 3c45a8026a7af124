"""What the words beside a list of kecamatan say of it: another one, denied, or of something else."""

from __future__ import annotations

from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence
from extract.claims.pilots.words import PilotWords

_TELLING = ("pilot", "appoint", "chosen")


def is_of_others(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence lists what is none of the programme's: visitors, flooded or poor places."""
    found = words.other_lists.find(view.reading.lower, sentence.first, sentence.last)
    named = {t for m in view.spans_in("places", sentence.first, sentence.last) for t in range(m.start, m.end)}
    named |= {t for start, end, key in sentence.cues if key == "chosen" for t in range(start, end)}
    other = any(start not in named for start, _, _ in found)  # "Pasar Kliwon" is no market
    return other or is_poor(view, sentence, words)


def is_poor(view: View, sentence: Sentence, words: PilotWords) -> bool:
    return any(w in words.poor for w in view.reading.lower[sentence.first : sentence.last])


def is_denied(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a word right beside a list denies it, or a question is asked of it."""
    lower = view.reading.lower
    reach = min(group.last + 3, sentence.last)
    behind = [w for w in lower[group.last : reach] if w not in words.before_denial]
    before = lower[max(sentence.first, group.first - 3) : group.first]
    return any(w in words.denials for w in (*behind[:1], *before)) or lower[sentence.last - 1] == "?"


def is_apart(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a list is told to be another one: "X dan Y belum", "tiga kecamatan lain, A, B dan C"."""
    first = max(sentence.first, group.first - 3)
    left_over = any(w in words.rest for w in view.reading.lower[first : group.first])
    if left_over and words.no_rest.find(view.reading.lower, first - 1, group.first):
        left_over = False
    return left_over or is_denied(view, sentence, group, words)


def says_else(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a sentence speaks of a kecamatan's head or of a jest, so that no count is filled in it."""
    lower = view.reading.lower
    if not words.joking.isdisjoint(lower[sentence.first : sentence.last]):
        return True
    alone = len(group.members) == 1 and not any(sentence.has(key) for key in _TELLING)
    return alone and group.first > sentence.first and lower[group.first - 1] in words.speakers


def is_light(view: View, first: int, group: Group, words: PilotWords) -> bool:
    """Whether the words before a list, from a token on, say nothing but that it is one: no other verb."""
    printed, lower = view.reading.words, view.reading.lower
    named = {
        t
        for key in ("places", "agencies", "people", "numbers")
        for s in view.spans_in(key, first, group.first)
        for t in range(s.start, s.end)
    }
    for at in range(first, group.first):
        word = printed[at]
        name = at in named or (at > first and word[0].isupper())
        if not (name or not word[0].isalpha() or lower[at] in words.light or lower[at] in words.units):
            return False
    return True


def is_beside(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a list stands behind "bersama" or "selain"."""
    return bool(words.besides.find(view.reading.lower, max(sentence.first, group.first - 3), group.first))


def says_so(view: View, sentence: Sentence, token: int, words: PilotWords) -> bool:
    """Whether a word that makes pilots stands at a token, but for light ones: "Empat ini percontohan"."""
    told = (s for s, _, k in sentence.cues if k in _TELLING and s >= token)
    return any(words.light.issuperset(view.reading.lower[token:s]) for s in told)


def is_chosen(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence tells of those who were chosen, where the programme is spoken of."""
    return sentence.spoken_of and sentence.has("chosen") and not is_of_others(view, sentence, words)
