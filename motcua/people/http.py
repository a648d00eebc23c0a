"""The typed request: who signed in, in which post, acting for whom; and the doors that ask for a role."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from motcua.base.actors import ANONYMOUS, Actor
from motcua.base.clock import day_of
from motcua.people import queries, unsent
from motcua.people.models import Person
from motcua.people.queries import Place
from motcua.people.rules import roles_for
from motcua.people.terms import OFFICIALS, Permission, Role

__all__ = ["PersonRequest", "choose_place", "citizen_view", "desk_view", "login_not_required"]

IDLE_DESK: Final = timedelta(minutes=30)
IDLE_CITIZEN: Final = timedelta(hours=2)
ABSOLUTE: Final = timedelta(hours=12)
SEEN_EVERY: Final = timedelta(minutes=1)


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in: what desk and citizen views receive."""

    user: Person  # type: ignore[assignment]
    now: datetime
    actor: Actor
    place: Place | None
    places: list[Place]
    signed_out_person: int | None


View = Callable[..., HttpResponse]


class ActorMiddleware:
    """Ends sessions that are too old, and gives each request its actor: asked for only when somebody needs it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _end_old_session(request)  # type: ignore[arg-type]
        request.places = SimpleLazyObject(lambda: _places(request))  # type: ignore[arg-type, attr-defined]
        request.place = SimpleLazyObject(lambda: _place(request))  # type: ignore[arg-type, attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[arg-type, attr-defined]
        answer = self.get_response(request)
        unsent.name_owner(request, answer)
        return answer


def _end_old_session(request: PersonRequest) -> None:
    """Sign out after 30 idle minutes at the desk (two hours for citizens), and after twelve hours in any case."""
    request.signed_out_person = None
    session, now = request.session, int(request.now.timestamp())
    if "_auth_user_id" not in session:
        return
    idle = IDLE_DESK if session.get("desk") else IDLE_CITIZEN
    begun, seen = session.get("begun_at", now), session.get("seen_at", now)
    if now - begun > ABSOLUTE.total_seconds() or now - seen > idle.total_seconds():
        request.signed_out_person = int(session["_auth_user_id"])
        logout(request)
        request.session["signed_out"] = "old"
    elif "begun_at" not in session or now - seen > SEEN_EVERY.total_seconds():
        session["begun_at"], session["seen_at"] = begun, now


def _places(request: PersonRequest) -> list[Place]:
    return queries.places_of(request.user.pk, day=day_of(request.now)) if request.user.is_authenticated else []


def _place(request: PersonRequest) -> Place | None:
    """The place chosen in this session if it still holds today; else the first own one."""
    chosen = request.session.get("place")
    own = [place for place in request.places if place.acting_for is None]
    return next((place for place in request.places if place.key == chosen), own[0] if own else None)


def _actor(request: PersonRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    if not request.place:
        return request.user.actor()
    place = request.place
    roles = place.roles if place.acting_for else place.roles | {Role.CITIZEN.value}
    return request.user.actor(
        agency=place.agency, roles=roles, acting_for=place.acting_for, acting_for_name=place.acting_for_name
    )


def choose_place(request: PersonRequest, key: str) -> bool:
    """Work from here on in another post, or for a colleague; False when today gives no such right."""
    if all(place.key != key for place in request.places):
        return False
    request.session["place"] = key
    request.session.cycle_key()
    return True


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends strangers to the sign-in page, and keeps what somebody had typed when their session ended under their hands."""

    def handle_no_permission(self, request: Any, view_func: Any) -> Any:
        target = request.get_full_path()
        if request.method != "GET":
            kept = unsent.keep(request)
            if (
                not kept
                and not request.headers.get("HX-Request")
                and (again := unsent.shown_again(request)) is not None
            ):
                return again
            target = reverse("people:kept") if kept else unsent.page_before(request)
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=401)
            answer["HX-Redirect"] = redirect_to_login(target, settings.LOGIN_URL and reverse(settings.LOGIN_URL)).url
            return answer
        return redirect_to_login(target, reverse(settings.LOGIN_URL))


def desk_view(*allowed: Role | Permission) -> Callable[[View], View]:
    """A page of officials: signed in, with one of the roles today (any post when none is named), second factor where demanded."""
    roles = roles_for(*(allowed or OFFICIALS))

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor = _actor(request)
            if roles.isdisjoint(request.actor.roles):
                raise PermissionDenied(_refusal(roles, request.actor))
            if settings.OFFICIALS_NEED_SECOND_FACTOR and not _second_factor_used(request):
                return HttpResponseRedirect(reverse("people:second_factor"))
            if not request.session.get("desk"):
                request.session["desk"] = True
            return view(request, *args, **kwargs)

        guarded.allowed_roles = roles  # type: ignore[attr-defined]
        return guarded

    return door


def citizen_view(view: View) -> View:
    """A page of the signed-in citizen about their own things; closed while acting for a colleague."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.actor = _actor(request)
        if request.actor.acting_for is not None:
            raise PermissionDenied(
                _("Đang làm thay %(name)s. Trở về việc của mình để mở trang này.")
                % {"name": request.actor.acting_for_name}
            )
        return view(request, *args, **kwargs)

    guarded.allowed_roles = roles_for(Role.CITIZEN)  # type: ignore[attr-defined]
    return guarded


def _refusal(roles: frozenset[str], actor: Actor) -> str:
    names = ", ".join(str(role.label).lower() for role in OFFICIALS if role.value in roles)
    if actor.acting_for is not None:
        return _("Trang này dành cho %(roles)s. Đang làm thay %(name)s nên chỉ có vai trò được ủy quyền.") % {
            "roles": names,
            "name": actor.acting_for_name,
        }
    return _("Trang này dành cho %(roles)s. Hôm nay tài khoản %(name)s không giữ vai trò đó.") % {
        "roles": names,
        "name": actor.name,
    }


def _second_factor_used(request: HttpRequest) -> bool:
    methods = request.session.get("account_authentication_methods", [])
    return any(one.get("method") == "mfa" for one in methods)
