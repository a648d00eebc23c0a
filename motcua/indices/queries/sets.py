"""Definitions as pages show them: the list with what is missing for a signature, the tree, the version before, owners today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.directives.queries import Resolved, resolve
from motcua.indices.models import SetVersion
from motcua.indices.queries.rounds import definition_of
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.plainly import plainly
from motcua.indices.rules.rounds import LEADING
from motcua.indices.rules.shipped import codes, fingerprint, shipped, shipped_fingerprint
from motcua.indices.rules.validating import publication_objections
from motcua.indices.terms import Certainty
from motcua.organisations import queries as organisations


@dataclass(frozen=True)
class SetRow:
    """A definition in the list: kept in the register (with its number), or one of the product that nobody has taken in."""

    definition: IndexSet
    kept: SetVersion | None
    criteria: int
    remembered: int

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return self.kept.sha256 if self.kept is not None else shipped_fingerprint(self.definition.code)

    @property
    def key(self) -> str:
        """What stands in its address."""
        return str(self.kept.pk) if self.kept is not None else self.definition.code

    @property
    def example(self) -> bool:
        """Whether it may only be looked at."""
        return self.definition.is_example


@dataclass(frozen=True)
class Node:
    """One row of the annex as a tree."""

    one: Criterion
    level: int
    words: str
    weight: Fraction | None
    also: tuple[str, ...]
    """Other places where it counts."""
    sure: Certainty | None
    facts: tuple[tuple[str, Certainty], ...]

    @property
    def depth(self) -> int:
        """How far it is set in: the index and its areas not at all."""
        return min(max(self.level - 1, 0), 2)


def list_of_sets() -> list[SetRow]:
    """All definitions: those that were imported, newest years first within an index, then those of the product not taken in."""
    kept = list(SetVersion.objects.order_by("index", "-during", "-pk"))
    there = {one.sha256 for one in kept}
    rows = [_set_row(definition_of(one), one) for one in kept]
    rows += [_set_row(shipped(code), None) for code in codes() if shipped_fingerprint(code) not in there]
    return sorted(rows, key=lambda row: (row.definition.index, -row.definition.year_from, row.definition.code))


def row_of(kept: SetVersion) -> SetRow:
    """One that was taken in."""
    return _set_row(definition_of(kept), kept)


def row_of_shipped(code: str) -> SetRow | None:
    """One of the product, with its number where it was taken in as it is."""
    if code not in codes():
        return None
    definition = shipped(code)
    return _set_row(definition, SetVersion.objects.filter(sha256=shipped_fingerprint(code)).first())


def _set_row(definition: IndexSet, kept: SetVersion | None) -> SetRow:
    remembered = sum(1 for _code, _fact, how in definition.facts() if how is Certainty.REMEMBERED)
    return SetRow(definition, kept, len(definition.leaves), remembered)


def version_before(definition: IndexSet, kept: SetVersion | None) -> SetRow | None:
    """The definition that was in force before this one: of the same index, with earlier years or an earlier import."""
    sha = kept.sha256 if kept is not None else fingerprint(definition)
    own = (definition.year_from, kept.pk if kept is not None else 0)
    earlier = [
        row
        for row in list_of_sets()
        if row.definition.index == definition.index
        and set(row.definition.units) & set(definition.units)
        and row.sha256 != sha
        and (row.definition.year_from, _order(row)) < own
    ]
    return max(earlier, key=lambda row: (row.definition.year_from, _order(row)), default=None)


def _order(row: SetRow) -> int:
    return row.kept.pk if row.kept is not None else -1


def tree_of(definition: IndexSet) -> list[Node]:
    """Every row once, under the first place where it counts; then what is only shown."""
    return [_node(definition, one, level, weight) for one, level, weight in definition.tree]


def _node(definition: IndexSet, one: Criterion, level: int, weight: Fraction | None) -> Node:
    sure = [how for _fact, how in one.certainty]
    weakest = max(sure, key=list(Certainty).index, default=None)
    also = tuple(definition.by_code[link.parent].name for link in one.links[1:] if link.parent in definition.by_code)
    shown = weight if weight is not None and weight != 1 else None
    return Node(one, level, plainly(one), shown, also, weakest, one.certainty)


def signing_objections(kept: SetVersion, by: Actor) -> list[str]:
    """Every reason against signing a definition; empty when it may be signed now. One list for the button and the act."""
    found = []
    if kept.signed_at is not None:
        found.append(_("Bộ này đã được ký ngày %s.") % f"{day_of(kept.signed_at):%d/%m/%Y}")
    if by.id is None or not LEADING & {str(role) for role in by.roles}:
        found.append(_("Chỉ lãnh đạo cơ quan được ký định nghĩa bộ chỉ số."))
    found += publication_objections(definition_of(kept))
    other = (
        SetVersion.objects.filter(code=kept.code, signed_at__isnull=False, during__overlap=kept.during)
        .exclude(pk=kept.pk)
        .first()
    )
    if other is not None:
        found.append(
            _("Bản %(version)s của bộ này đang có hiệu lực trong cùng thời gian; hãy cho bản ấy kết thúc trước.")
            % {"version": other.version}
        )
    return found


def owners_today(names: Iterable[str], root: int | None, at: datetime) -> dict[str, Resolved]:
    """What the names of owners in an annex mean today: one agency, a group, or a sentence that says why none."""
    if root is None:
        return {}
    day = day_of(at)
    return {name: resolve(name, day=day, root=root) for name in dict.fromkeys(names) if name}


def owners_by_annex(definition: IndexSet, root: int | None, at: datetime) -> dict[str, int]:
    """The one agency of today that the annex names as owner of a criterion, or of the area around it; no group, no guess."""
    named = {leaf.code: _named(definition, leaf) for leaf in definition.leaves}
    meant = owners_today(named.values(), root, at)
    return {code: meant[name].agencies[0] for code, name in named.items() if name in meant and _is_one(meant[name])}


def _is_one(meant: Resolved) -> bool:
    return len(meant.agencies) == 1 and not meant.group


def _named(definition: IndexSet, leaf: Criterion) -> str:
    around = (each.owner for each in definition.above[leaf.code] if each.code != definition.root)
    return leaf.owner or next((name for name in around if name), "")


def owner_faults(definition: IndexSet, root: int | None, at: datetime) -> list[str]:
    """Sentences about owners of an annex that are no agency today: named by the criteria, for the person who imports."""
    where: dict[str, list[str]] = {}
    for each in definition.criteria:
        for name in (each.owner, *each.coordinating):
            where.setdefault(name, []).append(each.number or each.code)
    found = []
    for name, meant in owners_today(where, root, at).items():
        if not meant.agencies:
            found.append(f"{meant.sentence} {_('Tiêu chí %s.') % ', '.join(where[name][:6])}")
    return found


def heirs(meant: Resolved, at: datetime) -> list[str]:
    """The agencies of today behind a name, by their short names."""
    day = day_of(at)
    ids: Sequence[int] = meant.agencies[:3] or meant.suggested[:3]
    return [organisations.name_on(one, day, short=True) for one in ids]
