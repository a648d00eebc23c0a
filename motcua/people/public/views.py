"""Coming in, and one's own account."""

import logging
import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

import requests
from allauth.account.views import SignupView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.base.attempts import demand_attempt
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.language import chosen_language
from motcua.base.masking import mask_identity
from motcua.base.reads import reads_of
from motcua.people import actions, queries, rules, unsent
from motcua.people.http import PersonRequest, choose_place, citizen_view
from motcua.people.public.forms import (
    AskCodeForm,
    ContactForm,
    EnterCodeForm,
    InvitationForm,
    PreferencesForm,
    RegisterForm,
)
from motcua.people.rules import Registration
from motcua.people.terms import PERMISSIONS, Permission, Role, shown_tables
from motcua.ui.navigation import address

log = logging.getLogger(__name__)


@require_safe
def start(request: PersonRequest) -> HttpResponse:
    """After the sign-in: officials to their work, citizens to their dossiers, in the language they once preferred."""
    places = ("desk:inbox", "people:me") if request.places else ("dossiers:mine", "people:me")
    answer = redirect(next(url for place in places if (url := address(place))))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.language != settings.LANGUAGE_CODE:
        _keep_language(answer, request.user.language)
    return answer


@login_not_required
def outside_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the identity provider; when it does not answer, a page that says so and names the other ways in."""
    try:
        answer: HttpResponse = openid_connect.login(request, provider_id)
    except (requests.RequestException, ValueError, KeyError):
        log.exception("identity provider %s does not answer", provider_id)
        return render(request, "socialaccount/authentication_error.html", status=503)
    return answer


@require_safe
def me(request: PersonRequest) -> HttpResponse:
    """My account: where I work, for whom I may act, how I sign in, what I prefer."""
    person = request.user
    choices = {"language": chosen_language(request), "single_keys_off": person.single_keys_off}
    values = {
        "person": person,
        "masked_number": mask_identity(person.identity_number),
        "posts": request.places,
        "delegations": queries.delegations_on(day_of(request.now)).filter(giver=person).select_related("receiver"),
        "preferences": PreferencesForm(initial=choices),
        "contact": ContactForm(initial={name: getattr(person, name) for name in ContactForm.base_fields}),
    }
    return render(request, "people/public/me.html", values)


@require_POST
def choose(request: PersonRequest) -> HttpResponse:
    """Work in another post, or for a colleague, from now on."""
    if not choose_place(request, request.POST.get("place", "")):
        raise Refused(_("Hôm nay không còn giữ vị trí đó. Xem lại danh sách vị trí."))
    return redirect(_next(request, address("desk:inbox") or address("people:me")))


@require_POST
def set_preferences(request: PersonRequest) -> HttpResponse:
    """Keep language and keys."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Chọn tiếng Việt hoặc tiếng Anh."))
    actions.set_preferences(request.user, **form.cleaned_data, by=request.actor)
    messages.success(request, _("Đã lưu lựa chọn."))
    answer = redirect("people:me")
    _keep_language(answer, form.cleaned_data["language"])
    return answer


def _keep_language(answer: HttpResponse, language: str) -> None:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
    )


