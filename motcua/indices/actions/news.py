"""The news of a round in the words of the letter: which agency hears what. Letters are Vietnamese whoever works."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, F, Q

from motcua.indices.actions.telling import News, tell_of_answer, tell_of_round
from motcua.indices.models import Answer, JudgedUnit, PointsObjection, Round
from motcua.indices.queries import completeness, last_day_field
from motcua.indices.queries.frozen import frozen_scores
from motcua.indices.terms import Stage


def of_step(round_: Round, *, before: str, name: str, at: datetime) -> int:
    """The round went to another stage: whoever has something to do now hears of it, everybody of the end."""
    match Stage(round_.stage):
        case Stage.SELF_SCORING:
            news = _opened(round_, again=before == Stage.CHECKING.value)
        case Stage.CHECKING:
            news = _to_check(round_)
        case Stage.APPRAISING:
            news = _to_appraise(round_)
        case Stage.OBJECTING:
            news = _sent(round_)
        case Stage.DECIDING:
            news = _to_decide(round_)
        case Stage.PUBLISHED:
            news = _published(round_)
        case _:
            news = []
    return tell_of_round(round_, news, name=name, at=at)


def _opened(round_: Round, *, again: bool) -> list[News]:
    subject = f"{'Được tự chấm lại' if again else 'Mở đợt đánh giá'}: {round_.title}"
    return [
        News(
            one.owner,
            subject,
            f"Cơ quan bạn phụ trách {one.criteria} tiêu chí, còn {one.missing} tiêu chí chưa tự chấm.{_until(round_)}",
        )
        for one in completeness(round_)
        if one.owner is not None
    ]


def _to_check(round_: Round) -> list[News]:
    """Whoever runs the round is to check; owners who left criteria open hear that their sheet is closed."""
    rows = completeness(round_)
    said, missing = sum(one.criteria - one.missing for one in rows), sum(one.missing for one in rows)
    empty = f", {missing} tiêu chí chưa ai tự chấm" if missing else ""
    told = f"{said} tiêu chí đã tự chấm chờ cơ quan bạn kiểm tra{empty}.{_until(round_)}"
    left = "Phiếu không sửa được nữa; cơ quan bạn còn {} tiêu chí chưa tự chấm. Muốn chấm tiếp, hãy đề nghị cơ quan chủ trì cho tự chấm lại."
    late = [one for one in rows if one.owner not in (None, round_.organiser_id) and one.missing]
    return [
        News(round_.organiser_id, f"Đến bước kiểm tra: {round_.title}", told),
        *(
            News(one.owner, f"Đã hết bước tự chấm: {round_.title}", left.format(one.missing))
            for one in late
            if one.owner
        ),
    ]


def _to_decide(round_: Round) -> list[News]:
    """The council's turn: how many objections it has to decide on, or that nothing stands in the way of publication."""
    raised = PointsObjection.objects.filter(answer__round=round_, answer__decided_at=None)
    waiting, silent = raised.count(), raised.filter(replied_at=None).count()
    told = "Không còn ý kiến nào chờ hội đồng; lãnh đạo có thể công bố kết quả."
    if waiting:
        unanswered = f", trong đó {silent} ý kiến chưa được trả lời" if silent else ""
        told = f"{waiting} ý kiến về điểm thẩm định chờ hội đồng quyết định{unanswered}."
    return [News(round_.organiser_id, f"Đến bước hội đồng quyết định: {round_.title}", f"{told}{_until(round_)}")]


def _to_appraise(round_: Round) -> list[News]:
    subject = f"Đến bước thẩm định: {round_.title}"
    return [
        News(agency, subject, f"Cơ quan bạn có {left} tiêu chí chờ thẩm định.{_until(round_)}")
        for agency, left in unjudged(round_)
    ]


def unjudged(round_: Round) -> list[tuple[int, int]]:
    """Agencies with criteria that they have yet to appraise, and how many."""
    rows = Answer.objects.filter(round=round_, appraised_at=None, appraiser__isnull=False).order_by("appraiser")
    return list(rows.values_list("appraiser").annotate(left=Count("pk")))


