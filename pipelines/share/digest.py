"""What `pantau digest` does: tells what is new in three forms, and sends it where it should go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from db.dates import write_date
from db.records import WIB
from db.store import Store
from pipelines.command.console import Say, log
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, InputError
from pipelines.command.ledger import explain_step, record_step, tally
from pipelines.share.news import Digest, read_digest
from pipelines.share.news_forms import Format, format_digest, write_lines


def read_since(text: str, now: datetime) -> datetime:
    """ "7d", "12h", "2w" before `now`, or the start of a day such as 2025-10-30 (WIB)."""
    if match := re.fullmatch(r"([1-9]\d{0,4})([hdw])", text):
        unit = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[match[2]]
        return now - int(match[1]) * unit
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return datetime.fromisoformat(text).replace(tzinfo=WIB)
        except ValueError:
            pass
    raise InputError(f"--since {text!r} is neither a span such as 7d, 12h or 2w nor a day such as 2025-10-30")


def show_digest(
    db: Path,
    *,
    since: str,
    form: Format,
    notify: Sequence[str],
    title: str,
    say: Say,
) -> int:
    """Print the digest, and send it where `notify` says; exit code 1 where that could not be done."""
    return record_step(db, "digest", lambda: _show_digest(db, since, form, notify, title, say))


def _show_digest(db: Path, since: str, form: Format, notify: Sequence[str], title: str, say: Say) -> int:
    with Store(db, read_only=True) as store:
        digest = read_digest(store, read_since(since, datetime.now(WIB)))
    if not digest.regions:
        return _tell_nothing_new(digest, form, notify, title, say)
    tally(stories=digest.stories)
    text = format_digest(digest, form, title=title)
    say(text.rstrip("\n"))
    return send(text, form, f"{title}: {digest.headline}", notify) if notify else EXIT_DONE


def _tell_nothing_new(digest: Digest, form: Format, notify: Sequence[str], title: str, say: Say) -> int:
    """One line; it is sent only where outlets were not read, as silence would pass for no news."""
    nothing = f"{title}: tidak ada berita baru sejak {write_date(f'{digest.since:%Y-%m-%d}')}"
    say(nothing)
    if not digest.gap:
        return EXIT_DONE
    say(digest.gap)
    return send(write_lines([digest.gap], form), form, nothing, notify) if notify else EXIT_DONE


def send(text: str, form: Format, title: str, urls: Sequence[str]) -> int:
    """Hand a text to Apprise, an address at a time; exit code 1 where one did not take it."""
    try:
        import apprise
    except ImportError:
        raise InputError(
            "sending needs Apprise, which is not installed: pip install 'pantau-berdaya[notify]'"
        ) from None
    messengers = []
    for url in urls:  # all are looked at before anything is sent
        messenger, kind = apprise.Apprise(), url.partition("://")[0]  # what follows may be a password
        if not messenger.add(url):
            raise InputError(f"{kind}://… is no address that Apprise knows; see its documentation")
        messengers.append((kind, messenger))
    failed = []
    for kind, messenger in messengers:
        if messenger.notify(body=text, title=title, body_format=form):
            tally(sent=1)
            continue
        log.error("the digest could not be sent to %s://…; the service refused it or is not reached", kind)
        failed.append(f"{kind}://…")
    if failed:
        explain_step(f"could not be sent to {', '.join(failed)}")
    return EXIT_NEEDS_A_PERSON if failed else EXIT_DONE
