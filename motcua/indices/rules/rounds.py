"""Who may do what in a yearly round, and why not: one table and one function for buttons, guards, API and tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from motcua.base.errors import Refused
from motcua.indices.rules.definition import Criterion, Gathering
from motcua.indices.rules.kinds import Info, Options, Points, Ratio, Value, option_key
from motcua.indices.rules.numbers import NotANumber, as_read, half_up, points
from motcua.indices.terms import Move, Party, Stage, _

LEADING: Final = frozenset({"leader"})
WORKING: Final = frozenset({"leader", "unit_head", "specialist", "controller"})


@dataclass(frozen=True)
class Path:
    """One line of the table: in which stages, to which stage (None: it stays), by which party in which role."""

    sources: frozenset[Stage]
    target: Stage | None
    parties: frozenset[Party]
    roles: frozenset[str]


def _path(*sources: Stage, by: Collection[Party], to: Stage | None = None, roles: frozenset[str] = WORKING) -> Path:
    return Path(frozenset(sources), to, frozenset(by), roles)


_OPEN: Final = tuple(stage for stage in Stage if stage is not Stage.PUBLISHED)
_RUNS: Final = (Party.ORGANISER,)
_JUDGES: Final = (Party.APPRAISER, Party.ORGANISER)

PATHS: Final[Mapping[Move, Path]] = MappingProxyType(
    {
        Move.OPEN: _path(Stage.PREPARING, to=Stage.SELF_SCORING, by=_RUNS, roles=LEADING),
        Move.END_SELF_SCORING: _path(Stage.SELF_SCORING, to=Stage.CHECKING, by=_RUNS),
        Move.REOPEN: _path(Stage.CHECKING, to=Stage.SELF_SCORING, by=_RUNS),
        Move.END_CHECKING: _path(Stage.CHECKING, to=Stage.APPRAISING, by=_RUNS),
        Move.SEND_RESULTS: _path(Stage.APPRAISING, to=Stage.OBJECTING, by=_RUNS, roles=LEADING),
        Move.END_OBJECTIONS: _path(Stage.OBJECTING, to=Stage.DECIDING, by=_RUNS),
        Move.PUBLISH: _path(Stage.DECIDING, to=Stage.PUBLISHED, by=_RUNS, roles=LEADING),
        Move.EXTEND: _path(*_OPEN, by=_RUNS, roles=LEADING),
        Move.ASSIGN: _path(Stage.PREPARING, Stage.SELF_SCORING, by=_RUNS),
        Move.ASSIGN_JUDGE: _path(Stage.PREPARING, Stage.SELF_SCORING, Stage.CHECKING, Stage.APPRAISING, by=_RUNS),
        Move.PROPOSE: _path(Stage.SELF_SCORING, by=(Party.ORGANISER, Party.SYSTEM)),
        Move.SELF_SCORE: _path(Stage.SELF_SCORING, by=(Party.OWNER,)),
        Move.ADD_EVIDENCE: _path(Stage.SELF_SCORING, Stage.OBJECTING, by=(Party.OWNER,)),
        Move.REMOVE_EVIDENCE: _path(Stage.SELF_SCORING, by=(Party.OWNER,)),
        Move.CHECK: _path(Stage.CHECKING, by=_RUNS),
        Move.APPRAISE: _path(Stage.APPRAISING, by=_JUDGES),
        Move.OBJECT: _path(Stage.OBJECTING, by=(Party.OWNER,)),
        Move.REPLY: _path(Stage.OBJECTING, Stage.DECIDING, by=_JUDGES),
        Move.DECIDE: _path(Stage.DECIDING, by=_RUNS, roles=LEADING),
        Move.COMMENT: _path(*_OPEN, by=(Party.OWNER, Party.APPRAISER, Party.ORGANISER)),
    }
)


@dataclass(frozen=True)
class Situation:
    """All that the rules need to know about a round, one of its answers, and the person before it."""

    stage: Stage
    parties: Collection[Party]
    roles: Collection[str]
    today: date
    due_on: date | None = None
    """The last day of the stage the act belongs to."""
    example: str = ""
    """Why the definition is only an example; empty when it is not."""
    units: int = 1
    unowned: int = 0
    unappraised: int = 0
    open_objections: int = 0
    agreed_undecided: int = 0
    """Objections that were agreed to while the points are still the old ones."""
    objected: bool = False
    replied: bool = False
    judged_alone: bool = False
    """The appraiser would judge its own answer."""


def objections(move: Move, now: Situation) -> list[str]:
    """Every reason against this move, as sentences; empty when it may be made."""
    path = PATHS[move]
    found: list[str] = []
    if now.stage not in path.sources:
        found.append(_("Đợt đánh giá đang ở bước “%s” nên không làm được việc này.") % now.stage.label)
    found += _who(path, now)
    return found or _why(move, now)


def check(move: Move, now: Situation) -> Stage:
    """The stage the move leads to, or `Refused` with all objections."""
    if found := objections(move, now):
        raise Refused(found)
    return PATHS[move].target or now.stage


def _who(path: Path, now: Situation) -> list[str]:
    if Party.SYSTEM in now.parties and Party.SYSTEM in path.parties:
        return []
    if not path.parties & set(now.parties):
        names = ", ".join(party.label for party in Party if party in path.parties and party is not Party.SYSTEM)
        return [_("Việc này của %s.") % names]
    if not path.roles & {str(role) for role in now.roles}:
        return [
            _("Việc này cần lãnh đạo cơ quan.") if path.roles == LEADING else _("Vai trò của bạn không làm việc này.")
        ]
    return []


def _why(move: Move, now: Situation) -> list[str]:
    """Reasons that lie in the round or the answer itself."""
    match move:
        case Move.OPEN | Move.SEND_RESULTS | Move.PUBLISH:
            return _why_not_go_on(move, now)
        case Move.SELF_SCORE | Move.ADD_EVIDENCE | Move.REMOVE_EVIDENCE | Move.OBJECT:
            return _why_too_late(move, now)
        case Move.APPRAISE | Move.REPLY if now.judged_alone:
            return [_("Đơn vị phụ trách không tự thẩm định tiêu chí của mình.")]
        case Move.REPLY if not now.objected or now.replied:
            return [_("Không có ý kiến nào chờ trả lời.")]
        case _:
            return []


def _why_not_go_on(move: Move, now: Situation) -> list[str]:
    found: list[str] = []
    if move is Move.OPEN and not now.units:
        found.append(_("Chưa chọn đơn vị nào để đánh giá."))
    if move is Move.OPEN and now.unowned:
        found.append(_("Còn %d tiêu chí chưa giao đơn vị phụ trách.") % now.unowned)
    if move is Move.SEND_RESULTS and now.unappraised:
        found.append(_("Còn %d tiêu chí chưa thẩm định.") % now.unappraised)
    if move is Move.PUBLISH and now.example:
        found.append(now.example)
    if move is Move.PUBLISH and now.open_objections:
        found.append(_("Còn %d ý kiến chưa trả lời.") % now.open_objections)
    if move is Move.PUBLISH and now.agreed_undecided:
        found.append(_("Còn %d ý kiến đã được đồng ý mà hội đồng chưa quyết định điểm mới.") % now.agreed_undecided)
    return found


def _why_too_late(move: Move, now: Situation) -> list[str]:
    found: list[str] = []
    if now.due_on is not None and now.today > now.due_on:
        found.append(_("Đã hết hạn ngày %s. Hãy đề nghị cơ quan chủ trì gia hạn.") % f"{now.due_on:%d/%m/%Y}")
    if move is Move.OBJECT and now.objected:
        found.append(_("Tiêu chí này đã có ý kiến."))
    return found


def read_value(criterion: Criterion, text: str, numerator: str = "", denominator: str = "") -> tuple[Value, Value]:
    """What an official entered, as the rule of the criterion takes it: a value, or a numerator and a denominator."""
    if isinstance(criterion.rule, Gathering | Info):
        raise Refused(_("Mục này không tự chấm điểm."))
    try:
        if isinstance(criterion.rule, Ratio) and not criterion.rule.percent:
            if not numerator.strip() or not denominator.strip():
                raise Refused(_("Hãy ghi cả tử số và mẫu số."))
            pair = points(numerator), points(denominator)
            if min(pair) < 0:
                raise Refused(_("Số không được âm."))
            if pair[1] == 0 and pair[0]:
                raise Refused(_("Mẫu số bằng 0 mà tử số lớn hơn 0."))
            return pair
        if isinstance(criterion.rule, Options):
            return _option(criterion.rule, text), None
        if not text.strip():
            raise Refused(_("Hãy ghi giá trị."))
        return points(text), None
    except NotANumber as reason:
        raise Refused(_("Không đọc được: %s.") % reason) from None


def _option(rule: Options, text: str) -> str:
    for option in rule.options:
        if option_key(option.name) == option_key(text):
            return option.name
    raise Refused(_("Hãy chọn một trong các mức: %s.") % "; ".join(option.name for option in rule.options))


def points_of(criterion: Criterion, value: Value, below: Value) -> Points:
    """The points of one answer alone; nothing where the rule needs the other units too."""
    rule = criterion.rule
    assert not isinstance(rule, Gathering)
    if criterion.is_compared:
        return None
    if isinstance(rule, Ratio) and not rule.percent:
        found = rule.of_pairs([value], [below], criterion.frame)[0]
    else:
        found = rule.points([value], criterion.frame)[0]
    if found is not None:
        check_points(criterion, found)
    return found if found is None or criterion.digits is None else half_up(found, criterion.digits)


def check_points(criterion: Criterion, value: Fraction) -> None:
    """Points lie between the least and the most of the criterion."""
    least, most = criterion.ends
    if value < least or (most is not None and value > most):
        raise Refused(
            _("Điểm %(points)s phải trong khoảng %(least)s–%(most)s.")
            % {
                "points": as_read(value),
                "least": as_read(least),
                "most": as_read(most) if most is not None else "…",
            }
        )


def need_reason(before: Points, after: Points, reason: str) -> str:
    """Whoever changes points says why; whoever confirms them need not."""
    reason = " ".join(reason.split())
    if before != after and len(reason) < 5:
        raise Refused(_("Hãy ghi lý do khi điểm khác với điểm trước đó."))
    return reason[:2000]
