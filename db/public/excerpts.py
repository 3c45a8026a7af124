"""Cuts long sentences of a public database around their quotes: no field carries an article's text."""

from __future__ import annotations

from sqlite_utils import Database

from db.claim_kinds import CLAIM_TYPES

#: Characters of a sentence that are shown. News sentences have 150 to 250; what is longer is a list or a
#: splitter's miss.
LONGEST = 500

#: Share of an article's text that one sentence may be.
LARGEST_SHARE = 0.8

_LONG = """
SELECT e.kind, e.claim, e.ordinal, e.article, e.quote, s.sentence,
       min(:longest, CAST(length(a.text) * :share AS INTEGER)) AS room
FROM main.evidence AS e
JOIN main.sentences AS s ON s.id = e.sentence_id
JOIN store.articles AS a ON a.id = e.article
WHERE e.field = 'text' AND length(s.sentence) > min(:longest, CAST(length(a.text) * :share AS INTEGER))
ORDER BY e.kind, e.claim, e.ordinal
"""


def cut_sentence(sentence: str, quote: str, room: int) -> str:
    """At most `room` characters of the sentence around the quote, which is never cut itself."""
    if len(sentence) <= room:
        return sentence
    at = max(sentence.find(quote), 0)
    spare = max(room - len(quote) - 2, 0)  # for the two marks of omission
    start = max(0, min(at - spare // 2, len(sentence) - len(quote) - spare))
    end = min(len(sentence), max(start + spare + len(quote), at + len(quote)))
    start = min(start, at)
    if start > 0:  # to the next whole word
        space = sentence.find(" ", start, at)
        start = space + 1 if space >= 0 else at
    if end < len(sentence):
        space = sentence.rfind(" ", at + len(quote), end)
        end = space if space >= 0 else at + len(quote)
    return f"{'…' if start else ''}{sentence[start:end].strip()}{'…' if end < len(sentence) else ''}"


def shorten_sentences(db: Database) -> None:
    """Replace long sentences of claims and evidence; the store is attached as `store`."""
    rows = db.execute(_LONG, {"longest": LONGEST, "share": LARGEST_SHARE}).fetchall()
    for row in rows:
        short = cut_sentence(row["sentence"], row["quote"], row["room"])
        db.execute(
            "INSERT INTO main.sentences (article, sentence) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [row["article"], short],
        )
        place = db.execute(
            "SELECT id FROM main.sentences WHERE article = ? AND sentence = ?", [row["article"], short]
        ).fetchone()[0]
        db.execute(
            "UPDATE main.evidence SET sentence_id = ? WHERE kind = ? AND claim = ? AND ordinal = ?",
            [place, row["kind"], row["claim"], row["ordinal"]],
        )
        if row["ordinal"] == 0 and row["kind"] in CLAIM_TYPES:
            db.execute(
                f"UPDATE main.{row['kind']} SET sentence = ?, sentence_id = ? WHERE id = ?",
                [short, place, row["claim"]],
            )
    db.execute("DELETE FROM main.sentences WHERE id NOT IN (SELECT sentence_id FROM main.evidence)")
