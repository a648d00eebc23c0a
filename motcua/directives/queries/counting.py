"""How tasks are counted as of a day: which rows of days hold, which column each belongs to, what the tallies say of the closed."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Sum, Value, When
from django.db.models import Count as CountOf

from motcua.directives.models import ClosedTally, ClosingTally, Grain, TaskSpan
from motcua.directives.terms import OPEN, Field, GivenBy, Standing, Status


@dataclass(frozen=True, kw_only=True)
class ReportSpec:
    """What a report is asked about: as of which day, given when, by whom, to whom. None narrows nothing."""

    root: int
    as_of: date
    today: date
    given_from: date | None = None
    given_until: date | None = None
    givers: frozenset[int] | None = None
    leads: frozenset[int] | None = None
    field: Field | None = None
    given_by: GivenBy | None = None
    directive: int | None = None
    follower: int | None = None
    assignee: int | None = None


@dataclass(frozen=True)
class Sums:
    """One line of the report; what was given is always the sum of the other four."""

    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    cancelled: int = 0
    """Taken back; not among what was given."""
    undated: int = 0
    """Among those still open in time: without a deadline, or put off."""

    @property
    def given(self) -> int:
        """Tổng số nhiệm vụ giao."""
        return self.done + self.open

    @property
    def done(self) -> int:
        """Hoàn thành."""
        return self.done_in_time + self.done_late

    @property
    def open(self) -> int:
        """Chưa hoàn thành."""
        return self.open_in_time + self.open_late

    @property
    def on_time_share(self) -> Decimal | None:
        """Tỷ lệ đúng hạn, per cent with one decimal: done in time of those whose word is spoken or whose day has passed."""
        due = self.done + self.open_late
        if not due:
            return None
        return (Decimal(100 * self.done_in_time) / due).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def spans_of(spec: ReportSpec) -> QuerySet[TaskSpan]:
    """The rows of days that hold on the day asked for."""
    rows = TaskSpan.objects.filter(root=spec.root, top=True)
    if spec.as_of >= spec.today:
        rows = rows.filter(during__endswith__isnull=True)  # the rows without an end are the rows of today
    else:
        rows = rows.filter(during__contains=spec.as_of)
    if spec.given_from is not None:
        rows = rows.filter(given_on__gte=spec.given_from)
    if spec.given_until is not None:
        rows = rows.filter(given_on__lte=spec.given_until)
    if spec.givers is not None:
        rows = rows.filter(giver__in=spec.givers)
    if spec.leads is not None:
        rows = rows.filter(lead__in=spec.leads)
    exact = {
        name: value
        for name in ("field", "given_by", "directive", "follower", "assignee")
        if (value := getattr(spec, name)) is not None
    }
    return rows.filter(**exact)


def condition(standing: Standing, as_of: date) -> Q:
    """The rows of one column; the same decision as `rules.standing`, in the words of the database."""
    done, cancelled = Q(status=Status.DONE), Q(status=Status.CANCELLED)
    done_late = Q(reported_on__gt=F("due_on"))
    open_late = Q(status=Status.REPORTED, reported_on__gt=F("due_on")) | Q(
        status__in=[one for one in OPEN if one not in (Status.REPORTED, Status.SUSPENDED)], due_on__lt=as_of
    )
    match standing:
        case Standing.CANCELLED:
            return cancelled
        case Standing.DONE_LATE:
            return done & done_late
        case Standing.DONE_IN_TIME:
            return done & (Q(due_on__isnull=True) | Q(reported_on__lte=F("due_on")))
        case Standing.OPEN_LATE:
            return Q(status__in=OPEN) & open_late
        case Standing.OPEN_IN_TIME:
            in_time = Q(due_on__isnull=True) | Q(status=Status.SUSPENDED)
            in_time |= Q(status=Status.REPORTED, reported_on__lte=F("due_on"))
            in_time |= ~Q(status=Status.REPORTED) & Q(due_on__gte=as_of)
            return Q(status__in=OPEN) & in_time


def _standing(as_of: date, *, open_only: bool) -> Case:
    """Each row's column, decided once for each row; what is open is late or it is not."""
    if open_only:
        late = When(condition(Standing.OPEN_LATE, as_of), then=Value(str(Standing.OPEN_LATE)))
        return Case(late, default=Value(str(Standing.OPEN_IN_TIME)), output_field=CharField())
    return Case(*(When(condition(one, as_of), then=Value(str(one))) for one in Standing), output_field=CharField())


