"""Lists of pilots that another sentence, or a number, announces.

"Sebanyak 4 kecamatan ditunjuk. Yakni A, B, C dan D.": the list's own sentence doesn't say what they are.
What goes on after an announcement is taken for its list only where nothing else is said before the names.
"""

from __future__ import annotations

import itertools

from extract.links.pilot_groups import MOST_LISTED, Group, Sentence, codes_told
from extract.links.pilot_words import PilotWords
from extract.view import View

#: How far a list may stand behind the sentence that announces it, in sentences.
REACH = 5
#: Sentences of an item, behind which the list goes on.
ITEM_REACH = 4
#: Sentences back within which the programme is named that a counted list belongs to.
PROGRAMME_REACH = 4
#: Tokens between a number and the list that it counts.
NUMBER_REACH = 14
#: A sentence of so few tokens is a subhead or a list's label.
SUBHEAD = 5


def judge_counted(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists of a regency that a number before them counts, where the programme is spoken of.

    "Kabupaten X menitipkan lima wakil: A, B, C, D, E" needs no word that says what they are wakil of.
    """
    for index, sentence in enumerate(sentences):
        near = sentences[max(0, index - PROGRAMME_REACH) : index + 1]
        spoken_of = sentence.spoken_of or any(
            s.programme or s.has("pilot") or any(g.status == "pilot" for g in s.groups) for s in near
        )
        if sentence.spoken_of and not sentence.groups:
            _bare_number(view, sentences, index, words)
        open_groups = [g for g in sentence.groups if g.status == ""]
        counts = not sentence.groups and (sentence.count or 0) > 1
        if not spoken_of or not (open_groups or counts) or sentence.has("rival"):
            continue
        if is_of_others(view, sentence, words):
            continue
        if counts and sentence.keys.isdisjoint(("negated", "planned", "several")):
            _spelled_out(view, sentences, index, words)
        for group in open_groups:
            if not _apart(view, sentence, group, words) and _number_of(view, sentence, group, words):
                group.judge("pilot", "pilots.number")


def judge_rest(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """What a sentence adds to the pilots that were told: "Dua lainnya X dan Y", "Yang satu lagi, X, ..."."""
    known = codes_told(sentences, "pilot")
    for before, sentence in itertools.pairwise(sentences):
        if len(sentence.groups) != 1 or sentence.groups[0].status == "pilot":
            continue
        group = sentence.groups[0]
        if _makes_whole(view, before, sentence, known, words):  # what they lack then is something else
            group.judge("pilot", "pilots.rest", before)
            continue
        if group.status or sentence.has("negated"):
            continue
        if _one_more(view, before, sentence, known, words) or (
            any(g.status == "pilot" for g in before.groups)
            and not sentence.has("planned")
            and not is_denied(view, sentence, group, words)
            and _left_over(view, sentence, group, words)
        ):
            group.judge("pilot", "pilots.rest", before)


def _makes_whole(
    view: View, before: Sentence, sentence: Sentence, known: set[str], words: PilotWords
) -> bool:
    """Whether those left over are all that the pilots before them lack: "Dari tujuh percontohan, lima ...,
    yakni A, B, C, D, dan E. Dua sisanya, F dan G, belum punya gedung"."""
    group = sentence.groups[0]
    told = {c for g in before.groups if g.status == "pilot" for c in g.codes}
    told = told or {
        c for c in known if c[:5] in group.regencies
    }  # "Dua kecamatan tadi bagian dari empat pilot"
    return (
        before.total is not None
        and len(told | group.codes) == before.total
        and not told & group.codes
        and _left_over(view, sentence, group, words)
    )


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
    if not _apart(view, following, group, words):
        group.judge("pilot", "pilots.number", announcing)


def _bare_number(view: View, sentences: list[Sentence], index: int, words: PilotWords) -> None:
    """The names behind a sentence that ends in their number: "Sementara ini tiga. A satu, B dua, C"."""
    announcing = sentences[index]
    following = sentences[index + 1] if index + 1 < len(sentences) else None
    last = announcing.last - 1
    numbers = view.spans_in("numbers", max(announcing.first, last - 1), last)
    if following is None or not following.groups or not numbers or numbers[0].start <= announcing.first:
        return
    codes = {c for g in following.groups for c in g.codes}
    fits = len(codes) == int(numbers[0].kb_id_) > 1 and len({c[:5] for c in codes}) == 1
    governed = view.reading.lower[numbers[0].start - 1] in words.holders
    opens = following.groups[0].first - following.first <= 1
    open_all = all(g.status == "" for g in following.groups)
    if (
        not (fits and governed and opens and open_all)
        or announcing.has("negated")
        or announcing.has("planned")
    ):
        return
    if is_of_others(view, following, words) or is_of_others(view, announcing, words):
        return
    for group in following.groups:
        group.judge("pilot", "pilots.number", announcing)


def is_of_others(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence lists what is none of the programme's: visitors, flooded or poor places."""
    found = words.other_lists.find(view.reading.lower, sentence.first, sentence.last)
    named = {t for m in view.spans_in("places", sentence.first, sentence.last) for t in range(m.start, m.end)}
    named |= {t for start, end, key in sentence.cues if key == "chosen" for t in range(start, end)}
    other = any(start not in named for start, _, _ in found)  # "Pasar Kliwon" is no market
    return other or is_poor(view, sentence, words)


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
        if governed and opener and _light(view, number.end, group, words):
            return True
    return False


def judge_announced(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists that follow the sentence which says how many pilots there are, or that there are some."""
    excluded = codes_told(sentences, "negated", "planned")
    for index, sentence in enumerate(sentences):
        counted = sentence.count is not None
        lists = view.reading.lower[sentence.last - 1] == ":"
        if (sentence.has("several") or sentence.whole) and not sentence.groups and not lists:
            continue  # "Dua kecamatan itu ...", "Keempat kecamatan inilah ..." take up and announce nothing
        opens = (
            sentence.has("pilot")
            or (sentence.spoken_of and sentence.has("chosen"))
            or (sentence.has("appoint") and (counted or sentence.programme))
            or (sentence.has("runs") and counted and sentence.programme)
        )
        if sentence.has("rival") and not sentence.names:
            continue
        named = {c for g in sentence.groups if g.status == "pilot" for c in g.codes}
        if not opens or (sentence.has("negated") and not named and sentence.count is None):
            continue
        if sentence.has("planned") and not named and not sentence.has("appoint"):
            continue  # what queues is none yet
        if len(named) >= (sentence.count or 2):
            continue  # it has told its list itself
        if _completed(sentences, index, excluded):
            continue
        title = view.reading.field(sentence.first) == "title"
        own = [] if title else [g for g in sentence.groups if g.status == ""]
        waiting = [g for g in own if not g.codes <= excluded]
        _gather(view, sentences, index, waiting, named, excluded, words)


def _completed(sentences: list[Sentence], index: int, excluded: set[str]) -> bool:
    """Whether a sentence makes those before it pilots: "Di selatan ada A, di timur B. C melengkapinya menjadi
    tiga kecamatan percontohan"."""
    completing = sentences[index]
    if not completing.has("completes") or completing.count is None:
        return False
    found = list(completing.groups)
    regencies = {code for g in found for code in g.regencies}
    reached: set[str] = set()
    for before in reversed(sentences[max(0, index - PROGRAMME_REACH) : index]):
        found += before.groups
        if any(g.codes <= excluded or not g.regencies <= regencies for g in before.groups):
            return False
        reached = {c for g in found for c in g.codes}
        if len(reached) >= completing.count:
            break
    if len(reached) != completing.count:
        return False
    for group in found:
        if group.status in ("", "listed"):
            group.judge("pilot", "pilots.counted", completing)
    return True


def _gather(
    view: View,
    sentences: list[Sentence],
    index: int,
    waiting: list[Group],
    named: set[str],
    excluded: set[str],
    words: PilotWords,
) -> None:
    """Collects the lists behind an announcement; a count that they fill exactly makes them sure."""
    announcing = sentences[index]
    count = announcing.count
    sorts = announcing.has("sorts") and announcing.has("pilot")
    reached = named | {c for g in waiting for c in g.codes}
    awaited = {id(g) for g in waiting}
    budget = REACH if count is None else REACH + min(count, REACH) * 2
    more = MOST_LISTED  # items behind which the list may go on
    at = index + 1
    while at < len(sentences) and budget > 0 and not (count is not None and len(reached) >= count):
        following = sentences[at]
        at += 1
        if following.count not in (None, count) and following.has("pilot"):
            break
        asked = view.reading.lower[following.last - 1] == "?" and following.groups
        if asked and not {c for g in following.groups for c in g.codes} <= reached:
            break  # "Selain X, mana lagi yang rawan?": the answer lists something else
        if following.has("rival") and not following.names:  # another programme's list
            budget -= 1
            continue
        itemised = bool(following.groups) and _itemised(view, following, words)
        short = itemised or following.last - following.first <= SUBHEAD
        # What announces something itself costs as prose does, or many announcements would each read them all.
        announces = following.count is not None or following.has("pilot") or following.has("appoint")
        budget -= 0 if short and not announces else 1
        if itemised and not announces and more:
            more, budget = more - 1, max(budget, ITEM_REACH)
        for group in following.groups:
            if group.status != "pilot" and (group.codes <= excluded or is_poor(view, following, words)):
                continue
            if group.status == "pilot" and following.count is None and not _same_regency(group, reached):
                continue
            listed = _listed(view, following, group, count, words) or (
                sorts and len(group.codes) > 2 and not _apart(view, following, group, words)
            )
            if group.status in ("", "listed") and listed:
                group.judge("listed", "pilots.announced", announcing)
            denied = group.status != "pilot" and is_denied(view, following, group, words)
            if ((count is not None and group.status != "pilot") or group.status == "listed") and not denied:
                waiting.append(group)
                awaited.add(id(group))
            if group.status == "pilot" or id(group) in awaited:
                reached |= group.codes
    if count is not None and len(reached) == count:
        for group in waiting:
            if group.status in ("", "listed"):
                group.judge("pilot", "pilots.counted", announcing)


def _itemised(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence is an item, or a line of a table: "2. Boja", "Kabupaten X: A, B, C"."""
    group = sentence.groups[0]
    if group.at_head:
        return True
    named = {t for p in view.spans_in("places", sentence.first, group.first) for t in range(p.start, p.end)}
    lower = view.reading.lower
    return bool(named) and all(
        t in named or lower[t] in words.regency_marks or not lower[t][0].isalpha()
        for t in range(sentence.first, group.first)
    )


def _listed(view: View, sentence: Sentence, group: Group, count: int | None, words: PilotWords) -> bool:
    """Whether a group looks like the list that was announced."""
    size = len(group.codes)
    if (count is not None and size > count) or _apart(view, sentence, group, words):
        return False
    item = view.segment_at(group.first).kind in ("item", "heading")
    if group.at_head and item:
        return True
    if sentence.last - group.last <= 1 and group is sentence.groups[0] and _itemised(view, sentence, words):
        return True  # a table's line: "Kabupaten X | 1 | A"
    if size < 2 or is_of_others(view, sentence, words) or not _light(view, sentence.first, group, words):
        return False
    alone = group.first - sentence.first <= 1 and sentence.last - group.last <= 1
    opened = words.openers.find(view.reading.lower, sentence.first, group.first + 1)
    beside = words.besides.find(view.reading.lower, sentence.first, group.first)
    return item or alone or len(opened) > len(beside)  # "Selain X, Y juga menerima ..." lists nothing


def _light(view: View, first: int, group: Group, words: PilotWords) -> bool:
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


def is_denied(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a word right beside a list denies it, or a question is asked of it."""
    lower = view.reading.lower
    behind = [w for w in lower[group.last : group.last + 3] if w not in words.before_denial]
    before = lower[max(sentence.first, group.first - 3) : group.first]
    return any(w in words.denials for w in (*behind[:1], *before)) or lower[sentence.last - 1] == "?"


def _apart(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a list is told to be another one: "X dan Y belum", "tiga kecamatan lain, A, B dan C"."""
    first = max(sentence.first, group.first - 3)
    left_over = any(w in words.rest for w in view.reading.lower[first : group.first])
    if left_over and words.no_rest.find(view.reading.lower, first - 1, group.first):
        left_over = False
    return left_over or is_denied(view, sentence, group, words)


def _same_regency(group: Group, reached: set[str]) -> bool:
    return not reached or bool(group.regencies & {c[:5] for c in reached})


def is_poor(view: View, sentence: Sentence, words: PilotWords) -> bool:
    return any(w in words.poor for w in view.reading.lower[sentence.first : sentence.last])
