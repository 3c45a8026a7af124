"""What was found, in a few lines on a terminal: pilots by regency and who is responsible for what.

They end `pantau demo`; the site shows the same with its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from db.store import Store

_PILOTS = "SELECT regency, kecamatan, stories FROM pilots ORDER BY regency, kecamatan"
_RESPONSIBILITIES = """
SELECT pillar_name, agency_type_name, region FROM responsibility_matrix
ORDER BY pillar_name, agency_type_name, region
"""


def format_findings(store: Store) -> Iterator[str]:
    """Lines of two short tables."""
    pilots = [tuple(row) for row in store.db.execute(_PILOTS).fetchall()]
    yield f"{len(pilots)} kecamatan were reported as pilots (in brackets: in how many independent stories)"
    for regency, rows in groupby(pilots, key=itemgetter(0)):
        named = ", ".join(f"{kecamatan} ({stories})" for _, kecamatan, stories in rows)
        yield f"  {regency:24} {named}"
    yield ""
    yield "Who was reported as responsible for what, and where"
    duties = [tuple(row) for row in store.db.execute(_RESPONSIBILITIES).fetchall()]
    for pillar, rows in groupby(duties, key=itemgetter(0)):
        yield f"  {pillar}"
        for agency, where in groupby(rows, key=itemgetter(1)):
            yield f"    {agency}: {', '.join(region for _, _, region in where)}"
