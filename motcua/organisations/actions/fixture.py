"""The agencies of Quảng Ngãi as a plan of decisions: as of 1/1/2025, the departments of 1/3, the merger of 1/7."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.db import transaction

from motcua.base.actors import Actor
from motcua.organisations.actions import bulk
from motcua.organisations.models import AgencyVersion
from motcua.organisations.rules import (
    New,
    Step,
    abolishing,
    full_territorial_name,
    merging,
    office_of,
    opening,
    renaming,
    splitting,
    transferring,
)
from motcua.organisations.terms import Kind

FILE: Final = Path(__file__).resolve().parent.parent / "fixtures" / "quang_ngai.json"

Facts = dict[str, Any]


class Loaded(NamedTuple):
    """What a load did; nothing when the province was there already."""

    agencies: int
    decisions: int


@transaction.atomic
def load_fixture(*, by: Actor, at: datetime) -> Loaded:
    """Load the real agencies of Quảng Ngãi, once; a second load changes nothing."""
    facts = read()
    codes = {code for one in facts["provinces"] for code in (one.get("code"), one["code_before"]) if code}
    if AgencyVersion.objects.filter(code__in=codes).exists():
        return Loaded(0, 0)
    made = bulk.make(plan(facts), by=by, at=at)
    return Loaded(len(made.agencies), made.decisions)


def read() -> Facts:
    """The facts as they stand in the file."""
    found: Facts = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def plan(facts: Facts) -> Iterator[Step]:
    """All decisions in the order in which they can be carried out."""
    yield from _before(facts)
    yield from _departments_of_march(facts)
    yield from _departments_of_july(facts)
    yield from _communes_of_july(facts)
    yield from _end_of_districts_and_of_a_province(facts)
    yield from _units_of_july(facts)


def key_of_commune(place_code: str) -> str:
    """Under which key the plan knows a commune of today."""
    return f"commune/{place_code}"


def _before(facts: Facts) -> Iterator[Step]:
    """Three levels, two provinces, as recorded on the first day of our list."""
    on, decision = _day(facts, "recorded_from"), facts["decisions"]["recorded"]
    for one in facts["provinces"]:
        new = _territory(
            one, Kind.PROVINCE, key=_province(one["place_code"]), parent=None, code=one["code_before"], ours=False
        )
        yield opening(new, on=on, decision=decision)
    for one in facts["departments_before"]:
        yield opening(_department(one, key=one["key"], parent=_province(one["province"])), on=on, decision=decision)
    for one in facts["centres"]:
        office = f"{one['key']}/Văn phòng Ủy ban nhân dân tỉnh"
        new = _unit(one, Kind.SERVICE_CENTRE, key=f"centre/{one['key']}", parent=office, code=one["code_before"])
        yield opening(new, on=on, decision=decision)
    for one in facts["districts"]:
        parent = _province(one["province"])
        yield opening(
            _territory(one, Kind(one["kind"]), key=_district(one["place_code"]), parent=parent, code=one["code"]),
            on=on,
            decision=decision,
        )
    for one in facts["communes_before"]:
        parent = _district(one["district"])
        yield opening(
            _territory(one, Kind(one["kind"]), key=_old(one["place_code"]), parent=parent, code=one["code"]),
            on=on,
            decision=decision,
        )


def _departments_of_march(facts: Facts) -> Iterator[Step]:
    """In each province several departments become one, or one takes another name; some only go on."""
    on = _day(facts, "departments_reorganised_on")
    old = {one["key"]: one for one in facts["departments_before"]}
    for province, decision in facts["decisions"]["departments"].items():
        for one in facts["departments"]:
            made_of = one["made_of"][province]
            takes_another_name = len(made_of) == 1 and old[made_of[0]]["name"] != one["name"]
            if takes_another_name and one["certainty"] != "unsure":
                yield renaming(made_of[0], on=on, decision=decision, name=one["name"], short_name=one["short_name"])
            if len(made_of) < 2:
                continue
            same = next((key for key in made_of if old[key]["name"] == one["name"]), made_of[0])
            if one["kind"] == Kind.PROVINCE_OFFICE:  # the office stays and takes the others in
                others = tuple(key for key in made_of if key != same)
                yield merging(others, into=same, on=on, decision=decision)
            else:
                new = _department(
                    one | {"code": old[same]["code"]}, key=_of_march(one, province), parent=_province(province)
                )
                yield merging(tuple(made_of), into=new, on=on, decision=decision)


def _departments_of_july(facts: Facts) -> Iterator[Step]:
    """The departments of the two provinces become those of one; the office and its centre take the others in."""
    on, decision = _day(facts, "merged_on"), facts["decisions"]["provinces"]
    staying, joining = (one["place_code"] for one in facts["provinces"])
    for one in facts["departments"]:
        keys = [_standing_in_june(one, province) for province in (staying, joining) if one["made_of"][province]]
        if one["kind"] == Kind.PROVINCE_OFFICE or len(keys) == 1 or one["certainty"] == "unsure":
            yield renaming(keys[0], on=on, decision=decision, code=one["code"], code_is_ours=True)
            if one["kind"] == Kind.PROVINCE_OFFICE:
                yield from _centres_of_july(facts, keys[0])
            if len(keys) > 1:
                yield merging((keys[1],), into=keys[0], on=on, decision=decision)
        else:
            yield merging(
                tuple(keys),
                into=_department(one, key=f"department/{one['code']}", parent=_province(staying)),
                on=on,
                decision=decision,
            )


def _centres_of_july(facts: Facts, office: str) -> Iterator[Step]:
    on, decision = _day(facts, "merged_on"), facts["decisions"]["centre"]
    stays, joins = facts["centres"]
    yield renaming(
        f"centre/{stays['key']}",
        on=on,
        decision=decision,
        code=stays["code"],
        address=stays["address"],
        code_is_ours=True,
    )
    yield merging((f"centre/{joins['key']}",), into=f"centre/{stays['key']}", on=on, decision=decision)
    for one in facts["reception_points"]:
        new = _unit(
            one, Kind.RECEPTION_POINT, key=f"point/{one['code']}", parent=f"centre/{stays['key']}", code=one["code"]
        )
        yield opening(new, on=on, decision=decision)


def _communes_of_july(facts: Facts) -> Iterator[Step]:
    """272 communes and one island district become 96: most by merger, one is divided, five go on under the province."""
    on, decision = _day(facts, "merged_on"), facts["decisions"]["communes"]
    province = _province(facts["provinces"][0]["place_code"])
    parts: dict[str, list[Facts]] = {}
    for one in facts["communes"]:
        for old in one.get("with_part_of", ()):
            parts.setdefault(old, []).append(one)
    for old, takers in parts.items():
        new = tuple(_commune(one, province) for one in takers)
        yield splitting(_old(old), into=new, on=on, decision=decision)
    for one in facts["communes"]:
        made_of = tuple(_old(old) for old in one["made_of"])
        if kept := one.get("kept"):
            yield transferring(_old(kept), to=province, on=on, decision=decision, code=one["code"], code_is_ours=True)
        elif one.get("with_part_of"):
            yield merging(made_of, into=key_of_commune(one["place_code"]), on=on, decision=decision)
        elif made_of:
            yield merging(made_of, into=_commune(one, province), on=on, decision=decision)
        else:
            yield opening(_commune(one, province), on=on, decision=decision)


def _end_of_districts_and_of_a_province(facts: Facts) -> Iterator[Step]:
    """A district is followed by the communes its own became; the joining province by the one that stays."""
    on = _day(facts, "merged_on")
    heirs: dict[str, dict[str, None]] = {}
    district_of = {one["place_code"]: one["district"] for one in facts["communes_before"]}
    for one in facts["communes"]:
        key = _key_today(one)
        for old in [*one["made_of"], *one.get("with_part_of", ()), *([one["kept"]] if "kept" in one else ())]:
            heirs.setdefault(district_of[old], {})[key] = None
        if district := one.get("made_of_district"):
            heirs.setdefault(district, {})[key] = None
    for one in facts["districts"]:
        yield abolishing(
            _district(one["place_code"]),
            successors=tuple(heirs[one["place_code"]]),
            on=on,
            decision=facts["decisions"]["districts"],
        )
    staying, joining = (_province(one["place_code"]) for one in facts["provinces"])
    decision = facts["decisions"]["provinces"]
    yield merging((joining,), into=staying, on=on, decision=decision)
    yield renaming(staying, on=on, decision=decision, code=facts["provinces"][0]["code"])


def _units_of_july(facts: Facts) -> Iterator[Step]:
    """The same units inside every commune, by rule (Nghị định 150/2025/NĐ-CP)."""
    on, decision = _day(facts, "merged_on"), facts["decisions"]["units"]
    for one in facts["communes"]:
        for unit in facts["commune_units"]:
            if one["kind"] not in unit.get("only", (one["kind"],)):
                continue
            code = f"{one['code']}.{unit['suffix']}"
            new = _unit(unit, Kind(unit["kind"]), key=f"unit/{code}", parent=_key_today(one), code=code)
            yield opening(new, on=on, decision=decision)


def _territory(one: Facts, kind: Kind, *, key: str, parent: str | None, code: str, ours: bool = True) -> New:
    name, short_name = office_of(kind, one["name"])
    return New(
        key=key,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        code=code,
        code_is_ours=ours,
        place=full_territorial_name(kind, one["name"]),
        place_code=one["place_code"],
    )


def _commune(one: Facts, province: str) -> New:
    return _territory(one, Kind(one["kind"]), key=key_of_commune(one["place_code"]), parent=province, code=one["code"])


def _department(one: Facts, *, key: str, parent: str) -> New:
    return New(
        key=key,
        name=one["name"],
        short_name=one.get("short_name") or one["name"],
        kind=Kind(one["kind"]),
        parent=parent,
        code=one["code"],
        code_is_ours=True,
    )


def _unit(one: Facts, kind: Kind, *, key: str, parent: str, code: str) -> New:
    return New(
        key=key,
        name=one["name"],
        short_name=one.get("short_name") or one["name"],
        kind=kind,
        parent=parent,
        code=code,
        code_is_ours=True,
        address=one.get("address", ""),
    )


def _standing_in_june(one: Facts, province: str) -> str:
    """The key of the department that stood in the province after the changes of March."""
    made_of: list[str] = one["made_of"][province]
    if one["kind"] == Kind.PROVINCE_OFFICE:
        return next(key for key in made_of if key.endswith(one["name"]))
    return made_of[0] if len(made_of) == 1 else _of_march(one, province)


def _of_march(one: Facts, province: str) -> str:
    return f"{province}/2025-03/{one['code']}"


def _key_today(one: Facts) -> str:
    return _old(one["kept"]) if "kept" in one else key_of_commune(one["place_code"])


def _province(place_code: str) -> str:
    return f"province/{place_code}"


def _district(place_code: str) -> str:
    return f"district/{place_code}"


def _old(place_code: str) -> str:
    return f"commune before/{place_code}"


def _day(facts: Facts, name: str) -> date:
    return date.fromisoformat(facts["about"][name])
