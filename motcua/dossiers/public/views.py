"""Following a dossier without an account: find it, read it, answer, withdraw, rate, take slips and the result."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base import downloads
from motcua.base.attempts import count_attempt
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.reads import note_read
from motcua.base.text import squeeze
from motcua.base.uploads import MOST_OF_LINK
from motcua.dossiers import actions, queries
from motcua.dossiers.actions.uploads import sender_of
from motcua.dossiers.models import Dossier, IssuedSlip, Supplement
from motcua.dossiers.public.forms import AnswerForm, RateForm, TrackForm, WithdrawForm
from motcua.dossiers.public.sent import keep_each
from motcua.dossiers.public.tracking import actor_by_link, is_own, result_is_open, slip_name, track_page
from motcua.dossiers.queries import citizens
from motcua.dossiers.terms import Channel, Move
from motcua.people.http import PersonRequest, login_not_required

PER_CODE: Final = 5
PER_ADDRESS: Final = 30
MINUTES: Final = 15
_SALT: Final = "motcua.dossiers.answer"


@login_not_required
def track(request: PersonRequest) -> HttpResponse:
    """Code and last four digits of the phone; wrong and unknown get the same answer, and tries are counted."""
    form = TrackForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:60]})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            code, digits = form.cleaned_data["code"], form.cleaned_data["digits"]
            if not _may_try(request, code):
                form.add_error(None, _too_many())
                status = 429
            elif (found := citizens.by_code_and_phone(code, digits)) is not None:
                return redirect("dossiers:tracked", queries.track_token(found))
            else:
                form.add_error(None, _not_found(code))
    return render(request, "dossiers/public/track.html", {"form": form}, status=status)


def _may_try(request: PersonRequest, code: str) -> bool:
    """At most five tries per dossier, whatever it is called by, and thirty per address in a quarter of an hour."""
    wanted = citizens.one_name_of(code)
    address = request.META.get("REMOTE_ADDR", "")
    by_address = count_attempt(f"track:from:{address}", limit=PER_ADDRESS, minutes=MINUTES, at=request.now)
    by_code = count_attempt(f"track:code:{wanted}", limit=PER_CODE, minutes=MINUTES, at=request.now)
    return by_address and by_code


def _too_many() -> str:
    return _("Đã thử quá nhiều lần. Chờ %(minutes)s phút rồi thử lại, hoặc quét mã QR trên giấy hẹn.") % {
        "minutes": MINUTES
    }


def _not_found(code: str) -> str:
    known = {"code": squeeze(code)[:40]}
    return (
        _(
            "Không thấy hồ sơ mã %(code)s với 4 số cuối này. Xem lại dòng dưới mã QR trên giấy hẹn và số điện thoại đã khai."
        )
        % known
    )


def _dossier(token: str) -> Dossier:
    """The dossier behind a signed link; a link that somebody changed leads nowhere."""
    reference = queries.reference_of_token(token)
    dossier = citizens.tracked(reference) if reference else None
    if dossier is None:
        raise Http404(_("Đường dẫn này không đúng. Tra cứu bằng mã hồ sơ và 4 số cuối điện thoại."))
    return dossier


@login_not_required
@require_safe
def tracked(request: PersonRequest, token: str) -> HttpResponse:
    """The page behind the QR code of a slip."""
    dossier = _dossier(token)
    return render(request, "dossiers/public/tracked.html", track_page(request, dossier, token))


@login_not_required
@require_safe
def slip(request: PersonRequest, token: str, number: int) -> HttpResponse:
    """A slip of one's own as PDF."""
    dossier = _dossier(token)
    one = get_object_or_404(
        IssuedSlip.objects.select_related("file", "dossier"), dossier=dossier, pk=number, kind__in=citizens.PUBLIC_SLIPS
    )
    _note(request, dossier, f"tải {slip_name(one).lower()} bằng đường dẫn trên giấy")
    return downloads.shown(actions.pdf_of(one, at=request.now), f"{one.kind}-{dossier.label}.pdf")


@login_not_required
@require_safe
def result(request: PersonRequest, token: str) -> HttpResponse:
    """The signed result, once it is the applicant's."""
    dossier = _dossier(token)
    content = queries.result_pdf(dossier) if result_is_open(dossier) else None
    if content is None:
        raise Http404(_("Kết quả chưa trả, hoặc còn lệ phí chưa nộp."))
    _note(request, dossier, "tải kết quả bằng đường dẫn trên giấy")
    return downloads.shown(content, f"ket-qua-{dossier.label}.pdf")


def _note(request: PersonRequest, dossier: Dossier, purpose: str) -> None:
    if not is_own(request, dossier):
        note_read(by=request.actor, at=request.now, purpose=purpose, subject="dossiers.dossier", ids=[dossier.pk])


@login_not_required
def answer(request: PersonRequest, token: str) -> HttpResponse:
    """Bring what an M02 asked for: files per paper, or words where no file is needed; nothing sent is lost."""
    dossier = _dossier(token)
    asked = citizens.asked_now(dossier)
    by = actor_by_link(request, dossier)
    closed = queries.objections_to(Move.ANSWER_SUPPLEMENT, dossier, by=by, at=request.now)
    if asked is None or closed:
        messages.info(request, _("Hồ sơ này không chờ bổ sung gì nữa."))
        return redirect("dossiers:tracked", token)
    form, kept = _answer_form(request, asked)
    if request.method == "POST" and form.is_valid():
        try:
            _take_answer(request, dossier, asked, form, kept)
        except Refused as refused:
            form.add_error(None, refused.objections)
        else:
            messages.success(request, _("Đã nhận giấy tờ bổ sung."))
            return redirect("dossiers:tracked", token)
    context = {
        "dossier": dossier,
        "token": token,
        "asked": asked,
        "form": form,
        "lines": _answer_lines(asked, form, kept),
    }
    return render(request, "dossiers/public/answer.html", context, status=422 if form.errors else 200)


