"""Officials, their posts, and who acts for whom."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.base import downloads
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.masking import mask_identity
from motcua.base.reads import note_read
from motcua.base.text import whole_number
from motcua.organisations import queries as agencies
from motcua.people import actions, queries, rules
from motcua.people.actions import excel
from motcua.people.desk.forms import (
    AppointForm,
    DelegateForm,
    EndPostForm,
    ImportForm,
    NewOfficialForm,
    OfficialsFilterForm,
)
from motcua.people.http import PersonRequest, desk_view
from motcua.people.models import Delegation, Person, Post
from motcua.people.terms import PERMISSIONS, Permission, Role

PAGE = 50
BIGGEST_SHEET = 5 * 1024 * 1024
managers = desk_view(Permission.MANAGE_PEOPLE)
officials_only = desk_view(Permission.DELEGATE, Permission.MANAGE_PEOPLE)


def _scope(request: PersonRequest) -> list[int]:
    """The agency the administrator works in, and all under it."""
    return agencies.subtree_ids(request.actor.agency, day_of(request.now)) if request.actor.agency else []


def _agency_choices(request: PersonRequest) -> list[tuple[int, str]]:
    names = agencies.full_names_on(_scope(request), day_of(request.now))
    return list(names.items())


@require_safe
@managers
def officials(request: PersonRequest) -> HttpResponse:
    """Who works here today, by name; older posts are on each person's page."""
    form, today = OfficialsFilterForm(request.GET), day_of(request.now)
    form.is_valid()
    role = Role(form.cleaned_data["role"]) if form.cleaned_data.get("role") else None
    found = queries.officials(day=today, agencies=_scope(request), role=role, text=form.cleaned_data.get("q", ""))
    people = list(queries.after(found, request.GET.get("sau", ""))[: PAGE + 1])
    rows = queries.posts_of_many(people[:PAGE], day=today)
    more = people[PAGE - 1].pk if len(people) > PAGE else None
    return render(request, "people/desk/officials.html", {"form": form, "rows": rows, "more": more})


def _person_in_scope(request: PersonRequest, pk: int) -> Person:
    return get_object_or_404(queries.manageable(_scope(request)), pk=pk)


@require_safe
@managers
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """One official: posts through time, account, who acts for them."""
    who = _person_in_scope(request, pk)
    note_read(by=request.actor, at=request.now, purpose="quản lý cán bộ", subject="people.person", ids=[who.pk])
    posts = list(queries.posts_of(who))
    values = {
        "person": who,
        "masked_number": mask_identity(who.identity_number),
        "posts": queries.with_agency_names(posts),
        "delegations": queries.delegations_of(who),
        "invitation": queries.open_invitations(who).first(),
        "today": day_of(request.now),
    }
    return render(request, "people/desk/person.html", values)


