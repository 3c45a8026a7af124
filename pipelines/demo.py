"""What `pantau demo` does: the whole job on the bundled sample newsroom, without network.

Six invented outlets answer from an archive that ships with the package, as if they were asked.
"""

from __future__ import annotations

import shlex
from datetime import date
from importlib.resources import files
from pathlib import Path

from db.store import Store
from pipelines import steps
from pipelines.command.console import Say
from pipelines.command.errors import InputError
from pipelines.crawl.scope import CrawlScope
from pipelines.share.findings import format_findings

#: The days of publication that the sample's articles are from.
FIRST_DAY, LAST_DAY = date(2025, 10, 25), date(2025, 12, 12)


def demo(db: Path, *, say: Say) -> int:
    """Collect, extract and publish the sample into `db` and tell what was found; the worst step's exit code.

    A database that holds other outlets is refused: invented news must not get among real ones.
    """
    sample = Path(str(files("sample")))
    slugs = tuple(sorted(path.stem for path in (sample / "outlets").glob("*.toml")))
    _refuse_others(db, slugs)
    archive = db.with_name("warc")
    scope = CrawlScope(
        archive=archive,
        slugs=slugs,
        outlets=(sample / "outlets",),
        replay=(sample / "newsroom.warc.gz",),
        since=FIRST_DAY,
        until=LAST_DAY,
    )
    code = steps.run(db, scope, output=steps.public_path(db), say=say)
    with Store(db, read_only=True) as store:
        for line in format_findings(store):
            say(line)
    say("")
    say("Nothing of this is news: outlets, officials and figures of the sample are invented.")
    say("To see it with every quote, run this and open http://127.0.0.1:8001/")
    say(f"  pantau serve --db {shlex.quote(str(db))} --archive {shlex.quote(str(archive))}")
    return code


def _refuse_others(db: Path, slugs: tuple[str, ...]) -> None:
    if not db.exists() or db.stat().st_size == 0:
        return
    with Store(db, read_only=True) as store:
        known = {row[0] for row in store.db.execute("SELECT slug FROM outlets").fetchall()}
    if known - set(slugs):
        raise InputError(
            f"{db} holds other outlets than the sample's ({min(known - set(slugs))}); name another with --db"
        )
