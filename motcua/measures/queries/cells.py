"""The finest counts that everybody may see: dossiers received by authority and procedure in one whole month."""

from collections import defaultdict

from motcua.measures.queries import live
from motcua.measures.queries.live import Span
from motcua.measures.rules import small
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations

Shown = dict[str, int | None]
"""Each procedure with its count; None where it is withheld."""


def published_cells(top: int, month: Period) -> dict[int, Shown]:
    """By deciding authority under `top`; small counts withheld, and with them so many others that no difference tells them.

    An authority whose sum alone would tell a small count is left out. Only whole months are told, each by itself: a
    quarter less two of its months, or today less yesterday, would tell what one month withholds.
    """
    below = set(organisations.subtree_ids(top, month.last))
    sums = live.fine_sums(Span(month.last, month.first), ("deciding", "procedure"), columns=("received",))
    cells: dict[int, dict[str, int]] = defaultdict(dict)
    for (agency, procedure), values in sums.items():
        if agency in below and values["received"]:
            cells[agency][procedure] = values["received"]
    return {
        agency: dict(sorted(small.published(counts).items()))
        for agency, counts in sorted(cells.items())
        if small.sum_may_be_told(counts)
    }
