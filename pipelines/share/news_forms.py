"""A digest as plain text, Markdown and HTML. Pure; every text of an article is shown as text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pipelines.share.news import Digest, Entry, Said

Format = Literal["text", "markdown", "html"]

#: Words up to which a sentence is an item of a list, which says nothing alone.
_ITEM = 3


def format_digest(digest: Digest, form: Format, *, title: str) -> str:
    """The whole digest in one form; each ends with a line break."""
    return {"text": _write_text, "markdown": _write_markdown, "html": _write_html}[form](digest, title)


def write_lines(lines: Sequence[str], form: Format) -> str:
    """Sentences of ours, a paragraph each, in one form."""
    if form == "html":
        lines = [f"<p>{html.escape(line)}</p>" for line in lines]
    elif form == "markdown":
        lines = [_plain(line) for line in lines]
    return "\n\n".join(lines) + "\n"


def _gathered(said: Sequence[Said]) -> Iterator[tuple[str, list[str]]]:
    """The sentences of an entry, each once, with the lines that tell what it claims.

    A sentence that stands inside a longer one is that one: a list is quoted up to the item it names. Items
    that stand alone are quoted together.
    """
    texts = list(dict.fromkeys(" ".join(one.sentence.split()) for one in said))
    longest = {
        text: max((other for other in texts if text in other), key=lambda other: (len(other), other))
        for text in texts
    }
    items = [text for text in texts if longest[text] == text and len(text.split()) <= _ITEM]
    by_sentence: dict[str, list[Said]] = {}
    for one in said:
        sentence = longest[" ".join(one.sentence.split())]
        by_sentence.setdefault(" … ".join(items) if sentence in items else sentence, []).append(one)
    for sentence, claims in by_sentence.items():
        yield sentence, list(_lines(claims))


def _lines(claims: Sequence[Said]) -> Iterator[str]:
    """ "Kecamatan percontohan: Bukateja, Kejobong": a line for all claims about the same."""
    by_about: dict[str, list[str]] = {}
    for one in claims:
        by_about.setdefault(one.about, []).append(f"{one.what} (koreksi)" if one.by_hand else one.what)
    for about, whats in by_about.items():
        between = "; " if any("," in what for what in whats) else ", "
        yield f"{about} {between.join(dict.fromkeys(whats))}"


def _byline(entry: Entry) -> str:
    return ", ".join(part for part in (entry.outlet, entry.day, "berubah" if entry.changed else "") if part)


def _write_text(digest: Digest, title: str) -> str:
    lines = [f"{title}: {digest.headline}", *([digest.gap] if digest.gap else [])]
    for region, entries in digest.regions.items():
        lines += ["", region, "=" * len(region)]
        for entry in entries:
            lines += ["", " ".join(entry.title.split()), f"  {_byline(entry)}", f"  {entry.url}"]
            lines += [f"  Juga di {outlet}: {url}" for outlet, url in entry.also]
            for sentence, claims in _gathered(entry.said):
                lines += [f"  - {claim}" for claim in claims] + [f"    “{sentence}”"]
    return "\n".join(lines) + "\n"


_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _address(url: str) -> str:
    """An address between the angle brackets of a link."""
    return "".join(url.split()).replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _write_markdown(digest: Digest, title: str) -> str:
    lines = [f"# {_plain(title)}: {_plain(digest.headline)}"]
    lines += ["", _plain(digest.gap)] if digest.gap else []
    for region, entries in digest.regions.items():
        lines += ["", f"## {_plain(region)}"]
        for entry in entries:
            lines += ["", f"**[{_plain(entry.title)}](<{_address(entry.url)}>)**, {_plain(_byline(entry))}"]
            if entry.also:
                also = ", ".join(f"[{_plain(outlet)}](<{_address(url)}>)" for outlet, url in entry.also)
                lines += ["", f"Juga di {also}."]
            for sentence, claims in _gathered(entry.said):
                lines += ["", *(f"- {_plain(claim)}" for claim in claims), "", f"> {_plain(sentence)}"]
    return "\n".join(lines) + "\n"


def _write_html(digest: Digest, title: str) -> str:
    say = html.escape
    lines = [
        '<!doctype html>\n<html lang="id">\n<meta charset="utf-8">',
        f"<title>{say(title)}: {say(digest.headline)}</title>",
        f"<h1>{say(title)}</h1>\n<p>{say(digest.headline)}</p>",
    ]
    lines += [f"<p>{say(digest.gap)}</p>"] if digest.gap else []
    for region, entries in digest.regions.items():
        lines.append(f"<h2>{say(region)}</h2>")
        for entry in entries:
            lines.append(f"<h3>{_link(entry.url, entry.title)}</h3>\n<p>{say(_byline(entry))}</p>")
            if entry.also:
                lines.append(f"<p>Juga di {', '.join(_link(url, outlet) for outlet, url in entry.also)}.</p>")
            for sentence, claims in _gathered(entry.said):
                items = "".join(f"<li>{say(claim)}</li>" for claim in claims)
                lines.append(f"<ul>{items}</ul>\n<blockquote>{say(sentence)}</blockquote>")
    return "\n".join([*lines, "</html>"]) + "\n"


def _link(url: str, text: str) -> str:
    # Only what a browser would fetch: an address comes from a page of somebody else.
    shown = html.escape(" ".join(text.split()))
    return f'<a href="{html.escape(url)}">{shown}</a>' if url.startswith(("https://", "http://")) else shown
