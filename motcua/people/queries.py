"""Questions about persons, the posts they hold and for whom they may act. Nothing here writes."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import BigIntegerField
from django.utils.translation import gettext as _

from motcua.base import prepared
from motcua.base.errors import Refused
from motcua.base.prepared import Prepared
from motcua.base.text import unaccented, whole_number
from motcua.organisations import queries as agencies
from motcua.people import rules
from motcua.people.models import Delegation, Invitation, Person, Post
from motcua.people.rules import OFFICIAL_NAME, Registration, compact_number, kind_of, normal_phone, registration_doubts
from motcua.people.terms import OFFICIALS, Role


class Place(NamedTuple):
    """Where and as whom a person may act today: an own agency with all roles held there, or a colleague's one role."""

    key: str
    agency: int
    agency_name: str
    roles: frozenset[str]
    title: str
    unit: str
    acting_for: int | None = None
    acting_for_name: str = ""

    @property
    def label(self) -> str:
        """One line for the bar and the list of choices."""
        roles = self.title or ", ".join(str(Role(role).label) for role in sorted(self.roles))
        return f"{roles} · {self.agency_name}"


def places_of(person: int, *, day: date) -> list[Place]:
    """All places of a person on that day, own ones first, in one statement."""
    rows = _PLACES.all(person=person, day=day)
    names = agencies.full_names_on([row[0] for row in rows], day, short=True)
    places: dict[str, Place] = {}
    for agency, role, delegation, giver, giver_name, title, unit in rows:
        key = f"d{delegation}" if delegation else f"a{agency}"
        roles = frozenset({role})
        if key in places:
            roles |= places[key].roles
            title, unit = places[key].title or title, places[key].unit or unit
        places[key] = Place(key, agency, names[agency], roles, title, unit, giver, giver_name)
    return sorted(places.values(), key=lambda place: (place.acting_for is not None, place.agency_name, place.key))


def _own_and_given() -> Any:
    """The posts held and the delegations received, as rows of one shape."""
    person, day = prepared.number("person"), prepared.day("day")
    own = _rows(
        posts_on(day).filter(person_id=person),
        delegation_no=Value(None, BigIntegerField()),
        giver_no=Value(None, BigIntegerField()),
        giver_name=Value(""),
        title_=F("title"),
        unit_=F("unit"),
    )
    given = _rows(
        delegations_on(day).filter(receiver_id=person),
        delegation_no=F("pk"),
        giver_no=F("giver_id"),
        giver_name=F("giver__full_name"),
        title_=Value(""),
        unit_=Value(""),
    )
    return own.union(given, all=True)


_PLACES: Final = Prepared(_own_and_given)


def _rows(found: QuerySet[Any], **columns: Any) -> Any:
    return found.annotate(**columns).values_list("agency_id", "role", *columns)


def posts_on(day: date) -> QuerySet[Post]:
    """Posts held on that day by persons whose account is open."""
    return Post.objects.filter(during__contains=day, person__is_active=True)


def colleagues(offices: Collection[int], first: date, last: date) -> set[int]:
    """Everybody who held a post in one of these offices on any of the days, also those whose account is closed by now."""
    held = Post.objects.filter(agency__in=list(offices), during__overlap=DateRange(first, last, "[]"))
    return set(held.values_list("person", flat=True))


def delegations_on(day: date) -> QuerySet[Delegation]:
    """Delegations that work on that day: not revoked, and the giver still holds the role there."""
    held = posts_on(day).filter(person=OuterRef("giver"), agency=OuterRef("agency"), role=OuterRef("role"))
    return Delegation.objects.filter(
        Exists(held), during__contains=day, revoked_at__isnull=True, receiver__is_active=True
    )


def posts_of(person: Person, *, day: date | None = None) -> QuerySet[Post]:
    """The posts of a person, newest first; only those held on the day if one is given."""
    found = Post.objects.filter(person=person)
    if day is not None:
        found = found.filter(during__contains=day)
    return found.order_by("-during", "pk")


