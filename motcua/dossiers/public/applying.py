"""Applying: which case and office, one question group per page, papers, delivery, look over, hand in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base import downloads, files
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.masking import mask_identity
from motcua.base.text import whole_number
from motcua.dossiers import actions, queries
from motcua.dossiers.actions.uploads import sender_of
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.public.forms import ApplyForm, DeclareForm, typed_contact, typed_group
from motcua.dossiers.public.places import find_place, place_name
from motcua.dossiers.public.sent import keep_each
from motcua.dossiers.public.trip import CONTACT, Step, Trip, first_answers, trip_of
from motcua.dossiers.queries import citizens, counter
from motcua.dossiers.queries.showing import NO_ANSWER, TAG_OF, answer_in_words
from motcua.dossiers.rules import draft_ends_on
from motcua.dossiers.terms import Channel, Delivery, Turn
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people.http import PersonRequest, citizen_view
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Offer
from motcua.procedures.rules import forms as questions
from motcua.procedures.terms import OnlineFiling
from motcua.workdays.rules import late_before

MOST_FILES = 20
"""Electronic copies of one paper in a draft."""
MOST_WAITING = 20
"""Dossiers that wait for their applicant, shown before all others."""


@citizen_view
def apply(request: PersonRequest, code: str) -> HttpResponse:
    """Choose the case and the office: a draft begins. Where citizens file at the national portal, say so and link there."""
    offer = procedures.offer(code, channel=Channel.ONLINE, day=day_of(request.now))
    if offer.online_filing != OnlineFiling.OWN:
        return render(request, "dossiers/public/elsewhere.html", {"offer": offer})
    old = _begun(request)
    form, places = _apply_form(request, offer, old)
    if request.method == "POST" and form.is_valid():
        agency = _chosen_place(request, form, places)
        if agency is not None:
            draft = _begin(request, offer, form.cleaned_data, agency, old)
            return redirect("dossiers:question", draft.reference, 1)
    begun = [one for one in citizens.drafts_of(request.user.pk) if one.procedure_code == code and one != old]
    context = {"offer": offer, "form": form, "places": places, "begun": begun[:3], "draft": old}
    return render(request, "dossiers/public/apply.html", context, status=422 if form.errors else 200)


def _begun(request: PersonRequest) -> Draft | None:
    """The draft whose case or office is to be chosen anew."""
    draft = citizens.draft_of(request.GET.get("nhap", "")[:20], request.user.pk)
    return draft if draft is not None and draft.dossier_id is None else None


def _apply_form(request: PersonRequest, offer: Offer, old: Draft | None) -> tuple[ApplyForm, list[tuple[int, str]]]:
    day = day_of(request.now)
    places = [(one, place_name(name)) for one, name in counter.deciders(offer, near=_root(request), day=day)]
    if not places:
        raise Refused(_("Chưa có cơ quan nào trong tỉnh giải quyết thủ tục này."))
    by_name = any(one.agency == places[0][0] for one in organisations.communes_on(day))
    names = dict(places)
    initial: dict[str, Any] = {"case": request.GET.get("truong-hop") or None, "on_behalf": "self"}
    if old is not None:
        contact = old.answers.get(CONTACT) or {}
        initial = {"case": old.case_code, "on_behalf": contact.get("on_behalf", "self")}
        initial["place"] = names.get(old.agency_id or 0, "") if by_name else str(old.agency_id or "")
    elif by_name and request.user.address:
        home, _sentence = find_place(request.user.address, places, day)
        initial["place"] = names.get(home or 0, "")
    cases = [(code, name or _("Trường hợp thông thường")) for code, name in queries.cases_of(offer.version_id)]
    form = ApplyForm(request.POST or None, cases=cases, places=places, by_name=by_name, initial=initial)
    return form, places


def _root(request: PersonRequest) -> int:
    """The province: the topmost agency standing today."""
    top = next((one for one in organisations.tree_on(day_of(request.now)) if one.version.level is Level.PROVINCE), None)
    if top is None:
        raise Refused(_("Chưa khai báo cơ quan nào; báo người quản trị."))
    return top.version.agency


def _chosen_place(request: PersonRequest, form: ApplyForm, places: list[tuple[int, str]]) -> int | None:
    if "place" not in form.fields:
        return places[0][0]
    text = form.cleaned_data["place"]
    if (number := whole_number(text)) is not None:
        return number if number in dict(places) else None
    found, sentence = find_place(text, places, day_of(request.now))
    if found is None:
        form.add_error("place", sentence)
    return found


def _begin(request: PersonRequest, offer: Offer, chosen: dict[str, Any], agency: int, old: Draft | None) -> Draft:
    on_behalf = chosen["on_behalf"]
    answers = first_answers(offer.form_schema, request.user, on_behalf)
    if old is not None:
        answers = {**answers, **old.answers, CONTACT: {**(old.answers.get(CONTACT) or {}), "on_behalf": on_behalf}}
    return actions.save_draft(
        old,
        person=request.user.pk,
        procedure_code=offer.code,
        case_code=chosen.get("case") or offer.case_code,
        agency=agency,
        at=request.now,
        answers=answers,
    )


def _trip(request: PersonRequest, reference: str) -> Trip:
    draft = citizens.draft_of(reference, request.user.pk)
    if draft is None:
        raise Http404(_("Không thấy bản nháp này trong tài khoản của bạn."))
    return trip_of(draft, request.user, request.now)


@citizen_view
def question(request: PersonRequest, reference: str, page: int) -> HttpResponse:
    """One page of the application: what was typed is saved first, right or wrong, and then looked at."""
    trip = _trip(request, reference)
    step = trip.step(page)
    if trip.draft.dossier is not None:
        return redirect("dossiers:submitted", trip.draft.dossier.reference)
    if step is None:
        return redirect("dossiers:check", reference)
    if request.method != "POST":
        return _show(request, trip, step, check=False)
    problems = _keep(request, trip, step)
    trip = _trip(request, reference)
    act = request.POST.get("act", "")
    if act == "later" and not problems:
        messages.success(request, _("Đã lưu bản nháp. Mở lại ở “Hồ sơ của tôi”."))
        return redirect("dossiers:mine")
    if not problems and (act.startswith("remove:") or act == "upload"):
        return redirect(f"{request.path}{_query(request)}#giay-to")
    if problems or not trip.form(step, check=True).is_valid():
        return _show(request, trip, step, check=act in ("", "on"), problems=problems)
    last = page >= len(trip.steps) or request.GET.get("ve") == "xem-lai"
    return redirect("dossiers:check", reference) if last else redirect("dossiers:question", reference, page + 1)


def _query(request: PersonRequest) -> str:
    return "?ve=xem-lai" if request.GET.get("ve") == "xem-lai" else ""


def _keep(request: PersonRequest, trip: Trip, step: Step) -> dict[str, list[str]]:
    """Save what this page sent; files that are not what they claim are told per paper, the others are kept."""
    draft = trip.draft
    problems: dict[str, list[str]] = {}
    typed: dict[str, Any] = {}
    if step.group is not None:
        typed["answers"] = {**draft.answers, step.group.key: typed_group(step.group, request.POST)}
    elif step.kind == "contact":
        typed["answers"] = {**draft.answers, CONTACT: {**trip.contact, **typed_contact(request.POST)}}
        if (way := request.POST.get("delivery", "")) in ("online", "counter", "post"):
            typed["delivery"] = way
    else:
        typed["files"], problems = _keep_files(request, trip)
    actions.save_draft(
        draft, person=draft.person_id, procedure_code=draft.procedure_code, case_code=draft.case_code,
        agency=draft.agency_id, at=request.now, **typed,
    )  # fmt: skip
    return problems


def _keep_files(request: PersonRequest, trip: Trip) -> tuple[dict[str, list[int]], dict[str, list[str]]]:
    attached = {key: list(value) for key, value in trip.draft.files.items()}
    problems: dict[str, list[str]] = {}
    gone = request.POST.get("act", "").removeprefix("remove:")
    for one in trip.asked_papers:
        key, name = str(one.no), f"files_{one.no}"
        attached[key] = [each for each in attached.get(key, []) if f"{key}:{each}" != gone]
        new, told = keep_each(request.FILES.getlist(name), sender=sender_of(request.actor), at=request.now)
        if len(attached[key]) + len(new) > MOST_FILES:
            told = [_("Mỗi giấy tờ nhiều nhất %(most)s tệp. Gộp các trang vào một tệp PDF.") % {"most": MOST_FILES}]
            new = []
        attached[key] += new
        if told:
            problems[name] = told
    return attached, problems


def _show(
    request: PersonRequest, trip: Trip, step: Step, *, check: bool, problems: dict[str, list[str]] | None = None
) -> HttpResponse:
    form = trip.form(step, check=check or bool(problems))
    wrong = form.is_bound and not form.is_valid()
    for name, sentences in (problems or {}).items():
        form.errors.pop(name, None)
        form.add_error(name, sentences)
    lines = [(one, form[f"files_{one.no}"]) for one in trip.papers] if step.kind == "papers" else []
    context = {
        "trip": trip,
        "draft": trip.draft,
        "step": step,
        "form": form,
        "lines": lines,
        "back": _back(trip, step, request),
    }
    return render(request, f"dossiers/public/{step.kind}.html", context, status=422 if wrong or problems else 200)


def _back(trip: Trip, step: Step, request: PersonRequest) -> int:
    """The number of the page before; 0 for the choice of case and office, -1 for the page of looking over."""
    return -1 if request.GET.get("ve") == "xem-lai" else step.number - 1


@citizen_view
def check(request: PersonRequest, reference: str) -> HttpResponse:
    """Look everything over, see the date to come, declare, hand in; pressing twice makes one dossier."""
    trip = _trip(request, reference)
    if trip.draft.dossier is not None:
        return redirect("dossiers:submitted", trip.draft.dossier.reference)
    pages = trip.checked()
    form = DeclareForm(request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid() and all(one.is_valid() for _step, one in pages):
        if trip.is_sealed(form.cleaned_data["key"]):
            try:
                return _hand_in(request, trip, dict(pages[-1][1].cleaned_data))
            except Refused as refused:
                problems = refused.objections
        else:
            problems = [_("Bản nháp vừa được sửa ở một trang khác. Xem lại rồi nộp.")]
    context = {"trip": trip, "draft": trip.draft, "form": form, "problems": problems, **_overview(trip, pages)}
    return render(request, "dossiers/public/check.html", context, status=422 if problems or form.errors else 200)


def _hand_in(request: PersonRequest, trip: Trip, contact: dict[str, Any]) -> HttpResponse:
    dossier = actions.submit(
        trip.application(contact),
        by=request.actor,
        at=request.now,
        owner=f"citizen:{request.user.pk}",
        key=f"draft:{trip.draft.reference}",
        draft=trip.draft,
    )
    return redirect("dossiers:submitted", dossier.reference)


def _overview(trip: Trip, pages: list[tuple[Step, Any]]) -> dict[str, Any]:
    """The answers in words, page by page, and the pages that still have mistakes."""
    schema = trip.offer.form_schema
    answers = questions.cleaned(schema, trip.answers) if schema else {}
    contact = {bound.name: (bound.label, _told(bound)) for bound in pages[-1][1].visible_fields() if _told(bound)}
    if trip.contact.get("delivery", Delivery.ONLINE) != Delivery.POST:
        contact.pop("delivery_address", None)
    return {
        "groups": [(step, *_lines(step, trip, answers)) for step, _form in pages if step.group is not None],
        "wrong": [(step, sum(len(one) for one in form.errors.values())) for step, form in pages if form.errors],
        "papers_step": next((step for step, _form in pages if step.kind == "papers"), None),
        "contact_step": pages[-1][0],
        "contact": list(contact.values()),
    }


def _lines(step: Step, trip: Trip, answers: dict[str, Any]) -> tuple[list[tuple[str, str, bool, str]], list[str]]:
    """What was answered, and the labels of the questions left out; identity numbers as lists show them."""
    assert step.group is not None
    lines, left_out = [], []
    for spec in step.group.fields:
        held = trip.known.get(spec.key, "")
        value = held or answer_in_words(spec, answers)
        if spec.kind is questions.Kind.IDENTITY and not held:
            value = mask_identity(value) if value != NO_ANSWER else value
        if value == NO_ANSWER:
            left_out.append(spec.label)
        else:
            lines.append((spec.label, value, bool(held), spec.name))
    return lines, left_out


def _told(bound: Any) -> str:
    value = bound.value() or ""
    choices = dict(getattr(bound.field, "choices", ()))
    return str(choices.get(value, value)).partition("\n")[0]


@citizen_view
def submitted(request: PersonRequest, reference: str) -> HttpResponse:
    """The receipt, reached only after the commit."""
    dossier = citizens.own_dossier(reference, request.user.pk)
    if dossier is None:
        raise Http404(_("Không thấy hồ sơ này trong tài khoản của bạn."))
    places = organisations.full_names_on([dossier.receiving_id], day_of(dossier.submitted_at))
    context = {
        "dossier": dossier,
        "office": places[dossier.receiving_id],
        "last_digits": dossier.phone[-4:],
        "token": queries.track_token(dossier),
    }
    return render(request, "dossiers/public/submitted.html", context)


@citizen_view
def draft_file(request: PersonRequest, reference: str, number: int) -> HttpResponse:
    """A file of one's own draft, to look at it again."""
    trip = _trip(request, reference)
    if number not in {one for ids in trip.draft.files.values() for one in ids}:
        raise Http404
    return downloads.stored(files.by_id(number))


