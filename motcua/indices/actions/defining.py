"""Definitions come in, and are signed off: then they judge the years they are for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.indices.events import SetImported, SetSignedOff
from motcua.indices.models import SetVersion
from motcua.indices.queries.sets import signing_objections
from motcua.indices.rules.annex import from_annex
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.shipped import fingerprint, from_yaml, shipped, to_yaml

ADMITTED: Final = frozenset({"leader", "controller", "administrator"})


@transaction.atomic
def import_set(
    content: bytes, *, name: str, head: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> SetVersion:
    """A definition from a file (.yaml or .xlsx): all of it, or every fault and nothing."""
    _need_role(by, ADMITTED)
    return _keep(read_set(content, name=name, head=head), by=by, at=at)


def read_set(content: bytes, *, name: str, head: Mapping[str, str] | None = None) -> IndexSet:
    """The definition of a file, read and found sound; `head` says what an annex without its sheet of facts leaves out."""
    if name.lower().endswith(".xlsx"):
        return from_annex(content, head or None)
    return from_yaml(content)


def keeping_objections(definition: IndexSet) -> list[str]:
    """Why a sound definition may not come in: the same version is there with other content."""
    there = SetVersion.objects.filter(code=definition.code, version=definition.version).first()
    if there is None or there.sha256 == fingerprint(definition):
        return []
    return [
        _("Bộ %(code)s bản %(version)s đã có với nội dung khác; hãy ghi số bản mới.")
        % {"code": definition.code, "version": definition.version}
    ]


@transaction.atomic
def import_shipped(code: str, *, by: Actor, at: datetime) -> SetVersion:
    """A definition that comes with the product."""
    _need_role(by, ADMITTED)
    return _keep(shipped(code), by=by, at=at)


def _need_role(by: Actor, roles: frozenset[str]) -> None:
    if by.id is not None and not roles & {str(role) for role in by.roles}:
        raise Refused(_("Việc này của lãnh đạo, cán bộ kiểm soát thủ tục hành chính hoặc quản trị."))


def _keep(definition: IndexSet, *, by: Actor, at: datetime) -> SetVersion:
    sha = fingerprint(definition)
    if found := keeping_objections(definition):
        raise Refused(found)
    there = SetVersion.objects.filter(sha256=sha).first()
    if there is not None:
        return there
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
    """A leader says that this version is the one in force; its years may not overlap with another signed version's.

    An example is not signed: what is only remembered judges nobody.
    """
    locked = SetVersion.objects.select_for_update().get(pk=kept.pk)
    if found := signing_objections(locked, by):
        raise Refused(found)
    locked.signed_at, locked.signed_by_id, locked.signed_by_name = at, by.id, str(by)
    locked.save(update_fields=["signed_at", "signed_by_id", "signed_by_name"])
    kept.__dict__.update(locked.__dict__)
    event = SetSignedOff(set=kept.pk, code=kept.code, version=kept.version, sha256=kept.sha256)
    journal.record(event, stream=kept.stream, by=by, at=at)
