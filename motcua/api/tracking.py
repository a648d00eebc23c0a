"""Following a dossier without a key: code and the last four digits of the phone, as on the page."""

from django.utils.translation import gettext as _
from ninja import Router

from motcua.api import problems, shown
from motcua.api.door import ApiRequest
from motcua.api.problems import ApiProblem
from motcua.api.schemas import TrackIn, TrackOut
from motcua.base.attempts import count_attempt
from motcua.base.clock import day_of, local
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import citizens
from motcua.dossiers.terms import OPEN, Status

router = Router(tags=["Tra cứu công khai"])
PER_CODE, PER_ADDRESS, MINUTES = 5, 30, 15


@router.post("/track", auth=None, response=TrackOut, by_alias=True, summary="Theo dõi hồ sơ", operation_id="track")
def track(request: ApiRequest, payload: TrackIn) -> TrackOut:
    """Không cần khóa truy cập. Sai và không có trả lời như nhau; nhiều nhất 5 lần mỗi mã, 30 lần mỗi địa chỉ, trong 15 phút."""
    _demand_try(request, payload.code)
    found = citizens.by_code_and_phone(payload.code, payload.phone_last_digits)
    dossier = citizens.tracked(found.reference) if found else None
    if dossier is None:
        raise ApiProblem(problems.NOT_FOUND, _("Không thấy hồ sơ với mã và 4 số cuối này. Xem lại trên giấy hẹn."))
    return _shown(dossier, request)


def _demand_try(request: ApiRequest, code: str) -> None:
    """One count with the page: the two doors together allow no more tries than one."""
    wanted = citizens.one_name_of(code)
    address = request.META.get("REMOTE_ADDR", "")
    by_address = count_attempt(f"track:from:{address}", limit=PER_ADDRESS, minutes=MINUTES, at=request.now)
    by_code = count_attempt(f"track:code:{wanted}", limit=PER_CODE, minutes=MINUTES, at=request.now)
    if not (by_address and by_code):
        raise ApiProblem(problems.TOO_MANY, _("Đã thử quá nhiều lần. Chờ 15 phút rồi thử lại."), wait=MINUTES * 60)


def _shown(dossier: Dossier, request: ApiRequest) -> TrackOut:
    day = day_of(request.now)
    why, lines = shown.due_lines(dossier)
    held = dossier.state in OPEN or dossier.state is Status.DONE
    return TrackOut(
        code=dossier.label,
        status=shown.term(dossier.state),
        procedure=shown.procedure(dossier),
        receiving=shown.agency(dossier.receiving_id, day),
        holding=shown.agency(dossier.holding_id, day) if held else None,
        submitted_at=local(dossier.submitted_at),
        received_at=shown.moment(dossier.received_at),
        due_at=shown.moment(dossier.due_at),
        due_why=why,
        due_lines=lines,
        returned_at=shown.moment(dossier.returned_at),
        history=[shown.happening(one) for one in queries.public_history(dossier)],
        asked=shown.asked(dossier),
    )
