"""The last months and the last quarter as the province published them, one of them corrected since.

With them go the counts of QĐ 766 that another system tells the province, also for the periods under way."""

from datetime import date, datetime, time, timedelta
from typing import Final

from motcua.base.actors import Actor
from motcua.base.clock import VIET_NAM, day_of
from motcua.demo import counts766
from motcua.measures import actions
from motcua.measures.queries.publications import content_of
from motcua.measures.rules.periods import Period
from motcua.measures.rules.publishing import figures_hash
from motcua.organisations import queries as agencies
from motcua.organisations.rules import Version
from motcua.people import queries as people
from motcua.people.terms import Role

TITLE: Final = "Bổ sung số đếm thanh toán trực tuyến"
REASON: Final = "Cổng Dịch vụ công quốc gia gửi số đếm thanh toán của tháng sau ngày tỉnh chốt số liệu."


def load(*, now: datetime) -> int:
    """Three months and the quarter before now, each published some days after its end; the middle month corrected."""
    today = day_of(now)
    top = agencies.by_code("H48", today)
    assert top is not None, "the fixture of agencies is loaded"
    by = _controller(top, today)
    months = _months_before(today, 3)
    late, own = months[1], tuple(one for one in counts766.SORTS if one not in counts766.PAYMENT)
    for period in (*months, _quarter_before(today)):
        at = min(datetime.combine(period.last + timedelta(days=5), time(9), VIET_NAM), now)
        counts766.load(period, top, own if period == late else tuple(counts766.SORTS), by=by, at=at)
        _publish(period, top, by=by, at=at)
    counts766.load(late, top, counts766.PAYMENT, by=by, at=now)
    _publish(late, top, by=by, at=now, title=TITLE, reason=REASON)
    for period in _under_way(today):
        counts766.load(period, top, own if period.months == 1 else tuple(counts766.SORTS), by=by, at=now)
    return len(months) + 2


def _publish(period: Period, top: Version, *, by: Actor, at: datetime, **words: str) -> None:
    seen = figures_hash(content_of(top, period, at=at))
    actions.publish(period, top=top, seen=seen, by=by, at=at, **words)


def _months_before(today: date, count: int) -> list[Period]:
    found: list[Period] = []
    first = today.replace(day=1)
    for _each in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
        found.insert(0, Period.parse(f"{first:%Y-%m}"))
    return found


def _quarter_before(today: date) -> Period:
    last = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1) - timedelta(days=1)
    return Period.parse(f"{last.year}-Q{(last.month + 2) // 3}")


def _under_way(today: date) -> list[Period]:
    texts = (f"{today:%Y-%m}", f"{today.year}-Q{(today.month + 2) // 3}", f"{today.year}")
    return [Period.parse(one) for one in texts]


def _controller(top: Version, day: date) -> Actor:
    person = people.holders(agency=top.agency, roles=[Role.CONTROLLER], day=day).first()
    assert person is not None, "the cast has a controller of the province"
    return person.actor(agency=top.agency, roles=frozenset({Role.CONTROLLER.value}))