def summed(spec: ReportSpec, column: str | None = None) -> dict[Any, Sums]:
    """All rows counted in one pass; the closed ones come from their tallies where these know them, which is the same."""
    found: dict[Any, Counter[str]] = {}
    rows = spans_of(spec)
    if open_only := tallied(spec, column):
        for key, counts in _closed(spec, column):
            found.setdefault(key, Counter()).update(counts)
        rows = rows.filter(status__in=OPEN)
    counted = (
        rows.order_by()
        .annotate(of=_standing(spec.as_of, open_only=open_only), open_ended=Q(status__in=OPEN, due_on__isnull=True))
        .values_list(*([column] if column else []), "of", "open_ended")
        .annotate(count=CountOf("*"))
    )
    for *keys, standing, open_ended, count in counted:
        counter = found.setdefault(keys[0] if keys else None, Counter())
        counter[standing] += count
        counter["undated"] += count if open_ended else 0
    return {key: Sums(**counter) for key, counter in found.items()}


def tallied(spec: ReportSpec, column: str | None) -> bool:
    """Whether the tallies of closed tasks answer: by what they know, of any day; what was given when, of today and by months."""
    narrow = (spec.directive, spec.follower, spec.assignee)
    if column not in (None, "lead", "field", "given_by") or any(one is not None for one in narrow):
        return False
    if spec.given_from is None and spec.given_until is None:
        return True
    whole_months = (spec.given_from is None or spec.given_from.day == 1) and (
        spec.given_until is None or (spec.given_until + timedelta(days=1)).day == 1
    )
    return spec.as_of >= spec.today and whole_months


def _closed(spec: ReportSpec, column: str | None) -> list[tuple[Any, dict[str, int]]]:
    rows = _closed_by_day(spec) if spec.given_from is None and spec.given_until is None else _closed_by_month(spec)
    if spec.givers is not None:
        rows = rows.filter(giver__in=spec.givers)
    if spec.leads is not None:
        rows = rows.filter(lead__in=spec.leads)
    exact = {name: value for name, value in (("field", spec.field), ("given_by", spec.given_by)) if value is not None}
    rows = rows.filter(**exact)
    sums = {
        str(Standing.DONE_IN_TIME): Sum("in_time"),
        str(Standing.DONE_LATE): Sum("late"),
        str(Standing.CANCELLED): Sum("cancelled"),
    }
    if column is None:
        return [(None, {name: value or 0 for name, value in rows.aggregate(**sums).items()})]
    return [(row.pop(column), row) for row in rows.order_by().values(column).annotate(**sums)]


def _closed_by_month(spec: ReportSpec) -> QuerySet[Any]:
    """Closed by today, by the month they were given in."""
    rows = ClosedTally.objects.filter(root=spec.root)
    if spec.given_from is not None:
        rows = rows.filter(month__gte=spec.given_from)
    if spec.given_until is not None:
        rows = rows.filter(month__lte=spec.given_until)
    return rows


def _closed_by_day(spec: ReportSpec) -> QuerySet[Any]:
    """Closed by the day asked for: whole years, then the months of its year, then the days of its month."""
    rows = ClosingTally.objects.filter(root=spec.root)
    if spec.as_of >= spec.today:
        return rows.filter(grain=Grain.EVER)
    month = spec.as_of.replace(day=1)
    year = month.replace(month=1)
    return rows.filter(
        Q(grain=Grain.YEAR, since__lt=year)
        | Q(grain=Grain.MONTH, since__gte=year, since__lt=month)
        | Q(grain=Grain.DAY, since__gte=month, since__lte=spec.as_of)
    )
