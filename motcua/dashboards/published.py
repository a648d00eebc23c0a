"""A published period as the pages, files and checks show it: plain rows from the signed text."""

import csv
import io
import re
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.dashboards import asking
from motcua.measures.models import Publication
from motcua.measures.queries import publications
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.national import national_sets
from motcua.measures.rules.publishing import FIRST, SET, Change, Content, changes, content_in
from motcua.measures.terms import Genuine, Unit
from motcua.ui import words

OF_EACH: Final = ("received", "handled", "handled_in_time_share", "overdue")
"""What the page shows of every unit; the file has more."""


class Line(NamedTuple):
    """One figure as it was published."""

    code: str
    name: str
    value: str
    behind: str


class Changed(NamedTuple):
    """One value that a revision changed, by the names people know."""

    where: str
    what: str
    before: str
    after: str


class Shown(NamedTuple):
    """One publication, read back."""

    publication: Publication
    content: Content
    finding: Genuine
    lines: list[Line]
    changed: list[Changed]

    @property
    def heading(self) -> str:
        """First publishing, or the name of the correction."""
        return title_of(self.publication)

    @property
    def units(self) -> list["UnitLine"]:
        """Each unit with the figures that units are compared by."""
        return [
            UnitLine(
                one["code"],
                one["name"],
                [_told(code, one["figures"][code]["value"]) for code in OF_EACH if code in one["figures"]],
                _points_of(one.get("set766")),
            )
            for one in self.content["units"]
        ]

    @property
    def total(self) -> str:
        """The points of the index set."""
        return points(self.content["set766"]["total"])

    @property
    def most(self) -> str:
        """Out of how many that were measured."""
        return points(self.content["set766"]["measurable_max"])

    @property
    def components(self) -> list["Component"]:
        """The components of the index set; no score where nothing is measured."""
        return components_of(self.content["set766"])


class UnitLine(NamedTuple):
    """One unit in the comparison of a publication."""

    code: str
    name: str
    values: list[str]
    points: str
    """Of the index set, out of what is measured."""


def _points_of(scored: Content | None) -> str:
    return f"{points(scored['total'])} / {points(scored['measurable_max'])}" if scored else ""


def unit_in(content: Content, code: str) -> Content | None:
    """What was published of the unit that bears the code."""
    return next((one for one in content["units"] if one["code"] == code), None)


def components_of(scored: Content | None) -> list["Component"]:
    """The components of an index set as they were published; none where no set was in force."""
    return [_component(one) for group in scored["groups"] for one in group["components"]] if scored else []


class Component(NamedTuple):
    """One component of the index set as it was published."""

    name: str
    counted: str
    score: str
    most: str


def _component(one: Content) -> Component:
    counted = ""
    if one["numerator"] is not None:
        counted = f"{words.whole(one['numerator'])} / {words.whole(one['denominator'])}"
    score = "" if one["score"] is None else points(one["score"])
    return Component(_name_766(one["code"]), counted, score, points(one["max"]))


def points(text: str) -> str:
    """Points as the pages write them."""
    return words.decimal_words(Decimal(text))


def _name_766(code: str) -> str:
    known = (one.component(code) for one in national_sets())
    return next((str(one.name) for one in known if one is not None), code)


def title_of(one: Publication) -> str:
    """What a publication is called."""
    return one.title or _("Công bố lần đầu")


def shown(one: Publication, before: Publication | None) -> Shown:
    """The publication with its figures and what it changed against the one before."""
    content = content_in(one.content)
    moved = changes(content_in(before.content), content) if before else []
    return Shown(one, content, publications.prove(one), lines(content["province"]), named(moved))


def lines(unit: Content) -> list[Line]:
    """The figures of a unit in the words of the pages."""
    return [
        Line(code, _name(code), _told(code, one["value"]), _behind(code, one)) for code, one in unit["figures"].items()
    ]


def _name(code: str) -> str:
    return str(MEASURES[code].name) if code in MEASURES else code


def _told(code: str, text: str | None) -> str:
    if text is None:
        return "–"
    value = Decimal(text)
    match MEASURES[code].unit if code in MEASURES else None:
        case Unit.PER_CENT:
            return f"{words.decimal_words(value)}%"
        case Unit.HOURS:
            return words.hours(value)
        case Unit.VND:
            return words.money(value)
        case _:
            return words.decimal_words(value)


def _behind(code: str, one: Content) -> str:
    sides = asking.sides(MEASURES[code], one["numerator"], one["denominator"]) if code in MEASURES else ""
    return " ".join(each for each in (sides, one.get("validity", "")) if each)


def named(moved: list[Change]) -> list[Changed]:
    """The changes with names instead of codes."""
    return [
        Changed(
            _("Bộ chỉ số 766") if one.where == SET else one.where,
            _called(one),
            _as_written(one.before),
            _as_written(one.after),
        )
        for one in moved
    ]


def _as_written(text: str) -> str:
    """The numbers in it as the language of the page writes them."""
    return re.sub(r"\d+(\.\d+)?", lambda found: words.decimal_words(Decimal(found[0])), text)


def _called(one: Change) -> str:
    if one.what in MEASURES:
        return _name(one.what)
    name = _("Tổng điểm") if one.what == "TOTAL" else _name_766(one.what)
    return name if one.where == SET else _("Bộ chỉ số 766: %(name)s") % {"name": name}


def file_name(one: Publication) -> str:
    """What a file of the publication is called, without its ending."""
    revision = "" if one.revision == FIRST else f".{one.revision}"
    return f"motcua-{one.period}{revision}"


COLUMNS = ("period", "revision", "unit_code", "unit_name", "unit_level", "code", "value", "numerator", "denominator")


def as_csv(one: Publication) -> str:
    """The figures as a table: the province, its units, and the components of the index set."""
    content = content_in(one.content)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    head: tuple[Any, ...] = (one.period, one.revision)
    for unit, scored in [
        (content["province"], content["set766"]),
        *((one, one.get("set766")) for one in content["units"]),
    ]:
        who = (unit["code"], unit["name"], unit["level"])
        for code, each in unit["figures"].items():
            writer.writerow((*head, *who, code, *(_cell(each[name]) for name in ("value", "numerator", "denominator"))))
        for group in (scored or {"groups": ()})["groups"]:
            for each in group["components"]:
                values = (_cell(each[name]) for name in ("score", "numerator", "denominator"))
                writer.writerow((*head, *who, f"QD766.{each['code']}", *values))
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> Any:
    return "" if value is None else value