def roles_of(person: Person, *, agency: int, day: date) -> frozenset[str]:
    """The roles a person holds by own posts in that agency on that day."""
    return frozenset(posts_on(day).filter(person=person, agency=agency).values_list("role", flat=True))


def delegations_of(person: Person) -> QuerySet[Delegation]:
    """Given and received, newest first."""
    found = Delegation.objects.filter(Q(giver=person) | Q(receiver=person))
    return found.select_related("giver", "receiver").order_by("-created_at", "-pk")


def officials(
    *, day: date, agencies: Iterable[int] | None = None, role: Role | None = None, text: str = ""
) -> QuerySet[Person]:
    """Persons who hold a post on that day, in the order of a Vietnamese list."""
    held = posts_on(day).filter(person=OuterRef("pk"))
    if agencies is not None:
        held = held.filter(agency__in=list(agencies))
    if role is not None:
        held = held.filter(role=role)
    found = Person.objects.filter(Exists(held))
    if words := unaccented(text):
        found = found.filter(search__contains=words)
    return found.order_by("sort_key", "pk")


def holders(*, agency: int, roles: Collection[Role], day: date) -> QuerySet[Person]:
    """Who may be given work in that agency: holders of one of the roles on that day."""
    held = posts_on(day).filter(person=OuterRef("pk"), agency=agency, role__in=[role.value for role in roles])
    return Person.objects.filter(Exists(held)).order_by("sort_key", "pk")


def find_citizen(text: str) -> list[Person]:
    """Persons known by this identity number or telephone, at most ten: what the counter types first."""
    number = compact_number(text)
    wanted = Q()
    if kind_of(number) is not None:
        wanted |= Q(identity_number=number)
    try:
        wanted |= Q(phone=normal_phone(text))
    except Refused:
        pass
    if not wanted:
        return []
    return list(Person.objects.active().filter(wanted).order_by("sort_key", "pk")[:10])


def open_invitations(person: Person) -> QuerySet[Invitation]:
    """Letters sent and not yet used, newest first."""
    return Invitation.objects.filter(person=person, accepted_at__isnull=True).order_by("-created_at", "-pk")


def is_official(person: Person, *, day: date) -> bool:
    """Whether the person holds any post on that day."""
    return posts_on(day).filter(person=person, role__in=[role.value for role in OFFICIALS]).exists()


def registration_objections(wish: Registration) -> list[str]:
    """Every reason why this citizen cannot open an account online."""
    found = registration_doubts(wish)
    if wish.identity_number and Person.objects.filter(identity_number=wish.identity_number).exists():
        found.append(
            _("Số giấy tờ này đã có trong sổ. Đăng nhập, dùng mã một lần, hoặc đến quầy một cửa để mở tài khoản.")
        )
    to = code_goes_to(wish)
    if not to:
        found.append(
            _("Nơi này chưa gửi được tin nhắn. Ghi địa chỉ thư điện tử để nhận mã, hoặc mở tài khoản ở quầy một cửa.")
        )
    elif Person.objects.filter(username=rules.sign_in_name(to)).exists():
        found.append(_("Số điện thoại hoặc thư này đã mở một tài khoản. Đăng nhập, hoặc lấy lại mật khẩu."))
    return found


def code_goes_to(wish: Registration) -> str:
    """Where the code of a registration goes: to the telephone where messages can be sent, else by mail; "" when nowhere."""
    return wish.phone if wish.phone and (settings.SMS_GATEWAY or settings.MOTCUA_DEMO) else wish.email


def opens(person: Person, address: str) -> bool:
    """Whether a code or link sent to this telephone or e-mail may open the account.

    Until an official has held the paper in hand, an account opened online is reached only where its first code went:
    another address in it may have been typed by somebody else than its owner, or lead to somebody else than its opener.
    """
    proved = rules.proved_address(person.username)
    if proved and person.identity_checked_at is None:
        return address.lower() == proved
    return address.lower() in (person.phone, person.email.lower())


