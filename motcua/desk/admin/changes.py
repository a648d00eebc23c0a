"""What was changed in calendars, by whom, in words; and the one change that needs its values turned."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.models import Entry
from motcua.desk.admin.forms import WEEKDAYS
from motcua.people.models import Person
from motcua.ui.words import short
from motcua.workdays import actions
from motcua.workdays.terms import Comparison, DayKind

__all__ = ["WEEKDAYS", "calendar_changes", "set_clock"]
MOST: Final = 12


class Told(NamedTuple):
    """One line of the history, ready for `{% timeline %}`."""

    title: str
    when: str
    text: str
    icon: str = "calendar-days"
    state: str = ""
    url: str = ""
    link: str = ""


def calendar_changes(agency: int | None) -> list[Told]:
    """The last changes of one calendar, newest first, from the journal."""
    entries = list(Entry.objects.filter(stream=f"workdays.calendar:{agency or 0}").order_by("-seq")[:MOST])
    names = dict(Person.objects.filter(pk__in={one.by for one in entries if one.by}).values_list("pk", "full_name"))
    return [
        Told(_title(one), short(one.at), " · ".join(filter(None, [names.get(one.by or 0, ""), _document(one)])))
        for one in entries
    ]


def set_clock(facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """The length of a working day and the comparison, as typed."""
    actions.set_clock(
        facts["since"],
        hours_per_day=facts["hours_per_day"],
        comparison=Comparison(facts["comparison"]),
        document=facts["document"],
        by=by,
        at=at,
    )


def _title(entry: Entry) -> str:
    facts = entry.facts
    match entry.name.rpartition(".")[2]:
        case "DaySet":
            kind = DayKind(facts["kind"]).label
            return _("%(day)s là %(kind)s: %(name)s") % {"day": _day(facts["day"]), "kind": kind, "name": facts["name"]}
        case "DayRemoved":
            return _("Bỏ %(day)s: %(name)s") % {"day": _day(facts["day"]), "name": facts["name"]}
        case "OfficeHoursSet":
            return _("Giờ làm việc mới từ %(day)s") % {"day": _day(facts["since"])}
        case "ClockSet":
            return _("Cách tính giờ mới từ %(day)s") % {"day": _day(facts["since"])}
        case "HolidaysSeeded":
            return _("Ghi lịch nghỉ cả nước %(first)s–%(last)s") % {
                "first": facts["first_year"],
                "last": facts["last_year"],
            }
        case other:
            return other


def _document(entry: Entry) -> str:
    return str(entry.facts.get("document", ""))


def _day(text: str) -> str:
    found = parse_date(str(text)[:10])
    return f"{found:%d/%m/%Y}" if found else str(text)