def _sent(round_: Round) -> list[News]:
    subject = f"Có kết quả thẩm định: {round_.title}"
    rows = Answer.objects.filter(round=round_, owner__isnull=False).order_by("owner")
    lowered = Q(appraised_points__lt=F("self_points"))
    counted = rows.values_list("owner").annotate(criteria=Count("pk"), less=Count("pk", filter=lowered))
    return [
        News(
            owner,
            subject,
            f"{criteria} tiêu chí của cơ quan bạn đã có điểm thẩm định, {less} tiêu chí thấp hơn điểm tự chấm."
            f" Ý kiến nêu tại từng tiêu chí.{_until(round_)}",
        )
        for owner, criteria, less in counted
    ]


def _published(round_: Round) -> list[News]:
    subject = f"Đã công bố kết quả: {round_.title}"
    scores = frozen_scores(round_.pk)
    found = []
    for agency, unit in JudgedUnit.objects.filter(round=round_).order_by("pk").values_list("agency", "name"):
        one = scores.get(unit)
        if one is None or one.total is None:
            continue
        rank = "" if one.rank is None or len(scores) < 2 else f", hạng {_plain(one.rank)} trong {len(scores)} đơn vị"
        found.append(News(agency, subject, f"{unit}: {_plain(round(one.total, 2))} điểm{rank}."))
    return found


def _plain(value: object) -> str:
    text = f"{value:f}" if hasattr(value, "as_tuple") else str(value)
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def of_assignment(
    round_: Round, *, stage: str, agency: int, criteria: int, appraising: bool, name: str, at: datetime
) -> int:
    """Criteria went to an agency in its stage; what is assigned before that is told when the stage begins."""
    if Stage(stage) is not (Stage.APPRAISING if appraising else Stage.SELF_SCORING):
        return 0
    what = "thẩm định" if appraising else "phụ trách"
    news = News(
        agency,
        f"Được giao {what} {criteria} tiêu chí: {round_.title}",
        f"Cơ quan chủ trì giao cơ quan bạn {what} {criteria} tiêu chí của đợt đánh giá này.{_until(round_)}",
    )
    return tell_of_round(round_, [news], name=name, at=at)


def of_extension(round_: Round, *, until: date, name: str, at: datetime) -> int:
    """The stage under way ends on another day: whoever works in it hears of it."""
    stage = Stage(round_.stage)
    if stage in (Stage.SELF_SCORING, Stage.OBJECTING):
        agencies = [one.owner for one in completeness(round_) if one.owner is not None]
    else:
        agencies = [agency for agency, _left in unjudged(round_)] if stage is Stage.APPRAISING else []
    words = f"Hạn {stage.label} dời đến ngày {until:%d/%m/%Y}."
    news = [News(one, f"Gia hạn đến {until:%d/%m/%Y}: {round_.title}", words) for one in agencies]
    return tell_of_round(round_, news, name=name, at=at)


def of_objection(objection: PointsObjection, *, name: str, at: datetime) -> int:
    """Whoever appraised hears what the owner says against it."""
    answer = objection.answer
    subject = f"Ý kiến về điểm thẩm định: tiêu chí {answer.criterion}, {answer.unit.name}"
    return tell_of_answer(answer, _to(answer.appraiser_id, subject, objection.text), name=name, at=at)


def of_reply(objection: PointsObjection, *, name: str, at: datetime) -> int:
    """The owner hears the answer to its objection."""
    answer = objection.answer
    subject = (
        f"Ý kiến về tiêu chí {answer.criterion} được đồng ý"
        if objection.agreed
        else f"Trả lời ý kiến về tiêu chí {answer.criterion}: giữ nguyên điểm"
    )
    return tell_of_answer(answer, _to(answer.owner_id, subject, objection.reply), name=name, at=at)


def _to(agency: int | None, subject: str, body: str) -> Iterable[News]:
    return [] if agency is None else [News(agency, subject, body)]


def _until(round_: Round) -> str:
    field = last_day_field(Stage(round_.stage))
    last = getattr(round_, field) if field else None
    return "" if last is None else f" Hạn cuối là {last:%d/%m/%Y}."