@citizen_view
def discard(request: PersonRequest, reference: str) -> HttpResponse:
    """Throw a draft away, after asking."""
    draft = citizens.draft_of(reference, request.user.pk)
    if draft is None or draft.dossier_id is not None:
        raise Http404(_("Không thấy bản nháp này trong tài khoản của bạn."))
    if request.method == "POST":
        actions.discard_draft(draft, by=request.actor)
        messages.success(request, _("Đã bỏ bản nháp."))
        return redirect("dossiers:mine")
    names = _names_of([draft.procedure_code], request)
    return render(
        request, "dossiers/public/discard.html", {"draft": draft, "name": names.get(draft.procedure_code, "")}
    )


@citizen_view
def mine(request: PersonRequest) -> HttpResponse:
    """Drafts and dossiers of the signed-in person; what needs them stands first."""
    if request.actor.id is None:
        raise PermissionDenied
    before = request.GET.get("truoc", "")
    waiting = [] if before else list(queries.mine(request.user.pk).filter(turn=Turn.APPLICANT)[:MOST_WAITING])
    page = queries.page_newest(queries.mine(request.user.pk), before=before)
    drafts = [] if before else list(citizens.drafts_of(request.user.pk))
    names = _names_of([one.procedure_code for one in drafts], request)
    shown = {one.pk for one in waiting}
    context = {
        "waiting": [_row(one, request) for one in waiting],
        "rows": [_row(one, request) for one in page.rows if one.pk not in shown],
        "drafts": [
            (one, names.get(one.procedure_code, one.procedure_code), draft_ends_on(day_of(one.changed_at)))
            for one in drafts
        ],
        "older": page.older,
    }
    return render(request, "dossiers/public/mine.html", context)


def _row(dossier: Dossier, request: PersonRequest) -> dict[str, Any]:
    due = None if dossier.finished_at else dossier.due_at
    late = due is not None and due < late_before(request.now)
    return {"dossier": dossier, "tag": TAG_OF[dossier.status], "token": queries.track_token(dossier), "late": late}


def _names_of(codes: list[str], request: PersonRequest) -> dict[str, str]:
    """Names of procedures as they are called today, in one statement."""
    rows = procedures.published(day_of(request.now)).filter(procedure__code__in=set(codes))
    return {one.procedure.code: one.plain_name or one.name for one in rows}
