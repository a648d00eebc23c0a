"""One answer as its page shows it: the rule, the sum, the proofs, the talk, and who changed what and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.models import Entry
from motcua.indices.models import Answer, AnswerChange, Evidence, LiveFigure, PointsObjection, Remark, Round
from motcua.indices.queries.citing import name_of_proof
from motcua.indices.queries.rounds import Before, definition_of_round, value_of
from motcua.indices.queries.seeing import answers_seen, options_of, shown_judgements, sight
from motcua.indices.queries.sheets import before_of, place_of
from motcua.indices.rules.definition import Criterion
from motcua.indices.rules.explaining import Explained, explain, shown, worked
from motcua.indices.rules.kinds import Points
from motcua.indices.rules.numbers import NotANumber, weight
from motcua.indices.rules.rounds import points_of
from motcua.indices.terms import Move
from motcua.organisations import queries as organisations
from motcua.people.models import Person


class Judgement(NamedTuple):
    """One column of the answer: by whom it is given, its points and its words."""

    column: str
    label: str
    points: Decimal | None
    note: str
    at: datetime | None
    lowered: bool


@dataclass(frozen=True)
class Happening:
    """One line of the story."""

    at: datetime
    who: str
    acting_for: str
    words: str
    note: str
    icon: str


@dataclass(frozen=True)
class AnswerView:
    """All that the page of an answer shows."""

    answer: Answer
    round: Round
    criterion: Criterion
    areas: tuple[str, ...]
    explained: Explained
    said: str
    worked: str
    judgements: tuple[Judgement, ...]
    before: Before | None
    owner: str
    appraiser: str
    evidence: tuple[Evidence, ...]
    figure: LiveFigure | None
    figure_worked: str
    remarks: tuple[Remark, ...]
    objection: PointsObjection | None
    story: tuple[Happening, ...]
    options: Mapping[Move, list[str]]
    newer: int | None
    older: int | None


def answer_view(answer: Answer, actor: Actor, at: datetime) -> AnswerView:
    """The page of one answer for this person."""
    round_, day = answer.round, day_of(at)
    place = place_of(answer.criterion, round_)
    names = {each.code: each.name for each in definition_of_round(round_).criteria}
    visible = shown_judgements(round_, answer, actor, at)
    figure = LiveFigure.objects.filter(answer=answer).order_by("-as_of", "-pk").first()
    older, newer = _beside(answer, round_, actor, at)
    agencies = organisations.full_names_on({pk for pk in (answer.owner_id, answer.appraiser_id) if pk}, day)
    return AnswerView(
        answer=answer,
        round=round_,
        criterion=place.criterion,
        areas=tuple(names[code] for code in place.above),
        explained=explain(place.criterion),
        said=said(place.criterion, answer),
        worked=_worked(place.criterion, answer.value, answer.below) if answer.self_at else "",
        judgements=_judgements(answer, visible),
        before=before_of(round_, answer.unit.agency_id).get(answer.criterion),
        owner=agencies.get(answer.owner_id or 0, ""),
        appraiser=agencies.get(answer.appraiser_id or 0, ""),
        evidence=tuple(Evidence.objects.filter(answer=answer, removed_at=None).select_related("file").order_by("pk")),
        figure=figure,
        figure_worked=_worked(place.criterion, figure.value, figure.below) if figure else "",
        remarks=tuple(Remark.objects.filter(answer=answer).order_by("pk")),
        objection=PointsObjection.objects.filter(answer=answer).first(),
        story=tuple(story(answer, visible, day=day)),
        options=options_of(answer, round_, actor, at),
        newer=newer,
        older=older,
    )


def said(criterion: Criterion, answer: Answer) -> str:
    """What the owner entered, in one short text."""
    if answer.self_at is None:
        return ""
    if answer.below:
        return f"{_plain(answer.value)} / {_plain(answer.below)}"
    return f"{_plain(answer.value)} {criterion.unit}".strip() if _is_number(answer.value) else answer.value


def _plain(text: str) -> str:
    return shown(weight(text)) if _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        weight(text)
    except NotANumber:
        return False
    return True


def _worked(criterion: Criterion, value: str, below: str) -> str:
    above, under = value_of(criterion, Answer(value=value, below=below))
    found: Points = points_of(criterion, above, under)
    return worked(criterion, above, under, found)


_COLUMNS: Final = (
    ("self", _lazy("Tự chấm")),
    ("checked", _lazy("Kiểm tra")),
    ("appraised", _lazy("Thẩm định")),
    ("decided", _lazy("Hội đồng")),
)


def _judgements(answer: Answer, visible: frozenset[str]) -> tuple[Judgement, ...]:
    found: list[Judgement] = []
    last: Decimal | None = None
    for column, label in _COLUMNS:
        at = getattr(answer, f"{column}_at")
        if at is None or (column != "self" and column not in visible):
            continue
        points = getattr(answer, f"{column}_points")
        lowered = points is not None and last is not None and points < last
        found.append(Judgement(column, str(label), points, getattr(answer, f"{column}_note"), at, lowered))
        last = points
    return tuple(found)


def _beside(answer: Answer, round_: Round, actor: Actor, at: datetime) -> tuple[int | None, int | None]:
    """The answers before and after it in its sheet, as far as the person sees."""
    here = answers_seen(round_, sight(round_, actor, at)).filter(unit=answer.unit_id)
    older = here.filter(place__lt=answer.place).order_by("-place").values_list("pk", flat=True).first()
    newer = here.filter(place__gt=answer.place).order_by("place").values_list("pk", flat=True).first()
    return older, newer


# The story ----------------------------------------------------------------------------------------------------------


def story(answer: Answer, visible: frozenset[str], *, day: date) -> list[Happening]:
    """Who changed what and why, the latest first; judgements the reader may not see yet are left out."""
    entries = list(Entry.objects.filter(stream=answer.stream).order_by("-seq")[:200])
    changes = {one.entry: one for one in AnswerChange.objects.filter(answer=answer)}
    proofs = {one.pk: one for one in Evidence.objects.filter(answer=answer).select_related("file")}
    people = {pk for one in entries for pk in (one.by, one.acting_for) if pk}
    names: dict[int, str] = dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name"))
    found = []
    for one in entries:
        kind = one.name.rsplit(".", 1)[-1]
        if kind == "PointsJudged" and one.facts.get("stage") not in visible:
            continue
        if kind == "AnswerDiscussed":
            continue
        change = changes.get(one.seq)
        found.append(
            Happening(
                at=one.at,
                who=names.get(one.by or 0, _("Hệ thống")),
                acting_for=names.get(one.acting_for or 0, ""),
                words=_words(kind, one.facts, change, proofs, day),
                note=change.note if change else "",
                icon=_ICONS.get(kind, "circle-dot"),
            )
        )
    return found


def _words(
    kind: str, facts: Mapping[str, Any], change: AnswerChange | None, proofs: Mapping[int, Evidence], day: date
) -> str:
    """One entry as a sentence without its subject."""
    known = {"points": _points(facts.get("points")), "before": _points(facts.get("before"))}
    match kind:
        case "SelfScored":
            value = "" if change is None else _value(change)
            if facts.get("points") is None:
                return _("Tự chấm: %s") % value
            return _("Tự chấm %(points)s điểm (%(value)s)") % {**known, "value": value}
        case "PointsJudged":
            return _judged(str(facts.get("stage", "")), facts) % known
        case "OwnerAssigned":
            return _("Giao cho %s") % organisations.name_on(facts["owner"], day, short=True)
        case "AppraiserAssigned":
            return _("Giao %s thẩm định") % organisations.name_on(facts["appraiser"], day, short=True)
        case "FigureProposed":
            return _("Số liệu đề xuất %(points)s điểm, tính đến %(day)s") % {
                **known,
                "day": f"{date.fromisoformat(facts['as_of']):%d/%m/%Y}",
            }
        case "EvidenceAdded" | "EvidenceRemoved":
            proof = proofs.get(facts["evidence"])
            name = "" if proof is None else name_of_proof(proof)
            return (_("Thêm tài liệu: %s") if kind == "EvidenceAdded" else _("Bỏ tài liệu: %s")) % name
        case "ObjectionAnswered":
            return _("Trả lời ý kiến: đồng ý") if facts.get("agreed") else _("Trả lời ý kiến: giữ nguyên điểm")
        case _:
            return str(_SENTENCES.get(kind, kind))


_ICONS: Final = {
    "SelfScored": "pencil",
    "PointsJudged": "file-check",
    "OwnerAssigned": "user-check",
    "AppraiserAssigned": "user-check",
    "FigureProposed": "link",
    "EvidenceAdded": "paperclip",
    "EvidenceRemoved": "trash-2",
    "ObjectionRaised": "message-square",
    "ObjectionAnswered": "message-square",
}
_SENTENCES: Final = {"ObjectionRaised": _lazy("Nêu ý kiến về điểm thẩm định")}


def _judged(stage: str, facts: Mapping[str, Any]) -> str:
    before, points = facts.get("before"), facts.get("points")
    if points is None:
        return {
            "checked": _("Kiểm tra, đồng ý số liệu; điểm tính khi so các đơn vị"),
            "appraised": _("Thẩm định, đồng ý số liệu; điểm tính khi so các đơn vị"),
        }.get(stage, _("Hội đồng quyết định tính theo số liệu khi so các đơn vị"))
    same = before is not None and Decimal(str(before)) == Decimal(str(points))
    if same:
        return {
            "checked": _("Kiểm tra, đồng ý %(points)s điểm"),
            "appraised": _("Thẩm định, đồng ý %(points)s điểm"),
            "decided": _("Hội đồng quyết định %(points)s điểm, như thẩm định"),
        }.get(stage, "%(points)s")
    return {
        "checked": _("Kiểm tra: từ %(before)s thành %(points)s điểm"),
        "appraised": _("Thẩm định: từ %(before)s thành %(points)s điểm"),
        "decided": _("Hội đồng quyết định: từ %(before)s thành %(points)s điểm"),
    }.get(stage, "%(points)s")


def _points(text: Any) -> str:
    return _("chưa có") if text is None else shown(weight(str(text)))


def _value(change: AnswerChange) -> str:
    return f"{_plain(change.value)} / {_plain(change.below)}" if change.below else _plain(change.value)
