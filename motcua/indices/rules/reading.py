"""Reading the plain form of a definition (from YAML), each fault with the line it stands on."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from motcua.base.text import nfc, squeeze
from motcua.indices.rules.definition import Criterion, Facts, Gathering, IndexSet, Link, Ranking
from motcua.indices.rules.kinds import Given, Rule
from motcua.indices.rules.numbers import NotANumber, weight
from motcua.indices.rules.tables import Report
from motcua.indices.rules.wording import BadRule, Settings, gathering_from, options_from, rule_from, tiers_from
from motcua.indices.rules.yamlfile import Node
from motcua.indices.terms import Certainty, Empty, Kind, Tie, Together, UnitKind, _

_E = TypeVar("_E", bound=StrEnum)

_OF_SET: Final = frozenset(
    {"code", "version", "index", "name", "root", "legal_basis", "owner", "lead", "years", "effective_on", "units"}
    | {"unit_count", "certainty", "source", "note", "ranking", "tolerance", "partial_data", "complete", "criteria"}
)
_OF_CRITERION: Final = frozenset(
    {"code", "number", "name", "parent", "weight", "parents", "rule", "gather", "max", "min", "direction", "digits"}
    | {"unit", "absent", "owner", "coordinating", "appraiser", "evidence", "measure", "aliases", "view", "certainty"}
    | {"source", "note"}
)


class Reader:
    """One mapping of the file; asks for its entries and notes what cannot be read."""

    def __init__(self, node: Node, what: str, report: Report, known: Iterable[str]) -> None:
        self.node, self.what, self.report = node, what, report
        self.entries = node.entries
        for key, entry in self.entries.items():
            if key not in known:
                self.fault(entry, _("không có mục “%s”") % key[:40])

    def fault(self, node: Node, reason: str) -> None:
        """Note one fault at its line."""
        self.report.fault(f"{node.place}, {self.what}", reason)

    def text(self, key: str, *, needed: bool = False, block: bool = False) -> str:
        """A text on one line; empty when it is not there."""
        node = self.entries.get(key)
        if node is None or node.value is None:
            if needed:
                self.fault(node or self.node, _("thiếu “%s”") % key)
            return ""
        if not isinstance(node.value, str):
            self.fault(node, _("“%s” phải là một dòng chữ") % key)
            return ""
        return nfc(node.value).strip() if block else squeeze(node.value)

    def number(self, key: str) -> Fraction | None:
        """An exact number, or nothing."""
        text = self.text(key)
        if not text:
            return None
        try:
            return weight(text)
        except NotANumber as reason:
            self.fault(self.entries[key], f"{key}: {reason}")
            return None

    def whole(self, key: str) -> int | None:
        """A whole number, or nothing."""
        value = self.number(key)
        if value is not None and value.denominator != 1:
            self.fault(self.entries[key], _("“%s” phải là số nguyên") % key)
            return None
        return None if value is None else int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        text = self.text(key)
        if text not in ("", "true", "false"):
            self.fault(self.entries[key], _("“%s” phải là true hoặc false") % key)
        return default if text not in ("true", "false") else text == "true"

    def choice(self, key: str, enum: type[_E], default: _E) -> _E:
        """One word of a list."""
        text = self.text(key)
        if not text:
            return default
        return self.word(text, self.entries[key], key, enum) or default

    def word(self, text: str, node: Node, key: str, enum: type[_E]) -> _E | None:
        """The member of a list named by a text."""
        if text in [each.value for each in enum]:
            return enum(text)
        names = ", ".join(each.value for each in enum)
        self.fault(node, _("“%(key)s” phải là một trong: %(names)s") % {"key": key, "names": names})
        return None

    def texts(self, key: str) -> list[tuple[str, Node]]:
        """A list of texts; one text alone is a list of one."""
        node = self.entries.get(key)
        if node is None or node.value is None:
            return []
        ones = node.items if isinstance(node.value, list) else [node]
        found = []
        for one in ones:
            if isinstance(one.value, str):
                found.append((squeeze(one.value), one))
            else:
                self.fault(one, _("“%s” phải là một danh sách chữ") % key)
        return found

    def mapping(self, key: str) -> dict[str, Node]:
        """A mapping, or nothing."""
        node = self.entries.get(key)
        if node is None or node.value is None:
            return {}
        if not isinstance(node.value, dict):
            self.fault(node, _("“%s” phải là các cặp tên: giá trị") % key)
            return {}
        return node.entries

    def plain(self, key: str) -> Settings:
        """A mapping of texts."""
        found: Settings = {}
        for name, node in self.mapping(key).items():
            if isinstance(node.value, str):
                found[squeeze(name)] = squeeze(node.value)
            else:
                self.fault(node, _("“%s” phải là một giá trị") % name[:40])
        return found

    def facts(self, key: str = "certainty") -> Facts:
        """How sure each fact is: one letter for all, or a letter for each."""
        node = self.entries.get(key)
        if node is not None and isinstance(node.value, str):
            sure = self.word(node.value.strip(), node, key, Certainty)
            return (("all", sure),) if sure else ()
        pairs = [(name, text, self.mapping(key)[name]) for name, text in self.plain(key).items()]
        return tuple((name, sure) for name, text, at in pairs if (sure := self.word(text, at, key, Certainty)))


def read_definition(node: Node, report: Report) -> IndexSet:
    """The definition as it is written; whether it makes sense is asked by `validating`."""
    if not isinstance(node.value, dict):
        report.fault(node.place, _("tệp phải bắt đầu bằng các mục code, name, criteria"))
        report.refuse()
    own = Reader(node, _("bộ chỉ số"), report, _OF_SET)
    criteria_node = own.entries.get("criteria")
    rows = criteria_node.items if criteria_node is not None and isinstance(criteria_node.value, list) else []
    if not rows:
        own.fault(criteria_node or node, _("thiếu danh sách tiêu chí “criteria”"))
    criteria = [_criterion(each, report) for each in rows]
    years = Reader(own.entries.get("years") or Node({}, node.line), _("years"), report, ("from", "to"))
    ranking = Reader(
        own.entries.get("ranking") or Node({}, node.line), _("ranking"), report, ("ties", "first", "digits")
    )
    first = ranking.text("first")
    if first not in ("", "high", "low"):
        ranking.fault(ranking.entries["first"], _("“first” phải là high hoặc low"))
    year_from = years.whole("from")
    if year_from is None:
        years.fault(years.node, _("thiếu năm bắt đầu áp dụng (years: from)"))
    kinds = [own.word(text, at, "units", UnitKind) for text, at in own.texts("units")]
    return IndexSet(
        code=own.text("code", needed=True),
        version=own.text("version", needed=True),
        index=own.text("index", needed=True),
        name=own.text("name", needed=True),
        root=own.text("root", needed=True),
        criteria=tuple(each for each in criteria if each is not None),
        legal_basis=own.text("legal_basis"),
        owner=own.text("owner"),
        lead=own.text("lead"),
        year_from=year_from or 0,
        year_to=years.whole("to"),
        effective_on=_day(own, "effective_on"),
        units=tuple(kind for kind in kinds if kind),
        unit_count=own.whole("unit_count"),
        certainty=own.facts(),
        source=own.text("source"),
        note=own.text("note"),
        ranking=Ranking(
            ties=ranking.choice("ties", Tie, Tie.COMPETITION),
            high_first=first != "low",
            digits=ranking.whole("digits"),
        ),
        tolerance=own.number("tolerance") or Fraction(0),
        partial_data=own.flag("partial_data", default=False),
        complete=own.flag("complete", default=True),
    )


def _day(own: Reader, key: str) -> date | None:
    text = own.text(key)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        own.fault(own.entries[key], _("“%(text)s” không phải ngày; viết như 2022-06-23") % {"text": text[:20]})
        return None


def _criterion(node: Node, report: Report) -> Criterion | None:
    if not isinstance(node.value, dict):
        report.fault(node.place, _("mỗi tiêu chí phải có các mục code, name, rule hoặc gather"))
        return None
    code_node = node.entries.get("code")
    code = code_node.value if code_node is not None and isinstance(code_node.value, str) else "?"
    own = Reader(node, _("tiêu chí %s") % code[:40], report, _OF_CRITERION)
    direction = own.text("direction") or "1"
    if direction not in ("1", "-1", "+1"):
        own.fault(own.entries["direction"], _("chiều (direction) phải là 1 hoặc -1"))
    return Criterion(
        code=own.text("code", needed=True),
        name=own.text("name", needed=True),
        rule=_rule(own),
        links=_links(own),
        number=own.text("number"),
        most=own.number("max"),
        least=own.number("min") or Fraction(0),
        direction=-1 if direction == "-1" else 1,
        digits=own.whole("digits"),
        unit=own.text("unit"),
        absent=own.choice("absent", Empty, Empty.NONE),
        owner=own.text("owner"),
        coordinating=tuple(text for text, _at in own.texts("coordinating")),
        appraiser=own.text("appraiser"),
        evidence=own.text("evidence"),
        measure=own.text("measure"),
        aliases=tuple(text for text, _at in own.texts("aliases")),
        is_view=own.flag("view", default=False),
        certainty=own.facts(),
        source=own.text("source"),
        note=own.text("note"),
    )


def _links(own: Reader) -> tuple[Link, ...]:
    parent = own.text("parent")
    several = own.plain("parents") if "parents" in own.entries else {}
    if parent and several:
        own.fault(own.entries["parents"], _("chỉ dùng một trong hai mục parent và parents"))
    if parent:
        heavy = own.number("weight")
        return (Link(parent, Fraction(1) if heavy is None else heavy),)
    found = []
    for code, text in several.items():
        try:
            found.append(Link(code, weight(text)))
        except NotANumber as reason:
            own.fault(own.entries["parents"], f"parents, {code[:40]}: {reason}")
    return tuple(found)


def _rule(own: Reader) -> Rule | Gathering:
    """Either `rule` (scored from figures) or `gather` (from its children); `given` when neither is said is refused."""
    keys = [key for key in ("rule", "gather") if key in own.entries]
    if len(keys) != 1:
        own.fault(own.node, _("phải có đúng một trong hai mục rule (tính từ số liệu) và gather (gộp các mục con)"))
        return Given()
    key = keys[0]
    node = own.entries[key]
    try:
        if isinstance(node.value, str):
            return _simple(own, node, key, node.value.strip(), {})
        inner = Reader(node, own.what, own.report, node.entries.keys() if isinstance(node.value, dict) else ())
        if not isinstance(node.value, dict):
            own.fault(node, _("“%s” phải là tên cách tính, hoặc các cặp bắt đầu bằng kind") % key)
            return Given()
        kind = inner.text("kind", needed=True)
        if kind == Kind.OPTIONS:
            return options_from(inner.plain("options"))
        if kind == Kind.TIERS:
            return tiers_from(inner.plain("tiers"))
        settings = {name: inner.text(name) for name in inner.entries if name != "kind"}
        return _simple(own, node, key, kind, settings)
    except BadRule as reason:
        own.fault(node, str(reason))
        return Given()


def _simple(own: Reader, node: Node, key: str, kind: str, settings: Settings) -> Rule | Gathering:
    if key == "gather":
        together = own.word(kind, node, "gather", Together)
        return gathering_from(together, settings) if together else Gathering()
    found = own.word(kind, node, "rule", Kind)
    return rule_from(found, settings) if found else Given()
