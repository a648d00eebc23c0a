"""Papers and their electronic copies: attached per component, also after receipt; the set counted for figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.dossiers.actions.making import tell
from motcua.dossiers.events import PaperAttached
from motcua.dossiers.models import Dossier, Paper, Scan, Supplement
from motcua.dossiers.queries.offices import offices_of
from motcua.dossiers.queries.situations import forget_papers, papers_read
from motcua.dossiers.terms import OPEN

MOST_SCANS = 50
"""Electronic copies of one paper; a paper of many pages is one file of many pages."""


@transaction.atomic
def attach(paper: Paper, file: StoredFile, *, by: Actor, at: datetime, supplement: Supplement | None = None) -> Scan:
    """Add an electronic copy to a paper of an open dossier; the file was stored and synced before."""
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=paper.dossier_id)
    mine = by.id is not None and by.id == dossier.applicant_id
    offices = offices_of(by, day_of(at))
    if not mine and not offices & {dossier.receiving_id, dossier.deciding_id, dossier.holding_id}:
        raise Refused(_("Hồ sơ do cơ quan khác giải quyết."))
    if dossier.state not in OPEN:
        raise Refused(_("Hồ sơ đã kết thúc, không đính thêm tệp được."))
    if Scan.objects.filter(paper=paper).count() >= MOST_SCANS:
        raise Refused(_("Giấy tờ này đã có %(count)s tệp. Gộp các trang vào một tệp PDF.") % {"count": MOST_SCANS})
    if (same := Scan.objects.filter(paper=paper, file__sha256=file.sha256).first()) is not None:
        return same  # a double click, or the same scan chosen again
    scan = Scan.objects.create(paper=paper, file=file, added_at=at, added_by_id=by.id, supplement=supplement)
    count_papers(dossier)
    tell(dossier, PaperAttached, by=by, at=at, paper=paper.no, file=file.pk)
    return scan


def count_papers(dossier: Dossier) -> None:
    """Write how many papers there are and how many of them have an electronic copy, in the caller's transaction."""
    forget_papers(dossier)
    rows = papers_read(dossier)
    dossier.digitised = sum(1 for one in rows if one.scanned)
    dossier.papers = sum(1 for one in rows if one.handed_in or one.scanned)
    dossier.save(update_fields=["digitised", "papers"])


def correct_papers(dossier: Dossier, corrected: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the counts on the list of papers right; returns how they stood before."""
    rows = {one.no: one for one in Paper.objects.select_for_update().filter(dossier=dossier).order_by("no", "pk")}
    before = [
        {name: getattr(one, name) for name in ("no", "name", "originals", "certified", "copies", "handed_in")}
        for one in rows.values()
    ]
    for line in corrected:
        row = rows.get(line["no"])
        if row is None:
            raise Refused(_("Không có giấy tờ số %(no)s trong hồ sơ này.") % {"no": line["no"]})
        row.originals, row.copies, row.handed_in = line["originals"], line["copies"], line["handed_in"]
        row.certified = line.get("certified", row.certified)
        row.save(update_fields=["originals", "certified", "copies", "handed_in"])
    count_papers(dossier)
    return before
