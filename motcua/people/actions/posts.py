"""Posts taken and ended, delegation given and revoked."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.organisations import queries as agencies
from motcua.people import queries, rules
from motcua.people.actions.persons import demand, stream_of
from motcua.people.events import DelegationRevoked, PersonAppointed, PostEnded, RoleDelegated
from motcua.people.models import Delegation, Person, Post
from motcua.people.terms import OFFICIALS, Permission, Role


@transaction.atomic
def appoint(
    person: Person,
    *,
    agency: int,
    role: Role,
    since: date,
    until: date | None = None,
    title: str = "",
    unit: str = "",
    decision: str = "",
    by: Actor,
    at: datetime,
) -> Post:
    """A person takes a role in an agency from a first day, until a last day if one is known (that day included)."""
    demand(Permission.MANAGE_PEOPLE, by)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    objections = _scope_objections(agency, by=by, day=day_of(at))
    if role not in OFFICIALS:
        objections.append(_("Vai trò này không phải vị trí công tác."))
    if until is not None and until < since:
        objections.append(_("Ngày cuối không thể trước ngày đầu."))
    elif agencies.version_on(agency, since) is None:
        objections.append(_("Cơ quan không hoạt động vào ngày %(day)s.") % {"day": f"{since:%d/%m/%Y}"})
    elif _overlapping(person, agency, role, during := _days(since, until)):
        objections.append(_("%(name)s đã giữ vai trò này ở cơ quan trong thời gian đó.") % {"name": person.full_name})
    if objections:
        raise Refused(objections)
    post = Post.objects.create(
        person=person,
        agency_id=agency,
        role=role.value,
        title=squeeze(title)[:200],
        unit=squeeze(unit)[:200],
        during=during,
        decision=squeeze(decision)[:200],
    )
    event = PersonAppointed(post=post.pk, person=person.pk, agency=agency, role=role.value, since=since)
    journal.record(event, stream=stream_of(person), by=by, at=at)
    return post


@transaction.atomic
def end_post(post: Post, *, last_day: date, by: Actor, at: datetime) -> None:
    """The post ends with that day; its history stays."""
    demand(Permission.MANAGE_PEOPLE, by)
    row = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if objections := _scope_objections(row.agency_id, by=by, day=day_of(at)):
        raise Refused(objections)
    if last_day < row.during.lower:
        raise Refused(
            _("Ngày cuối không thể trước ngày nhận vị trí, %(day)s.") % {"day": f"{row.during.lower:%d/%m/%Y}"}
        )
    if row.during.upper is not None and row.during.upper <= last_day:
        raise Refused(_("Vị trí này đã kết thúc trước ngày đó."))
    row.during = _days(row.during.lower, last_day)
    row.save(update_fields=["during"])
    event = PostEnded(post=row.pk, person=row.person_id, agency=row.agency_id, role=row.role, until=last_day)
    journal.record(event, stream=f"people.person:{row.person_id}", by=by, at=at)
    post.refresh_from_db()


@transaction.atomic
def delegate(
    giver: Person,
    *,
    receiver: Person,
    agency: int,
    role: Role,
    starts_on: date,
    ends_on: date,
    decision: str,
    by: Actor,
    at: datetime,
) -> Delegation:
    """For these days the receiver may act in the giver's role; given by the giver in person, or by the administrator."""
    Person.objects.select_for_update(of=("self",)).get(pk=giver.pk)
    today = day_of(at)
    held = queries.roles_of(giver, agency=agency, day=today)
    wish = rules.DelegationWish(giver.pk, receiver.pk, role, held, starts_on, ends_on, decision, today)
    objections = rules.delegation_objections(wish)
    if not _is_giver(giver, by):
        only = _("Chỉ chính người ủy quyền hoặc quản trị được lập ủy quyền.")
        objections += _manager_objections(agency, by=by, day=today, otherwise=only)
    if objections := objections + _receiver_objections(wish, receiver, agency):
        raise Refused(objections)
    given = Delegation.objects.create(
        giver=giver,
        receiver=receiver,
        agency_id=agency,
        role=role.value,
        during=_days(starts_on, ends_on),
        decision=squeeze(decision)[:200],
        created_at=at,
    )
    event = RoleDelegated(
        delegation=given.pk,
        giver=giver.pk,
        receiver=receiver.pk,
        agency=agency,
        role=role.value,
        since=starts_on,
        until=ends_on,
    )
    journal.record(event, stream=stream_of(giver), by=by, at=at)
    return given


@transaction.atomic
def revoke_delegation(delegation: Delegation, *, by: Actor, at: datetime) -> None:
    """The delegation ends now; giver, receiver or administrator may."""
    row = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if by.id not in (row.giver_id, row.receiver_id):
        only = _("Chỉ người ủy quyền, người được ủy quyền hoặc quản trị được chấm dứt.")
        if found := _manager_objections(row.agency_id, by=by, day=day_of(at), otherwise=only):
            raise Refused(found)
    if row.revoked_at is not None:
        raise Refused(_("Ủy quyền này đã chấm dứt lúc %(at)s.") % {"at": f"{local(row.revoked_at):%H:%M %d/%m/%Y}"})
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    event = DelegationRevoked(delegation=row.pk, giver=row.giver_id, receiver=row.receiver_id)
    journal.record(event, stream=f"people.person:{row.giver_id}", by=by, at=at)
    delegation.refresh_from_db()


def _days(first: date, last: date | None) -> DateRange:
    """From the first to the last day, both included."""
    return DateRange(first, last + timedelta(days=1) if last else None)


def _manager_objections(agency: int, *, by: Actor, day: date, otherwise: str) -> list[str]:
    """An administrator gives and ends what is others', within the own agency and those under it; nobody else does."""
    if by is SYSTEM or rules.allows(Permission.MANAGE_PEOPLE, by.roles):
        return _scope_objections(agency, by=by, day=day)
    return [otherwise]


def _receiver_objections(wish: rules.DelegationWish, receiver: Person, agency: int) -> list[str]:
    """Reasons that lie in who receives: no post today, or this very role already."""
    found, name = [], {"name": receiver.full_name}
    if not receiver.is_active or not queries.is_official(receiver, day=wish.today):
        found.append(_("%(name)s hôm nay không giữ vị trí công tác nào.") % name)
    live = Delegation.objects.filter(giver=wish.giver, receiver=receiver, agency=agency, role=wish.role.value)
    days = _days(wish.starts_on, wish.ends_on) if wish.starts_on <= wish.ends_on else None
    if days is not None and live.filter(revoked_at=None, during__overlap=days).exists():
        found.append(_("Đã ủy quyền vai trò này cho %(name)s trong thời gian đó.") % name)
    return found


def _is_giver(giver: Person, by: Actor) -> bool:
    """Nobody passes on what they themselves only hold for another."""
    return by.id == giver.pk and by.acting_for is None


def _overlapping(person: Person, agency: int, role: Role, during: DateRange) -> bool:
    return Post.objects.filter(person=person, agency=agency, role=role.value, during__overlap=during).exists()


def _scope_objections(agency: int, *, by: Actor, day: date) -> list[str]:
    """An administrator manages the people of the own agency and of those under it."""
    if by is SYSTEM or by.agency is None or agency in agencies.subtree_ids(by.agency, day):
        return []
    return [_("Cơ quan này ngoài phạm vi quản trị của bạn.")]