@citizen_view
def set_contact(request: PersonRequest) -> HttpResponse:
    """Set telephone, e-mail and address right."""
    form = ContactForm(
        request.POST or None, initial={name: getattr(request.user, name) for name in ContactForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_person(request.user, by=request.actor, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã lưu thông tin liên hệ."))
            return redirect("people:me")
    code_to = "" if request.user.identity_checked_at else rules.proved_address(request.user.username)
    values = {"form": form, "code_to": code_to}
    return render(request, "people/public/contact.html", values, status=400 if form.errors else 200)


@require_safe
@citizen_view
def reads(request: PersonRequest) -> HttpResponse:
    """Who has seen my data: one line per page on which an official saw it unmasked."""
    found = reads_of(request.user.pk)[:200]
    return render(request, "people/public/reads.html", {"reads": found})


@require_safe
@login_not_required
def roles(request: HttpRequest) -> HttpResponse:
    """The table of what each role may do."""
    rows = [(permission, [role for role in Role if role in PERMISSIONS[permission]]) for permission in Permission]
    return render(request, "people/public/roles.html", {"rows": rows, "tables": shown_tables()})


@require_safe
def second_factor(request: PersonRequest) -> HttpResponse:
    """Why an official must add an app or a passkey before the desk opens."""
    return render(request, "people/public/second_factor.html")


@require_safe
@never_cache
def kept(request: PersonRequest) -> HttpResponse:
    """What was typed when the session ended, given back to the same person to send again."""
    form = request.session.pop("kept_form", None)
    if form is None or form["owner"] != request.user.pk:
        return redirect("people:start")
    values = {"form": form, "typed": unsent.words_of(form), "sign_in": False, "lost": False}
    return render(request, "people/public/kept.html", values)


class Register(SignupView):
    """Open an account: nothing is written before the code has been typed that went to the telephone or e-mail."""

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        request, wish = self.request, form.registration()
        try:
            asked = actions.ask_code(
                full_name=wish.full_name,
                identity_number=wish.identity_number,
                address=queries.code_goes_to(wish),
                at=request.now,
            )
        except Refused as refused:
            refused.onto(form)
            return self.form_invalid(form)
        request.session["code"] = {
            "to": queries.code_goes_to(wish),
            "next": _next(request, ""),
            "shown": asked.shown,
            "wish": {**asdict(wish), "born_on": wish.born_on and wish.born_on.isoformat()},
            "password": make_password(form.cleaned_data["password1"]),
        }
        return redirect("people:enter_code", asked.id)


def _registering(asked: dict[str, Any]) -> dict[str, Any]:
    """What `enter_code` needs besides the code when an account is being opened."""
    if "wish" not in asked:
        return {}
    facts = asked["wish"]
    born_on = date.fromisoformat(facts["born_on"]) if facts["born_on"] else None
    return {"wish": Registration(**{**facts, "born_on": born_on}), "password": asked["password"]}


@login_not_required
@never_cache
def ask_code(request: PersonRequest) -> HttpResponse:
    """Come in with a code: name, number of the paper, where the code goes."""
    form = AskCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            demand_attempt(f"code:from:{request.META.get('REMOTE_ADDR')}", limit=30, minutes=15, at=request.now)
            asked = actions.ask_code(**form.cleaned_data, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            request.session["code"] = {
                "to": form.cleaned_data["address"],
                "next": _next(request, ""),
                "shown": asked.shown,
            }
            return redirect("people:enter_code", asked.id)
    values = {"form": form, "next": _next(request, "")}
    return render(request, "people/public/ask_code.html", values, status=400 if form.errors else 200)


@login_not_required
@never_cache
def enter_code(request: PersonRequest, ident: uuid.UUID) -> HttpResponse:
    """The six digits open the door."""
    asked = request.session.get("code", {})
    form = EnterCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.enter_code(ident, form.cleaned_data["code"], **_registering(asked), at=request.now)
        except Refused as refused:
            form.add_error("code", refused.objections[0])
        else:
            request.session.pop("code", None)
            login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect(asked.get("next") or "people:start")
    values = {"form": form, "to": asked.get("to", ""), "shown": asked.get("shown", "") if settings.MOTCUA_DEMO else ""}
    return render(request, "people/public/enter_code.html", values, status=400 if form.errors else 200)


@login_not_required
@never_cache
def invitation(request: PersonRequest, token: str) -> HttpResponse:
    """An invited official sets the first password."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.accept_invitation(token, password=form.cleaned_data["password"], at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(
                request, _("Đã đặt mật khẩu cho %(name)s. Đăng nhập để bắt đầu.") % {"name": person.username}
            )
            return redirect(settings.LOGIN_URL)
    return render(request, "people/public/invitation.html", {"form": form}, status=400 if form.errors else 200)


def _next(request: HttpRequest, otherwise: str) -> str:
    """Where to go on; only inside this house."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    inside = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if inside else otherwise
