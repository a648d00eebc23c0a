"""Telling people: a row in the outbox within the transaction of the act; a worker delivers it.

Letters and lines are Vietnamese whatever the sender reads: nobody knows yet who will open them.
"""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.dossiers.actions.inputs import ApplicationIn
from motcua.dossiers.models import Dossier, Supplement
from motcua.dossiers.queries.slips import track_url
from motcua.notifications import actions as notifications
from motcua.notifications.terms import Channel as Way
from motcua.organisations import queries as organisations
from motcua.people.models import Person

_SUBJECTS: Final = {
    "submitted": "Đã nhận đơn %(code)s",
    "received": "Đã tiếp nhận hồ sơ %(code)s, hẹn trả %(due)s",
    "supplement": "Hồ sơ %(code)s cần bổ sung",
    "refused": "Hồ sơ %(code)s không được tiếp nhận",
    "extended": "Xin lỗi: hồ sơ %(code)s hẹn lại %(due)s",
    "moved": "Lịch làm việc đổi: hồ sơ %(code)s hẹn trả %(due)s",
    "taken_over": "Hồ sơ %(code)s nay do %(reason)s giải quyết",
    "done": "Hồ sơ %(code)s đã có kết quả",
    "returned": "Đã trả kết quả hồ sơ %(code)s",
    "withdrawn": "Đã rút hồ sơ %(code)s",
    "stopped": "Hồ sơ %(code)s dừng giải quyết",
    "closed": "Hồ sơ %(code)s đã đóng vì chưa bổ sung",
}
_BODIES: Final = {
    "submitted": "%(office)s đã nhận đơn %(code)s của ông/bà. Trong 8 giờ làm việc, bộ phận một cửa kiểm tra và báo lại.",
    "received": "%(office)s đã tiếp nhận hồ sơ %(code)s của ông/bà và hẹn trả kết quả %(due)s.",
    "supplement": "Hồ sơ %(code)s cần bổ sung giấy tờ. Lý do: %(reason)s. Trong lúc chờ, đồng hồ dừng.",
    "refused": "%(office)s không tiếp nhận hồ sơ %(code)s. Lý do: %(reason)s.",
    "extended": "%(office)s xin lỗi ông/bà vì hồ sơ %(code)s bị chậm. Lý do: %(reason)s. Ngày hẹn mới: %(due)s.",
    "moved": "Lịch làm việc đã đổi theo %(reason)s, nên ngày hẹn trả hồ sơ %(code)s của ông/bà cũng đổi: %(due)s.",
    "taken_over": "Cơ quan nhận hồ sơ %(code)s của ông/bà đã kết thúc hoạt động. %(reason)s giải quyết tiếp; mã hồ sơ giữ nguyên, ông/bà không phải nộp lại gì.",
    "done": "Hồ sơ %(code)s đã có kết quả. Ông/bà nhận theo cách đã đăng ký tại %(office)s.",
    "returned": "Kết quả hồ sơ %(code)s đã được trả. Ông/bà có thể đánh giá việc giải quyết ở đường dẫn dưới đây.",
    "withdrawn": "Hồ sơ %(code)s đã được rút theo đề nghị của ông/bà.",
    "stopped": "Hồ sơ %(code)s dừng giải quyết. Lý do: %(reason)s.",
    "closed": "Hồ sơ %(code)s đã đóng. %(reason)s. Ông/bà có thể nộp hồ sơ mới.",
}


# A line in the app needs only the number of its reader: `Person(pk=…)` saves the statement that would fetch the rest.


def tell_applicant(dossier: Dossier, what: str, *, at: datetime, reason: str = "") -> None:
    """Queue the news for the applicant: by mail where an address was given, in the app where there is an account."""
    _queue(dossier, what, email=dossier.application.email, at=at, reason=reason)


def tell_submitted(dossier: Dossier, application: ApplicationIn, *, at: datetime) -> None:
    """Queue the proof of handing in."""
    _queue(dossier, "submitted", email=application.applicant.email, at=at)


def _queue(dossier: Dossier, what: str, *, email: str, at: datetime, reason: str = "") -> None:
    if not email and dossier.applicant_id is None:
        return
    words = {
        "code": dossier.label,
        "office": organisations.name_on(dossier.receiving_id, day_of(at)),
        "reason": reason.rstrip(" ."),  # the sentence around it has its own full stop
        "due": f"{local(dossier.due_at):%H:%M, %d/%m/%Y}" if dossier.due_at else "",
    }
    subject, link = _SUBJECTS[what] % words, track_url(dossier)
    body = "\n\n".join([_BODIES[what] % words, link, f"Cần hỏi thêm, gọi {settings.MOTCUA_HOTLINE}."])
    common: dict[str, Any] = {"subject": subject, "about": dossier.ref, "template": f"dossiers.{what}", "at": at}
    news = []
    if email:
        news.append(notifications.written(Way.MAIL, to=email, body=body, **common))
    if dossier.applicant_id is not None:
        reader, path = Person(pk=dossier.applicant_id), link.removeprefix(settings.SITE_URL)
        news.append(notifications.written(Way.IN_APP, to=reader, url=path, **common))
    notifications.queue_all(news)


def tell_official(dossier: Dossier, person: int, *, at: datetime, by: Actor) -> None:
    """Tell a colleague that a dossier was given to them; nobody is told of what they did themself."""
    if person == by.id:
        return
    notifications.queue(
        Way.IN_APP,
        to=Person(pk=person),
        subject=f"{by.name} phân công hồ sơ {dossier.label} cho bạn",
        body="",
        url=reverse("dossiers_desk:detail", args=[dossier.reference]),
        about=dossier.ref,
        template="dossiers.assigned",
        at=at,
    )


def tell_answered(dossier: Dossier, asked: Supplement, *, at: datetime) -> None:
    """Tell the one who asked that the papers have come."""
    if asked.drafted_by_id is None:
        return
    notifications.queue(
        Way.IN_APP,
        to=Person(pk=asked.drafted_by_id),
        subject=f"Hồ sơ {dossier.label} đã có giấy tờ bổ sung",
        body="",
        url=reverse("dossiers_desk:detail", args=[dossier.reference]),
        about=dossier.ref,
        template="dossiers.answered",
        at=at,
    )