@managers
def new(request: PersonRequest) -> HttpResponse:
    """Enter a person who is to work here; the post follows on the next page."""
    form = NewOfficialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        username = facts.pop("username")
        try:
            wish = rules.registration_of(**facts, today=day_of(request.now))
            made = actions.register_official(wish, username=username, by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            return redirect("people_desk:appoint", made.pk)
    return render(request, "people/desk/new.html", {"form": form}, status=400 if form.errors else 200)


@managers
def appoint(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a person a post in an agency of this scope."""
    who = get_object_or_404(queries.manageable(_scope(request)), pk=pk)
    first = {"since": f"{day_of(request.now):%d/%m/%Y}", "agency": request.actor.agency}
    form = AppointForm(request.POST or None, agencies=_agency_choices(request), initial=first)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            actions.appoint(who, role=Role(facts.pop("role")), **facts, by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã giao vị trí cho %(name)s.") % {"name": who.full_name})
            return redirect("people_desk:person", who.pk)
    values = {"form": form, "person": who}
    return render(request, "people/desk/appoint.html", values, status=400 if form.errors else 200)


@managers
def end_post(request: PersonRequest, pk: int) -> HttpResponse:
    """Set the last day of a post."""
    post = get_object_or_404(Post.objects.select_related("person"), pk=pk, agency__in=_scope(request))
    form = EndPostForm(request.POST or None, initial={"last_day": f"{day_of(request.now):%d/%m/%Y}"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_post(post, last_day=form.cleaned_data["last_day"], by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã ghi ngày cuối của vị trí."))
            return redirect("people_desk:person", post.person_id)
    values = {"form": form, "post": post, "role": Role(post.role)}
    return render(request, "people/desk/end_post.html", values, status=400 if form.errors else 200)


@require_POST
@managers
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the letter with the link for the first password."""
    who = _person_in_scope(request, pk)
    actions.invite(who, by=request.actor, at=request.now)
    messages.success(request, _("Lời mời đang được gửi tới %(email)s.") % {"email": who.email})
    return redirect("people_desk:person", pk)


@require_POST
@managers
def switch_account(request: PersonRequest, pk: int) -> HttpResponse:
    """Close the account of a person, or open it again."""
    who = _person_in_scope(request, pk)
    act = actions.close_account if who.is_active else actions.open_account
    act(who, by=request.actor, at=request.now)
    done = _("Đã mở lại tài khoản.") if who.is_active else _("Đã khóa tài khoản; phiên đang mở hết hiệu lực ngay.")
    messages.success(request, done)
    return redirect("people_desk:person", pk)


@managers
def import_sheet(request: PersonRequest) -> HttpResponse:
    """Officials and posts from Excel: a trial first, then all rows or none."""
    form, report = ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            if sheet.size > BIGGEST_SHEET:
                raise Refused(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp."))
            wishes = {"dry_run": form.cleaned_data["trial"], "send_invitations": form.cleaned_data["send_invitations"]}
            report = excel.import_officials(sheet.read(), by=request.actor, at=request.now, **wishes)
        except Refused as refused:
            refused.onto(form)
    bad = bool(form.errors or (report and report.errors))
    return render(request, "people/desk/import.html", {"form": form, "report": report}, status=400 if bad else 200)


@managers
def moves(request: PersonRequest) -> HttpResponse:
    """Whose agency ended without saying where they go on: one choice for each, the likeliest first."""
    problems: list[str] = []
    if request.method == "POST":
        try:
            post = queries.post_to_move(whole_number(request.POST.get("post", "")))
            actions.move_post(post, to=whole_number(request.POST.get("to", "")) or 0, by=request.actor, at=request.now)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã chuyển vị trí của %(name)s.") % {"name": post.person.full_name})
            return redirect("people_desk:moves")
    rows = _stranded(request)
    context = {"rows": rows[:PAGE], "more": len(rows) > PAGE, "problems": problems}
    return render(request, "people/desk/moves.html", context, status=422 if problems else 200)


def _stranded(request: PersonRequest) -> list[dict[str, Any]]:
    """Those who may go on in an agency of this scope, each with the places to choose among."""
    today, found = day_of(request.now), []
    for one in queries.stranded_posts():
        day = max(one.ends_on, today)
        scope = agencies.subtree_ids(request.actor.agency, day) if request.actor.agency else []
        places = [place for place in agencies.heir_choices(one.post.agency_id, day) if place in scope]
        if places:
            was = agencies.full_names_on([one.post.agency_id], one.ends_on, short=True)[one.post.agency_id]
            names = agencies.full_names_on(places, day, short=True)
            found.append({"post": one.post, "ends_on": one.ends_on, "was": was, "places": names.items()})
    return found


@require_safe
@managers
def sheet_template(request: PersonRequest) -> HttpResponse:
    """The empty sheet."""
    return downloads.saved(excel.template(), "can-bo-mau.xlsx")


@require_safe
@officials_only
def delegations(request: PersonRequest) -> HttpResponse:
    """What I gave and what I was given."""
    found = queries.with_agency_names(list(queries.delegations_of(request.user)[:100]))
    return render(request, "people/desk/delegations.html", {"delegations": found, "today": day_of(request.now)})


@officials_only
def delegate(request: PersonRequest) -> HttpResponse:
    """Let a colleague act in one of my roles for some days."""
    choices, more = _delegation_choices(request, day_of(request.now))
    looked = "look" in request.POST
    form = (
        DelegateForm(initial=request.POST.dict(), **choices)
        if looked
        else DelegateForm(request.POST or None, **choices)
    )
    if request.method == "POST" and not looked and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "find"}
        agency, _colon, role = facts.pop("held").partition(":")
        receiver = get_object_or_404(Person, pk=facts.pop("receiver"))
        chosen: dict[str, Any] = {"receiver": receiver, "agency": int(agency), "role": Role(role)}
        try:
            actions.delegate(request.user, **chosen, **facts, by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(
                request, _("%(name)s được làm thay trong thời gian đã ghi.") % {"name": receiver.full_name}
            )
            return redirect("people_desk:delegations")
    values = {"form": form, "more": more, "looked": bool(request.POST.get("find")), "shown": len(choices["receivers"])}
    return render(request, "people/desk/delegate.html", values, status=400 if form.errors else 200)


def _delegation_choices(request: PersonRequest, today: date) -> tuple[dict[str, list[Any]], bool]:
    """The roles one holds and colleagues by the name looked for, one page of them; and whether there are more."""
    own = [place for place in request.places if place.acting_for is None]
    held = [
        (f"{place.agency}:{role}", f"{Role(role).label} · {place.agency_name}")
        for place in own
        for role in sorted(place.roles)
        if Role(role) in PERMISSIONS[Permission.DELEGATE]
    ]
    text = request.POST.get("find", "")
    colleagues = queries.officials(day=today, agencies=[place.agency for place in own], text=text)
    found = list(colleagues.exclude(pk=request.user.pk)[: PAGE + 1])
    names = Counter(one.full_name for one in found)
    told = [(one.pk, _told_apart(one, names)) for one in found[:PAGE]]
    return {"held": held, "receivers": told}, len(found) > PAGE


def _told_apart(person: Person, names: Counter[str]) -> str:
    """The name, and where two colleagues share it, the sign-in name behind it."""
    return f"{person.full_name} ({person.username})" if names[person.full_name] > 1 else person.full_name


@require_POST
@officials_only
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """End a delegation now."""
    found = get_object_or_404(Delegation.objects.filter(pk__in=queries.delegations_of(request.user)), pk=pk)
    actions.revoke_delegation(found, by=request.actor, at=request.now)
    messages.success(request, _("Đã chấm dứt ủy quyền."))
    return redirect("people_desk:delegations")
