"""Two versions side by side: what the controller reads before publishing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.catalogue import Detail, contents
from motcua.procedures.rules.limits import in_words
from motcua.procedures.terms import Channel, FeeKind, VersionState
from motcua.ui.words import money


@dataclass(frozen=True, slots=True)
class Difference:
    """One point of comparison; each side is a list of lines."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after


def version_before(version: ProcedureVersion, day: date) -> ProcedureVersion | None:
    """The version in force that a concept would close; for a published one, the version with the number before."""
    rows = ProcedureVersion.objects.filter(procedure=version.procedure_id, state=VersionState.PUBLISHED)
    if version.state == VersionState.CONCEPT:
        return (
            rows.exclude(pk=version.pk).filter(in_force_during__contains=day).first()
            or rows.order_by("-number").first()
        )
    return rows.filter(number__lt=version.number).order_by("-number").first()


def differences(before: ProcedureVersion | None, after: ProcedureVersion, day: date) -> list[Difference]:
    """Every point of the two versions, in the order of the procedure page; nothing before leaves one side empty."""
    old = _points(contents(before, day)) if before else {}
    new = _points(contents(after, day))
    return [Difference(label, old.get(label, ()), new.get(label, ())) for label in new]


def _points(found: Detail) -> dict[str, tuple[str, ...]]:
    version = found.version
    return {
        _("Tên"): _lines([version.name]),
        _("Lĩnh vực"): _lines([version.field]),
        _("Thời hạn"): _lines(
            f"{Channel(one.channel).label}: {in_words(one.limit) or _('chưa đọc được')}" for one in found.terms
        ),
        _("Phí, lệ phí"): _lines(
            f"{Channel(one.channel).label}: {_fee_in_words(one.kind, one.amount_vnd, one.note)}" for one in found.fees
        ),
        _("Giấy tờ"): _lines(
            f"{one.name}: {one.originals} {_('bản chính')}, {one.copies} {_('bản sao')}"
            for papers in found.papers.values()
            for one in papers
        ),
        _("Kết quả"): _lines(one["name"] for one in version.results),
        _("Điều kiện"): _lines(version.conditions.splitlines()),
        _("Trình tự"): _lines(version.steps_text.splitlines()),
        _("Căn cứ pháp lý"): _lines(f"{one.number} {one.title}" for one in found.bases),
        _("Quyết định công bố"): _lines([version.decision]),
    }


def _fee_in_words(kind: str, amount_vnd: int | None, note: str) -> str:
    if kind == FeeKind.AMOUNT and amount_vnd is not None:
        return money(amount_vnd) + (f" ({note})" if note else "")
    return f"{FeeKind(kind).label} ({note})" if note else str(FeeKind(kind).label)


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in texts if one and one.strip())


def versions_of(code: str) -> list[ProcedureVersion]:
    """All versions of a procedure, the newest first."""
    rows = ProcedureVersion.objects.filter(procedure__code=code).select_related("procedure")
    return list(rows.defer("source", "form_schema").order_by("-number", "pk"))
