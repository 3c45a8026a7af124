"""Lists of pilots that another sentence announces.

"Sebanyak 4 kecamatan ditunjuk. Yakni A, B, C dan D.": the list's own sentence doesn't say what they are.
What goes on after an announcement is taken for its list only where nothing else is said before the names.
"""

from __future__ import annotations

from extract.article.view import View
from extract.claims.pilots.counted import PROGRAMME_REACH
from extract.claims.pilots.groups import MOST_LISTED, SUBHEAD, Group, Sentence, codes_told
from extract.claims.pilots.questions import is_apart, is_denied, is_light, is_of_others, is_poor
from extract.claims.pilots.words import PilotWords

#: How far a list may stand behind the sentence that announces it, in sentences.
REACH = 5
#: Sentences of an item, behind which the list goes on.
ITEM_REACH = 4


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
    for number in range(index + 1, len(sentences)):
        following = sentences[number]
        if budget <= 0 or (count is not None and len(reached) >= count):
            break
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
                sorts and len(group.codes) > 2 and not is_apart(view, following, group, words)
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
    if (count is not None and size > count) or is_apart(view, sentence, group, words):
        return False
    item = view.segment_at(group.first).kind in ("item", "heading")
    if group.at_head and item:
        return True
    if sentence.last - group.last <= 1 and group is sentence.groups[0] and _itemised(view, sentence, words):
        return True  # a table's line: "Kabupaten X | 1 | A"
    if size < 2 or is_of_others(view, sentence, words) or not is_light(view, sentence.first, group, words):
        return False
    alone = group.first - sentence.first <= 1 and sentence.last - group.last <= 1
    opened = words.openers.find(view.reading.lower, sentence.first, group.first + 1)
    beside = words.besides.find(view.reading.lower, sentence.first, group.first)
    return item or alone or len(opened) > len(beside)  # "Selain X, Y juga menerima ..." lists nothing


def _same_regency(group: Group, reached: set[str]) -> bool:
    return not reached or bool(group.regencies & {c[:5] for c in reached})