def _answer_form(request: PersonRequest, asked: Supplement) -> tuple[AnswerForm, dict[int, list[int]]]:
    """The form, and the files of this and of earlier tries: sealed into the page, so that a mistake elsewhere loses none."""
    form = AnswerForm(asked.items, data=request.POST if request.method == "POST" else None, files=request.FILES or None)
    kept: dict[int, list[int]] = {}
    if request.method != "POST":
        return form, kept
    form.is_valid()
    for place, _item in enumerate(asked.items):
        kept[place] = _unsealed(request.POST.get(f"kept_{place}", ""), asked)
        sent = request.FILES.getlist(f"files_{place}")
        new, told = keep_each(sent, at=request.now, **_sender(request, asked))
        kept[place] += new
        if told:
            form.add_error(f"files_{place}", told)
        elif not kept[place] and not squeeze(form.cleaned_data.get(f"words_{place}", "")):
            form.add_error(f"files_{place}", _("Chọn tệp của giấy này, hoặc trả lời bằng chữ ở ô dưới."))
    return form, kept


def _sender(request: PersonRequest, asked: Supplement) -> dict[str, Any]:
    """Who is counted: the person signed in, else the link of the one dossier, which anybody who saw the slip has."""
    if request.user.is_authenticated:
        return {"sender": sender_of(request.actor)}
    return {"sender": f"link:{asked.dossier_id}", "most": MOST_OF_LINK}


def _sealed(ids: list[int], asked: Supplement) -> str:
    return signing.dumps([asked.pk, ids], salt=_SALT) if ids else ""


def _unsealed(text: str, asked: Supplement) -> list[int]:
    try:
        owner, ids = signing.loads(text, salt=_SALT) if text else (asked.pk, [])
    except signing.BadSignature:
        return []
    return list(ids) if owner == asked.pk else []


def _answer_lines(asked: Supplement, form: AnswerForm, kept: dict[int, list[int]]) -> list[dict[str, Any]]:
    files = StoredFile.objects.in_bulk({one for ids in kept.values() for one in ids})
    return [
        {
            "item": item,
            "place": place,
            "file": form[f"files_{place}"],
            "words": form[f"words_{place}"],
            "sealed": _sealed(kept.get(place, []), asked),
            "kept": [files[one] for one in kept.get(place, []) if one in files],
        }
        for place, item in enumerate(asked.items)
    ]


def _take_answer(
    request: PersonRequest, dossier: Dossier, asked: Supplement, form: AnswerForm, kept: dict[int, list[int]]
) -> None:
    files: dict[int, list[int]] = {}
    words: dict[int, str] = {}
    for place, item in enumerate(asked.items):
        if kept[place]:
            files.setdefault(item["paper"], []).extend(kept[place])
        words[item["paper"]] = squeeze(f"{words.get(item['paper'], '')} {form.cleaned_data.get(f'words_{place}', '')}")
    actions.answer_supplement(
        dossier,
        by=actor_by_link(request, dossier),
        at=request.now,
        channel=Channel.ONLINE,
        files=files,
        words=words,
    )


@login_not_required
def withdraw(request: PersonRequest, token: str) -> HttpResponse:
    """Take it back, after asking: what follows, why, and who one is."""
    dossier = _dossier(token)
    by = actor_by_link(request, dossier)
    form = WithdrawForm(request.POST or None, known=is_own(request, dossier))
    problems = queries.objections_to(Move.WITHDRAW, dossier, by=by, at=request.now)
    if request.method == "POST" and not problems and form.is_valid() and _is_applicant(request, dossier, form):
        actions.withdraw(dossier, reason=form.cleaned_data["reason"], by=by, at=request.now)
        messages.success(request, _("Đã rút hồ sơ %(code)s.") % {"code": dossier.label})
        return redirect("dossiers:tracked", token)
    context = {"dossier": dossier, "token": token, "form": form, "problems": problems}
    return render(request, "dossiers/public/withdraw.html", context, status=422 if request.method == "POST" else 200)


def _is_applicant(request: PersonRequest, dossier: Dossier, form: WithdrawForm) -> bool:
    """A slip can be photographed: without a sign-in the digits of the phone are asked, with the same counted tries."""
    if "digits" not in form.fields:
        return True
    if not _may_try(request, dossier.reference):
        form.add_error(None, _too_many())
        return False
    if citizens.by_code_and_phone(dossier.reference, form.cleaned_data["digits"]) is None:
        form.add_error("digits", _("4 số này không khớp số điện thoại đã khai. Không nhớ thì rút tại quầy."))
        return False
    return True


@login_not_required
def rate(request: PersonRequest, token: str) -> HttpResponse:
    """One to five and a remark; once."""
    dossier = _dossier(token)
    form = RateForm(request.POST or None)
    problems = queries.objections_to(Move.RATE, dossier, by=actor_by_link(request, dossier), at=request.now)
    if request.method == "POST" and not problems and form.is_valid():
        actions.rate(dossier, **form.cleaned_data, by=actor_by_link(request, dossier), at=request.now, by_link=True)
        messages.success(request, _("Đã ghi lời đánh giá. Cảm ơn ông/bà."))
        return redirect("dossiers:tracked", token)
    context = {"dossier": dossier, "token": token, "form": form, "problems": problems}
    return render(request, "dossiers/public/rate.html", context, status=422 if request.method == "POST" else 200)
