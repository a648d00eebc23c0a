"""Drafts that nobody goes on with: the owner is told in time, then they go, with the files that only they had."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from motcua.base import files
from motcua.base.clock import VIET_NAM, day_of
from motcua.base.refs import Ref
from motcua.dossiers import rules
from motcua.dossiers.models import Draft
from motcua.notifications import actions as notifications
from motcua.notifications.models import Message
from motcua.people.models import Person
from motcua.procedures import queries as procedures

BATCH = 200
TOLD = "dossiers.draft_ending"


def warn_owners(*, at: datetime) -> int:
    """Tell the owners of drafts that end soon, once for each time a draft was left lying; returns how many were told."""
    keeping = rules.draft_keeping(day_of(at))
    lying = Draft.objects.filter(dossier=None, changed_at__lt=_days_before(at, keeping.days - keeping.notice - 1))
    told = 0
    for draft in lying.order_by("pk").iterator(chunk_size=BATCH):
        told += _warn(draft, at=at)
    return told


@transaction.atomic
def _warn(draft: Draft, *, at: datetime) -> bool:
    locked = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, changed_at=draft.changed_at).first()
    if locked is None or _told(locked) is not None:
        return False
    name = _name(locked, day_of(at))
    last = max(_last_day(locked), day_of(at) + timedelta(days=rules.draft_keeping(day_of(at)).notice))
    path = reverse("dossiers:mine")
    notifications.tell(
        Person.objects.get(pk=locked.person_id),
        subject=f"Bản nháp “{name[:120]}” giữ đến hết ngày {last:%d/%m/%Y}",
        body=f"Bản nháp này lưu lần cuối ngày {day_of(locked.changed_at):%d/%m/%Y} và chưa nộp. Sau ngày {last:%d/%m/%Y}, bản nháp và "
        f"tệp kèm theo được xóa. Muốn giữ: mở bản nháp rồi lưu lại.\n\n{settings.SITE_URL}{path}",
        about=_ref(locked),
        at=at,
        url=path,
        template=TOLD,
    )
    return True


def sweep_drafts(*, at: datetime) -> int:
    """Remove drafts past their last day whose owners were told, and copies of what was handed in long ago."""
    keeping = rules.draft_keeping(day_of(at))
    old = Draft.objects.filter(changed_at__lt=_days_before(at, keeping.days)).order_by("pk")
    gone, last = 0, 0
    while numbers := list(old.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        gone += _sweep(numbers, at=at)
        last = numbers[-1]
    return gone


@transaction.atomic
def _sweep(numbers: list[int], *, at: datetime) -> int:
    keeping = rules.draft_keeping(day_of(at))
    since = _days_before(at, keeping.days)
    rows = Draft.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=numbers, changed_at__lt=since)
    ending = [one for one in rows.order_by("pk") if one.dossier_id is not None or _was_told(one, keeping.notice, at)]
    Draft.objects.filter(pk__in=[one.pk for one in ending]).delete()
    others = Draft.objects.filter(person__in={one.person_id for one in ending})
    files.drop(_files_of(ending) - _files_of(others))
    return len(ending)


@files.held_by
def held_by_drafts(numbers: Collection[int]) -> set[int]:
    """Which of these files a draft still names: a draft lists them by number and has no foreign key."""
    named: set[int] = set()
    for draft in Draft.objects.exclude(files={}).only("files").order_by("pk").iterator(chunk_size=BATCH):
        named |= _files_of([draft])
    return named & set(numbers)


def _files_of(drafts: Iterable[Draft]) -> set[int]:
    return {int(number) for one in drafts for numbers in one.files.values() for number in numbers}


def _told(draft: Draft) -> datetime | None:
    """When the owner was last told since the draft was left lying."""
    about = Message.objects.filter(about=str(_ref(draft)), template=TOLD, created_at__gt=draft.changed_at)
    moment: datetime | None = about.order_by("-created_at").values_list("created_at", flat=True).first()
    return moment


def _was_told(draft: Draft, notice: int, at: datetime) -> bool:
    told = _told(draft)
    return told is not None and day_of(at) > day_of(told) + timedelta(days=notice)


def _last_day(draft: Draft) -> date:
    return rules.draft_ends_on(day_of(draft.changed_at))


def _name(draft: Draft, day: date) -> str:
    version = procedures.published(day).filter(procedure__code=draft.procedure_code).first()
    return draft.procedure_code if version is None else version.plain_name or version.name


def _ref(draft: Draft) -> Ref:
    return Ref("dossiers.draft", draft.reference)


def _days_before(at: datetime, days: int) -> datetime:
    """The beginning of the day so many days before."""
    return datetime.combine(day_of(at) - timedelta(days=days), time.min, VIET_NAM)
