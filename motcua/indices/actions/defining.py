"""Definitions come in, and are signed off: then they judge the years they are for."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.indices.events import SetImported, SetSignedOff
from motcua.indices.models import SetVersion
from motcua.indices.rules.annex import from_annex
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.rounds import LEADING
from motcua.indices.rules.shipped import fingerprint, from_yaml, shipped, to_yaml

_ADMITTED = frozenset({"leader", "controller", "administrator"})


@transaction.atomic
def import_set(content: bytes, *, name: str, by: Actor, at: datetime) -> SetVersion:
    """A definition from a file (.yaml or .xlsx): all of it, or every fault and nothing."""
    _need_role(by, _ADMITTED)
    definition = from_annex(content) if name.lower().endswith(".xlsx") else from_yaml(content)
    return _keep(definition, by=by, at=at)


@transaction.atomic
def import_shipped(code: str, *, by: Actor, at: datetime) -> SetVersion:
    """A definition that comes with the product."""
    _need_role(by, _ADMITTED)
    return _keep(shipped(code), by=by, at=at)


def _need_role(by: Actor, roles: frozenset[str]) -> None:
    if by.id is not None and not roles & {str(role) for role in by.roles}:
        raise Refused(_("Việc này của lãnh đạo, cán bộ kiểm soát thủ tục hành chính hoặc quản trị."))


def _keep(definition: IndexSet, *, by: Actor, at: datetime) -> SetVersion:
    sha = fingerprint(definition)
    there = SetVersion.objects.filter(code=definition.code, version=definition.version).first()
    if there is not None and there.sha256 == sha:
        return there
    if there is not None:
        raise Refused(
            _("Bộ %(code)s bản %(version)s đã có với nội dung khác; hãy ghi số bản mới.")
            % {"code": definition.code, "version": definition.version}
        )
    last = None if definition.year_to is None else date(definition.year_to + 1, 1, 1)
    try:
        with transaction.atomic():
            kept = SetVersion.objects.create(
                code=definition.code,
                version=definition.version,
                index=definition.index,
                name=definition.name,
                body=to_yaml(definition).decode("utf-8"),
                sha256=sha,
                during=DateRange(date(definition.year_from, 1, 1), last),
                example=definition.is_example,
                imported_by_id=by.id,
                imported_at=at,
            )
    except IntegrityError:  # the same file twice at once: the first one stands
        raise Refused(_("Bộ này vừa được người khác nhập. Tải lại trang để xem.")) from None
    event = SetImported(set=kept.pk, code=kept.code, version=kept.version, sha256=sha, example=kept.example)
    journal.record(event, stream=kept.stream, by=by, at=at)
    return kept


@transaction.atomic
def sign_off(kept: SetVersion, *, by: Actor, at: datetime) -> None:
    """A leader says that this version is the one in force; its years may not overlap with another signed version's."""
    locked = SetVersion.objects.select_for_update().get(pk=kept.pk)
    if locked.signed_at is not None:
        raise Refused(_("Bộ này đã được ký ngày %s.") % f"{locked.signed_at:%d/%m/%Y}")
    if by.id is None or not LEADING & {str(role) for role in by.roles}:
        raise Refused(_("Chỉ lãnh đạo cơ quan được ký định nghĩa bộ chỉ số."))
    other = SetVersion.objects.filter(code=locked.code, signed_at__isnull=False, during__overlap=locked.during).first()
    if other is not None:
        raise Refused(
            _("Bản %(version)s của bộ này đang có hiệu lực trong cùng thời gian; hãy cho bản ấy kết thúc trước.")
            % {"version": other.version}
        )
    locked.signed_at, locked.signed_by_id, locked.signed_by_name = at, by.id, str(by)
    locked.save(update_fields=["signed_at", "signed_by_id", "signed_by_name"])
    kept.__dict__.update(locked.__dict__)
    event = SetSignedOff(set=kept.pk, code=kept.code, version=kept.version, sha256=kept.sha256)
    journal.record(event, stream=kept.stream, by=by, at=at)
