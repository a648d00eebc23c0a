"""Posts follow their agency: where one was merged, divided or abolished, its people go on in the one that took over."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.organisations import queries as agencies
from motcua.people import queries
from motcua.people.actions.persons import demand
from motcua.people.events import PostMoved
from motcua.people.models import Delegation, Person, Post
from motcua.people.terms import Permission


@transaction.atomic
def move_posts(*, at: datetime) -> int:
    """Move every post of an ended agency for which only one place is possible; returns how many. Safe to run twice.

    The others wait on the page of moves, for an administrator to choose.
    """
    moved = 0
    for stranded in queries.stranded_posts():
        target = agencies.heir_of(stranded.post.agency_id, stranded.ends_on)
        if target is not None:
            move_post(stranded.post, to=target, by=SYSTEM, at=at)
            moved += 1
    return moved


@transaction.atomic
def move_post(post: Post, *, to: int, by: Actor, at: datetime) -> None:
    """The post ends with its agency and goes on, the same role and title, in another from that day on."""
    demand(Permission.MANAGE_PEOPLE, by)
    Person.objects.select_for_update(of=("self",)).get(pk=post.person_id)
    row = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    ends_on = agencies.ended_by().get(row.agency_id)
    if ends_on is None or (row.during.upper is not None and row.during.upper <= ends_on):
        raise Refused(_("Vị trí này không còn phải chuyển."))
    day = max(ends_on, day_of(at))
    if to not in agencies.heir_choices(row.agency_id, day):
        raise Refused(_("Chọn một cơ quan, đơn vị kế thừa trong danh sách."))
    if not _reaches(by, to, day=day):
        raise Refused(_("Cơ quan này ngoài phạm vi quản trị của bạn."))
    new = _continued(row, to, ends_on)
    _close(row, ends_on)
    if new is not None:
        new.save()
    _delegations(row, to, ends_on)
    event = PostMoved(
        was_post=post.pk,
        was_agency=post.agency_id,
        post=new.pk if new else None,
        person=post.person_id,
        agency=to,
        role=post.role,
        on=ends_on,
        decision=agencies.ending_decision(post.agency_id),
    )
    journal.record(event, stream=f"people.person:{post.person_id}", by=by, at=at)


def _continued(row: Post, to: int, ends_on: date) -> Post | None:
    """The post in the new place; none is needed where the person holds that role there already."""
    during = DateRange(max(row.during.lower, ends_on), row.during.upper)
    held = Post.objects.filter(person=row.person_id, agency=to, role=row.role)
    if held.filter(during__overlap=during).exists():
        return None
    decision = agencies.ending_decision(row.agency_id)[:200] or row.decision
    return Post(
        person_id=row.person_id,
        agency_id=to,
        role=row.role,
        title=row.title,
        unit=row.unit,
        during=during,
        decision=decision,
    )


def _close(row: Post, ends_on: date) -> None:
    """The old post ends with the agency; one that would only have begun after its end never was."""
    if row.during.lower >= ends_on:
        row.delete()
        return
    row.during = DateRange(row.during.lower, ends_on)
    row.save(update_fields=["during"])


def _delegations(row: Post, to: int, ends_on: date) -> None:
    """Who acts for this person in this role goes on doing so, for the days that were left."""
    given = Delegation.objects.select_for_update(of=("self",)).filter(
        giver=row.person_id, agency=row.agency_id, role=row.role, revoked_at=None, during__overlap=(ends_on, None)
    )
    for one in given.order_by("pk"):
        during = DateRange(max(one.during.lower, ends_on), one.during.upper)
        if one.during.lower >= ends_on:
            one.agency_id = to
            one.save(update_fields=["agency"])
            continue
        one.during = DateRange(one.during.lower, ends_on)
        one.save(update_fields=["during"])
        one.pk, one.agency_id, one.during = None, to, during
        one.save(force_insert=True)


def _reaches(by: Actor, to: int, *, day: date) -> bool:
    """An administrator takes people into the own agency and those under it, from whatever these took over."""
    return by is SYSTEM or by.agency is None or to in agencies.subtree_ids(by.agency, day)
