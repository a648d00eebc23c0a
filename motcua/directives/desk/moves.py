"""Each move's page: the form it needs, and the one action it makes. Views stay the same for all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.directives import actions, queries
from motcua.directives.desk.forms import tasks as task_forms
from motcua.directives.desk.loading import doers, followers, sent
from motcua.directives.desk.parties import agencies_in, names_of, units_of
from motcua.directives.desk.uploads import keep_proofs
from motcua.directives.models import Coordination, Task, TaskText
from motcua.directives.terms import Field, GivenBy, Move, Urgency
from motcua.people.http import PersonRequest

Values = dict[str, Any]
Who = dict[str, Any]
"""by, at, and which version was seen."""


@dataclass(frozen=True)
class MovePage:
    """What the page of a move says and does."""

    done: Any
    make: Callable[[Task, Values, Who], object]
    form: Callable[[PersonRequest, Task], forms.Form] | None = None
    hard: bool = False
    lead: Any = ""
    multipart: bool = False


def _plain(form: type[forms.Form], **initial: Any) -> Callable[[PersonRequest, Task], forms.Form]:
    return lambda request, task: form(*sent(request), initial=initial)


def _take_form(request: PersonRequest, task: Task) -> forms.Form:
    return task_forms.TakeForm(sent(request)[0], people=doers(task, request.now))


def _appoint_form(request: PersonRequest, task: Task) -> forms.Form:
    return task_forms.AppointForm(sent(request)[0], people=doers(task, request.now), initial={"to": task.assignee_id})


def _progress_form(request: PersonRequest, task: Task) -> forms.Form:
    return task_forms.ProgressForm(sent(request)[0], initial={"progress": task.progress})


def _grant_form(request: PersonRequest, task: Task) -> forms.Form:
    asked = queries.open_request(task)
    return task_forms.GrantForm(sent(request)[0], initial={"new_due_on": asked.wanted_on if asked else None})


def _divide_form(request: PersonRequest, task: Task) -> forms.Form:
    day = day_of(request.now)
    units = units_of(queries.desk_of(request.actor, request.now).authority, day)  # type: ignore[union-attr]
    return task_forms.DivideForm(sent(request)[0], units=units, initial={"due_on": task.due_on})


def _urge_form(request: PersonRequest, task: Task) -> forms.Form:
    return task_forms.UrgeForm(sent(request)[0])


def _correct_form(request: PersonRequest, task: Task) -> forms.Form:
    text = TaskText.objects.get(pk=task.pk)
    initial = {
        **{name: getattr(task, name) for name in ("title", "field", "given_by", "urgency")},
        "follower": task.follower_id,
        "partners": names_of(_partners(task), day_of(request.now)),
        "product": text.product,
        "target": text.target,
    }
    people = followers(task.giver_id, request.now)
    return task_forms.CorrectForm(sent(request)[0], people=people, initial=initial)


def _partners(task: Task) -> list[int]:
    return list(Coordination.objects.filter(task=task).order_by("pk").values_list("agency", flat=True))


def _agencies(task: Task, text: str, who: Who) -> tuple[int, ...]:
    found, unknown = agencies_in(text, root=task.root_id, days=(day_of(who["at"]),))
    if unknown:
        raise Refused(unknown)
    return found


def _one_agency(task: Task, text: str, who: Who) -> int:
    found = _agencies(task, text, who)
    if len(found) != 1:
        raise Refused(gettext_lazy("Ghi một cơ quan chủ trì; mỗi nhiệm vụ chỉ một cơ quan."))
    return found[0]


def _reassign(task: Task, values: Values, who: Who) -> None:
    lead = _one_agency(task, values["lead"], who)
    actions.reassign(task, lead=lead, due_on=values["due_on"], reason=values["reason"], **who)


def _correct(task: Task, values: Values, who: Who) -> None:
    typed = _agencies(task, values.pop("partners"), who)
    values["field"], values["given_by"] = Field(values["field"]), GivenBy(values["given_by"])
    values["urgency"] = Urgency(values["urgency"])
    actions.correct(task, partners=typed, **values, **who)


def _report(task: Task, values: Values, who: Who) -> None:
    files = keep_proofs(values.pop("proofs"), by=who["by"], at=who["at"])
    actions.report(task, files=files, **values, **who)


PAGES: dict[Move, MovePage] = {
    Move.ACCEPT: MovePage(
        gettext_lazy("Đã tiếp nhận nhiệm vụ %(code)s."),
        lambda one, values, who: actions.accept(one, assignee=values["assignee"], **who),
        _take_form,
    ),
    Move.REFUSE: MovePage(
        gettext_lazy("Đã từ chối nhận và báo cơ quan giao."),
        lambda one, values, who: actions.refuse(one, reason=values["reason"], **who),
        _plain(task_forms.ReasonForm),
        hard=True,
        lead=gettext_lazy(
            "Chỉ từ chối khi việc không thuộc thẩm quyền. Cơ quan giao đọc lý do và giao lại cho nơi khác."
        ),
    ),
    Move.REASSIGN: MovePage(
        gettext_lazy("Đã giao lại nhiệm vụ %(code)s."),
        _reassign,
        _plain(task_forms.ReassignForm),
        lead=gettext_lazy("Cơ quan mới nhận tin ngay và phải tiếp nhận lại từ đầu."),
    ),
    Move.APPOINT: MovePage(
        gettext_lazy("Đã phân công."),
        lambda one, values, who: actions.appoint(one, to=values["to"], note=values["note"], **who),
        _appoint_form,
    ),
    Move.UPDATE: MovePage(
        gettext_lazy("Đã cập nhật tiến độ."),
        lambda one, values, who: actions.update_progress(one, **values, **who),
        _progress_form,
    ),
    Move.REPORT: MovePage(
        gettext_lazy("Đã báo cáo hoàn thành %(code)s, chờ cơ quan giao xác nhận."),
        _report,
        _plain(task_forms.ReportForm),
        lead=gettext_lazy("Đúng hạn hay quá hạn tính theo ngày gửi báo cáo này, không tính thời gian chờ xác nhận."),
        multipart=True,
    ),
    Move.CONFIRM: MovePage(
        gettext_lazy("Đã xác nhận hoàn thành %(code)s."),
        lambda one, values, who: actions.confirm(one, opinion=values["opinion"], **who),
        _plain(task_forms.OpinionForm),
    ),
    Move.SEND_BACK: MovePage(
        gettext_lazy("Đã trả lại để làm tiếp."),
        lambda one, values, who: actions.send_back(one, reason=values["reason"], **who),
        _plain(task_forms.ReasonForm),
        lead=gettext_lazy("Ghi rõ còn thiếu gì. Hạn giữ nguyên; báo cáo vừa gửi coi như chưa có."),
    ),
    Move.ASK_EXTENSION: MovePage(
        gettext_lazy("Đã xin gia hạn, chờ cơ quan giao trả lời."),
        lambda one, values, who: actions.ask_extension(one, **values, **who),
        _plain(task_forms.ExtensionForm),
        lead=gettext_lazy("Chỉ xin được khi chưa hết hạn. Hạn cũ còn nguyên cho đến khi cơ quan giao đồng ý."),
    ),
    Move.GRANT_EXTENSION: MovePage(
        gettext_lazy("Đã đồng ý gia hạn."),
        lambda one, values, who: actions.grant_extension(one, **values, **who),
        _grant_form,
    ),
    Move.DENY_EXTENSION: MovePage(
        gettext_lazy("Đã trả lời không gia hạn."),
        lambda one, values, who: actions.deny_extension(one, reason=values["reason"], **who),
        _plain(task_forms.ReasonForm),
    ),
    Move.SUSPEND: MovePage(
        gettext_lazy("Đã tạm hoãn; trong lúc hoãn không tính hạn."),
        lambda one, values, who: actions.suspend(one, reason=values["reason"], **who),
        _plain(task_forms.ReasonForm),
    ),
    Move.RESUME: MovePage(
        gettext_lazy("Nhiệm vụ %(code)s tiếp tục."),
        lambda one, values, who: actions.resume(one, due_on=values["due_on"], **who),
        _plain(task_forms.ResumeForm),
    ),
    Move.CANCEL: MovePage(
        gettext_lazy("Đã thu hồi nhiệm vụ %(code)s."),
        lambda one, values, who: actions.cancel(one, reason=values["reason"], **who),
        _plain(task_forms.ReasonForm),
        hard=True,
        lead=gettext_lazy("Không lấy lại được. Nhiệm vụ còn trong sổ cùng lý do, nhưng không tính trong báo cáo nữa."),
    ),
    Move.CORRECT: MovePage(
        gettext_lazy("Đã sửa; bản cũ được giữ trong dòng thời gian."),
        _correct,
        _correct_form,
        lead=gettext_lazy("Sửa chữ ghi sai. Đổi cơ quan chủ trì thì dùng “Giao lại”, đổi hạn thì dùng gia hạn."),
    ),
    Move.DIVIDE: MovePage(
        gettext_lazy("Đã giao nhiệm vụ con."),
        lambda one, values, who: actions.divide(one, **values, **who),
        _divide_form,
    ),
    Move.URGE: MovePage(
        gettext_lazy("Đã gửi đôn đốc tới lãnh đạo cơ quan chủ trì."),
        lambda one, values, who: actions.urge(one, **values, **who),
        _urge_form,
    ),
    Move.PUBLISH: MovePage(
        gettext_lazy("Đã ghi."),
        lambda one, values, who: actions.publish(one, public=not one.public, **who),
    ),
}
