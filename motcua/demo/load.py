"""The living province: agencies, calendar, procedures, people, a year of dossiers, full desks. Loaded once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from time import monotonic
from typing import Final

from django.db import transaction

from motcua.base import files
from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM, day_of
from motcua.demo import alerts, directives, inboxes, indices, investments, publications, sheets
from motcua.demo.applications import Applications
from motcua.demo.hours import Hours
from motcua.demo.inboxes import Desks
from motcua.demo.play import play
from motcua.demo.province import Cast, Casting
from motcua.demo.year import Year
from motcua.dossiers.actions import bulk, save_draft
from motcua.dossiers.actions.bulk import History
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel
from motcua.measures import actions as measures
from motcua.notifications.actions import mark_old_read
from motcua.organisations import actions as agencies
from motcua.procedures import actions as procedures
from motcua.workdays import actions as workdays
from motcua.workdays import queries as calendars

DOSSIERS: Final = 5000
SEED: Final = 20250701
LATELY: Final = timedelta(days=35)
"""What reached the three liveliest offices since then is told by the actions themselves."""
ORDINARY_LATELY: Final = 70
NEWS: Final = timedelta(days=3)
"""Lines in the app that are older have been read."""
Say = Callable[[str], None]


@dataclass
class Loaded:
    """What was loaded, for people and programs."""

    already: bool = False
    dossiers: int = 0
    by_actions: int = 0
    seconds: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "already": self.already,
            "dossiers": self.dossiers,
            "by_actions": self.by_actions,
            "seconds": round(self.seconds, 1),
            "statuses": self.statuses,
        }


def load(*, now: datetime, dossiers: int = DOSSIERS, say: Say = lambda _text: None) -> Loaded:
    """Load the province as of that moment; where there are dossiers already, nothing is changed."""
    if Dossier.objects.exists():
        return Loaded(already=True, statuses=_statuses())
    begun = monotonic()
    with transaction.atomic():
        by_actions, workbench = _load(now.astimezone(VIET_NAM), dossiers, say)
    say("Số liệu của năm …")
    measures.fold_all(at=now)  # only what is committed can be folded; the first page of figures need not wait for it
    workbench.lay_figures()
    alerts.load(now=now)
    publications.load(now=now)
    statuses = _statuses()
    return Loaded(
        dossiers=sum(statuses.values()), by_actions=by_actions, seconds=monotonic() - begun, statuses=statuses
    )


def _load(now: datetime, dossiers: int, say: Say) -> tuple[int, indices.Workbench]:
    random = Random(SEED)  # noqa: S311  the same province each time; nothing secret is drawn
    begin = now - timedelta(days=400)
    say("Cơ quan, lịch làm việc, thủ tục …")
    agencies.load_fixture(by=SYSTEM, at=begin)
    workdays.seed_holidays(by=SYSTEM, at=begin)
    procedures.load_fixture(by=SYSTEM, at=begin)
    say("Cán bộ và người dân …")
    cast = Casting(random, today=day_of(now), at=begin).everybody()
    scans = [files.keep(pdf, name=name, media_type="application/pdf", at=begin).pk for name, pdf in sheets.scans()]
    office_hours = Hours(
        calendars.calendar_of(None, day_of(now)), day_of(now) - timedelta(days=410), day_of(now) + timedelta(days=200)
    )
    applications = Applications(random, cast, scans=scans, today=day_of(now))
    year = Year(random, cast, applications, office_hours, now=now)
    desks = Desks(random, applications, office_hours, now=now)
    lively = _lively(year, desks, cast, part=min(1.0, dossiers / 2000))
    say(f"{dossiers - len(lively):,} hồ sơ của một năm …".replace(",", "."))
    quiet = {one.authority: now - LATELY for one in (*cast.communes[:2], cast.departments[0])}
    past = list(year.histories(dossiers - len(lively), quiet=quiet))
    for start in range(0, len(past), 2000):
        bulk.write(past[start : start + 2000])
    say(f"{len(lively)} hồ sơ trên bàn làm việc hôm nay …")
    play(lively)
    _drafts(cast, applications, now)
    say("Văn bản chỉ đạo và nhiệm vụ của một năm …")
    directives.load(cast, now=now, many=max(72, min(300, dossiers // 10)))
    investments.load(cast, now=now, many=max(12, min(investments.PROJECTS, dossiers // 50)))
    workbench = indices.load(cast, now=now, say=say)
    mark_old_read(before=now - NEWS, at=now)
    return len(lively), workbench


def _lively(year: Year, desks: Desks, cast: Cast, *, part: float) -> list[History]:
    """Everything that is told by the actions: the desks of the printed sign-ins, and some ordinary days around them."""
    main, second, department = cast.communes[0], cast.communes[1], cast.departments[0]
    found = list(desks.piles(main, inboxes.COMMUNE_PILES, part=part))
    found += desks.piles(second, inboxes.COMMUNE_PILES, part=0.5 * part)
    found += desks.piles(department, inboxes.DEPARTMENT_PILES, part=part)
    for office, count in ((main, 8), (second, 5)):
        found += desks.new(
            office, (inboxes.SHOP, inboxes.HOUSE, inboxes.BIRTH), round(count * part) or 1, Channel.ONLINE
        )
        found += desks.new(office, (inboxes.ALLOWANCE, inboxes.SINGLE), 2, Channel.POST)
    found += inboxes.of_citizen(desks, cast)
    found += year.lately([main, second, department], round(ORDINARY_LATELY * part), since=year.now - LATELY)
    return found


def _drafts(cast: Cast, applications: Applications, now: datetime) -> None:
    """Two half-filled forms of the printed citizen."""
    person, office = cast.citizens[0], cast.communes[0]
    for code, hours_ago in (("1.013225", 3), ("1.001193", 50)):
        offer = applications.offer(code, Channel.ONLINE, day_of(now))
        save_draft(
            None,
            person=person.pk,
            procedure_code=code,
            case_code=offer.case_code,
            agency=office.authority,
            at=now - timedelta(hours=hours_ago),
            answers={},
        )


def _statuses() -> dict[str, int]:
    return dict(sorted(Counter(Dossier.objects.values_list("status", flat=True)).items()))
