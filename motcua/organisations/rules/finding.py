"""Finding an agency by what people type: with or without marks, by its old name too, or by a whole address."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from motcua.base.text import squeeze
from motcua.organisations.rules.naming import NAMES_APART, accented_words, bare_place, words
from motcua.organisations.rules.register import Register, Version
from motcua.organisations.terms import Level

LONGEST_TEXT: Final = 300


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: the version that matched, who stands in its place now, and the sentence for a name of the past."""

    version: Version
    now: tuple[int, ...]
    sentence: str


def find(register: Register, text: str, day: date | None = None, *, limit: int = 20) -> list[Found]:
    """Agencies by name, best match first: exact before beginning before words inside; offices before units.

    Commas part an address: "Phường Quang Trung, TP Kon Tum" asks for the ward that stood under that city; house and
    street before it are passed over. `day` is the day for which "nay" is answered; without it all that is recorded
    counts, changes to come included.
    """
    parts = [one for one in squeeze(text)[:LONGEST_TEXT].split(",") if words(one)]
    for start in range(len(parts)):
        if found := _named(register, parts[start:], day, limit):
            return found
    return []


def _named(register: Register, parts: list[str], day: date | None, limit: int) -> list[Found]:
    wanted, marked = words(parts[0]), accented_words(parts[0])
    above = [words(one) for one in parts[1:]]
    asked = wanted.split()
    rarest = max(asked, key=len)  # most names are passed over by one look at the longest word
    ranked: list[tuple[tuple[int, int, int, int], Version]] = []
    for version in register.versions.values():
        if rarest not in version.search or (day is not None and version.since > day):
            continue
        rank = _rank(version, asked, wanted, marked)
        if rank is not None and all(_lies_in(register, version, part) for part in above):
            ranked.append(((*rank, int(version.level is Level.UNIT), int(not _is_current(version, day))), version))
    ranked.sort(key=lambda one: (one[0], one[1].sort_key, -one[1].since.toordinal(), one[1].agency))
    found: list[Found] = []
    told: set[tuple[int, str] | str] = set()
    for version in (one[1] for one in ranked):
        sentence = sentence_of(register, version, day)
        marks = {(version.agency, version.name), sentence or (version.agency, version.name)}
        if not marks & told:
            found.append(Found(version, register.as_now(version.agency, day), sentence))
        told |= marks
        if len(found) == limit:
            break
    return found


def sentence_of(register: Register, version: Version, day: date | None) -> str:
    """What became of a name of the past: "Phường Quang Trung, thành phố Kon Tum, nay là phường Kon Tum."; or empty."""
    if _is_current(version, day):
        return ""
    now = [found for one in register.as_now(version.agency, day) if (found := _present(register, one, day))]
    old = _called(register, version)
    if not now:
        return _("%(old)s đã kết thúc hoạt động.") % {"old": old}
    new = _listed([_place_or_name(one) for one in now])
    if version.level is Level.DISTRICT and len(now) > 1:
        return _("%(old)s nay là địa bàn của %(new)s.") % {"old": old, "new": new}
    if len(now) == 1:
        return _("%(old)s nay là %(new)s.") % {"old": old, "new": new}
    return _("%(old)s nay thuộc %(new)s.") % {"old": old, "new": new}


def _rank(version: Version, asked: list[str], wanted: str, marked: str) -> tuple[int, int] | None:
    """How well the name answers: (0 exact, 1 beginning, 2 words inside), (0 with the marks typed, 1 without)."""
    if not all(word in version.search for word in asked):
        return None
    plain = version.search.split(NAMES_APART)
    begins = any(one.startswith(wanted) for one in plain)
    if not begins and not any(_in_order(asked, one) for one in plain):
        return None
    names = [
        accented_words(one)
        for one in (version.name, version.short_name, version.place, bare_place(version.kind, version.place))
    ]
    if wanted in plain:
        return 0, int(marked not in names)
    return 1 if begins else 2, int(not any(marked in one for one in names))


def _in_order(asked: list[str], name: str) -> bool:
    """Whether the words typed begin words of the name, in the same order."""
    have = iter(name.split())
    return all(any(one.startswith(word) for one in have) for word in asked)


def _lies_in(register: Register, version: Version, part: str) -> bool:
    """Whether somebody that ever stood above the agency, or took over from them as a province, bears the name."""
    days = [one.since for one in register.history(version.agency)]
    above = [one for day in days for one in register.ancestors(version.agency, day)]
    heirs = [
        found
        for one in above
        for heir in register.as_now(one.agency)
        if (found := register.history(heir)[-1]).level is Level.PROVINCE
    ]
    return any(
        part in (words(one.place), words(bare_place(one.kind, one.place)), words(one.short_name))
        for one in [*above, *heirs]
    )


def _is_current(version: Version, day: date | None) -> bool:
    return version.until is None if day is None else version.holds_on(day)


def _present(register: Register, agency: int, day: date | None) -> Version | None:
    return register.on(agency, day) if day is not None else register.history(agency)[-1]


def _called(register: Register, version: Version) -> str:
    """The old name with the place above it, as a sentence begins."""
    name = _place_or_name(version)
    if version.level in (Level.COMMUNE, Level.DISTRICT, Level.DEPARTMENT):
        above = register.on(version.parent, version.since) if version.parent is not None else None
        name = f"{name}, {above.place or above.short_name}," if above else name
    return name[:1].upper() + name[1:]


def _place_or_name(version: Version) -> str:
    return version.place or version.name


def _listed(names: list[str]) -> str:
    """A list in a sentence: "a, b và c"; a long one is cut with its number."""
    if len(names) == 1:
        return names[0]
    if len(names) > 6:
        return _("%(some)s và %(rest)d đơn vị khác") % {"some": ", ".join(names[:5]), "rest": len(names) - 5}
    return _("%(some)s và %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
