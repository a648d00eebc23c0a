"""Projects become known, and their facts are put right by a document."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import sort_key, squeeze, unaccented
from motcua.investments import queries, rules
from motcua.investments.events import ProjectAdded, ProjectAmended
from motcua.investments.models import Project
from motcua.investments.rules import ProjectWish
from motcua.investments.terms import Act
from motcua.organisations import queries as agencies
from motcua.organisations.terms import Level

FACTS = ("name", "investor_id", "locality_id", "group", "field", "total_vnd", "first_year", "last_year")


@transaction.atomic
def add_project(wish: ProjectWish, *, by: Actor, at: datetime) -> Project:
    """Enter a project with its investment decision."""
    demand(Act.KEEP, by=by, at=at)
    wish = _clean(wish)
    found = rules.project_objections(wish, day_of(at)) + _agency_objections(wish, day_of(at))
    if Project.objects.filter(code=wish.code).exists():
        found.append(_("Đã có dự án mang mã %(code)s.") % {"code": wish.code})
    if found:
        raise Refused(found)
    project = Project(code=wish.code, decision=wish.decision, decided_on=wish.decided_on, added_at=at)
    _put(project, wish)
    project.save(force_insert=True)
    event = ProjectAdded(
        project=project.pk,
        code=wish.code,
        investor=wish.investor,
        locality=wish.locality,
        group=wish.group.value,
        field=wish.field.value,
        total_vnd=wish.total_vnd,
        decision=wish.decision,
    )
    journal.record(event, stream=project.stream, by=by, at=at)
    return project


@transaction.atomic
def amend_project(project: Project, wish: ProjectWish, *, document: str, by: Actor, at: datetime) -> list[str]:
    """Change facts of a project by a document (the code and the first decision stay); says which facts changed."""
    project.refresh_from_db(from_queryset=Project.objects.select_for_update(of=("self",)))
    demand(Act.KEEP, by=by, at=at)
    wish = replace(_clean(wish), code=project.code, decision=project.decision, decided_on=project.decided_on)
    found = rules.project_objections(wish, day_of(at)) + _agency_objections(wish, day_of(at))
    if not squeeze(document):
        found.append(_("Ghi văn bản làm căn cứ thay đổi."))
    if found:
        raise Refused(found)
    before = {name: getattr(project, name) for name in FACTS}
    _put(project, wish)
    changed = [name for name in FACTS if getattr(project, name) != before[name]]
    if changed:
        project.save(update_fields=[*changed, "sort_key", "search"])
        event = ProjectAmended(
            project=project.pk, fields=tuple(changed), investor=wish.investor, document=squeeze(document)[:200]
        )
        journal.record(event, stream=project.stream, by=by, at=at)
    return changed


def demand(act: Act, *, by: Actor, at: datetime, project: Project | None = None) -> None:
    """Refuse whoever may not do this today."""
    if found := rules.objections(act, queries.situation(by, at, project)):
        raise Refused(found)


def _clean(wish: ProjectWish) -> ProjectWish:
    return replace(wish, code=squeeze(wish.code), name=squeeze(wish.name), decision=squeeze(wish.decision)[:200])


def _agency_objections(wish: ProjectWish, today: date) -> list[str]:
    found = []
    if agencies.version_on(wish.investor, today) is None:
        found.append(_("Chủ đầu tư này không còn hoạt động hôm nay."))
    if wish.locality is not None:
        place = agencies.version_on(wish.locality, today)
        if place is None or place.level is not Level.COMMUNE:
            found.append(_("Địa bàn là một xã, phường, đặc khu; dự án trên nhiều xã thì để trống."))
    return found


def _put(project: Project, wish: ProjectWish) -> None:
    project.name, project.group, project.field = wish.name, wish.group.value, wish.field.value
    project.investor_id, project.locality_id = wish.investor, wish.locality
    project.total_vnd, project.first_year, project.last_year = wish.total_vnd, wish.first_year, wish.last_year
    project.sort_key = sort_key(wish.name)
    project.search = f"{unaccented(wish.name)} {project.code.lower()}"