class SampleSignIn(NamedTuple):
    """One sign-in of the demonstration."""

    role: Role
    username: str
    name: str
    agency_name: str


def sample_sign_ins(*, day: date) -> list[SampleSignIn]:
    """For each role the first person who holds it and has a password, then the first citizen who has one.

    A citizen of the demonstration signs in with a word, as officials do, so that nobody's telephone is printed.
    """
    able = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) & Q(is_active=True)
    people = Person.objects.filter(able)
    held = posts_on(day).filter(person__in=people).order_by("role", "pk").distinct("role").select_related("person")
    first = {Role(post.role): post for post in held}
    names = agencies.full_names_on([post.agency_id for post in first.values()], day, short=True)
    found = [
        SampleSignIn(role, post.person.username, post.person.full_name, names[post.agency_id])
        for role in OFFICIALS
        if (post := first.get(role)) is not None
    ]
    free = people.exclude(Exists(Post.objects.filter(person=OuterRef("pk")))).filter(username__regex=OFFICIAL_NAME)
    citizens = free.order_by("pk")[:1]
    return [*(SampleSignIn(Role.CITIZEN, one.username, one.full_name, "") for one in citizens), *found]


class Stranded(NamedTuple):
    """A post that outlives its agency: somebody must say where it goes on."""

    post: Post
    ends_on: date


def stranded_posts() -> list[Stranded]:
    """Posts whose agency ended, or is known to end, before they do; the earliest end first."""
    ends = agencies.ended_by()
    rows = Post.objects.filter(agency__in=list(ends), person__is_active=True).select_related("person")
    lasting = [one for one in rows if one.during.upper is None or one.during.upper > ends[one.agency_id]]
    return sorted(
        (Stranded(one, ends[one.agency_id]) for one in lasting),
        key=lambda one: (one.ends_on, one.post.agency_id, bytes(one.post.person.sort_key), one.post.pk),
    )


def post_to_move(number: int | None) -> Post:
    """The post somebody chose on the page of moves."""
    post = Post.objects.filter(pk=number or 0).select_related("person").first()
    if post is None:
        raise Refused(_("Không thấy vị trí này nữa. Tải lại trang rồi chọn."))
    return post


# Lists of the desk


class Listed(NamedTuple):
    """One official in a list, with what they hold today."""

    person: Person
    posts: list[tuple[Post, str]]


def after(found: QuerySet[Person], last: str) -> QuerySet[Person]:
    """The part of the list behind that person (keyset, in the order of names)."""
    row = Person.objects.filter(pk=number).first() if (number := whole_number(last)) is not None else None
    if row is None:
        return found
    key = bytes(row.sort_key)
    return found.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=row.pk))


def posts_of_many(people: list[Person], *, day: date) -> list[Listed]:
    """The posts of these persons on that day, in one statement."""
    posts: dict[int, list[tuple[Post, str]]] = {person.pk: [] for person in people}
    held = Post.objects.filter(person__in=people, during__contains=day).order_by("pk")
    for post, name in with_agency_names(list(held)):
        posts[post.person_id].append((post, name))
    return [Listed(person, posts[person.pk]) for person in people]


def with_agency_names(rows: list[Any]) -> list[tuple[Any, str]]:
    """Posts or delegations, each with the name its agency bore on the first day."""
    return [(row, agencies.full_names_on([row.agency_id], row.during.lower, short=True)[row.agency_id]) for row in rows]


def manageable(scope: Collection[int]) -> QuerySet[Person]:
    """Whom an administrator of these agencies may open: who holds or held a post there, and officials without any post yet.

    Citizens are not in it: their sign-in names are numbers, addresses or begin with `cd-`.
    """
    anywhere = Post.objects.filter(person=OuterRef("pk"))
    unplaced = ~Exists(anywhere) & Q(username__regex=OFFICIAL_NAME) & ~Q(username__startswith="cd-")
    return Person.objects.filter(Exists(anywhere.filter(agency__in=list(scope))) | unplaced)
