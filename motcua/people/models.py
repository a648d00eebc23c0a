"""Persons, businesses, posts held over time, delegation, invitations and one-time codes."""

from datetime import date, timedelta
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from motcua.base.actors import Actor
from motcua.people.terms import OFFICIALS, Gender, IdentityKind, Role


class PersonQuerySet(models.QuerySet["Person"]):
    """Narrowing to persons by what is stored of them."""

    def active(self) -> Self:
        return self.filter(is_active=True)


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by the name typed at sign-in."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def active(self) -> PersonQuerySet:
        return self.get_queryset().active()


class Person(AbstractBaseUser):
    """A human being: citizen always, official while holding a post. The one kind of account."""

    username = models.CharField(_("tên đăng nhập"), max_length=150, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=200)
    sort_key = models.BinaryField(default=b"")
    search = models.TextField(default="")
    email = models.EmailField(_("thư điện tử"), blank=True, default="")
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True, default="")
    birth_on = models.DateField(_("ngày sinh"), null=True, blank=True)
    gender = models.CharField(_("giới tính"), max_length=10, choices=Gender.choices, blank=True, default="")
    identity_kind = models.CharField(max_length=20, choices=IdentityKind.choices, blank=True, default="")
    identity_number = models.CharField(_("số giấy tờ"), max_length=12, blank=True, default="")
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    """When an official held the paper in hand, or an identity provider vouched for it."""
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True, default="")
    language = models.CharField(max_length=5, default="vi")
    single_keys_off = models.BooleanField(default=False)
    """Single-letter shortcuts are off for this person (WCAG 2.1.4)."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = PersonManager()
    is_staff = False
    is_superuser = False
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number"],
                condition=~Q(identity_number=""),
                name="people_one_person_per_identity_number",
            ),
            models.CheckConstraint(
                condition=Q(identity_number="", identity_kind="") | ~Q(identity_number="") & ~Q(identity_kind=""),
                name="people_identity_number_has_a_kind",
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="people_person_has_a_name"),
        ]
        indexes = [
            models.Index(F("sort_key"), F("id"), name="people_person_order"),
            models.Index(F("phone"), name="people_person_phone", condition=~Q(phone="")),
            models.Index(Lower("email"), name="people_person_email", condition=~Q(email="")),
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="people_person_search"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]

    @property
    def initials(self) -> str:
        """Two letters for the round mark in the bar: of the first and of the given name."""
        words = self.full_name.split()
        return (words[0][0] + words[-1][0] if len(words) > 1 else self.full_name[:1]).upper()

    def actor(
        self,
        *,
        agency: int | None = None,
        roles: frozenset[str] = frozenset({Role.CITIZEN.value}),
        acting_for: int | None = None,
        acting_for_name: str = "",
    ) -> Actor:
        """This person as the one who acts, in the post chosen for the moment."""
        return Actor(self.pk, self.full_name, acting_for, acting_for_name, agency, roles)


class Business(models.Model):
    """Doanh nghiệp, hộ kinh doanh, tổ chức: an applicant with a tax code, spoken for by a person."""

    tax_code = models.CharField(_("mã số thuế"), max_length=14, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    search = models.TextField(default="")
    representative = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    address = models.CharField(max_length=300, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tax_code__regex=r"^\d{10}(-\d{3})?$"), name="people_business_tax_code_has_its_shape"
            ),
        ]
        indexes = [GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="people_business_search")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Vị trí công tác: one role of one person in one agency during a range of days."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in OFFICIALS])
    title = models.CharField(_("chức danh"), max_length=200, blank=True, default="")
    unit = models.CharField(_("phòng, bộ phận"), max_length=200, blank=True, default="")
    during = DateRangeField()
    decision = models.CharField(_("quyết định"), max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="people_post_held_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False), name="people_post_has_a_first_day"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in OFFICIALS]), name="people_post_role_is_an_officials_role"
            ),
        ]
        indexes = [models.Index(fields=["agency", "role"], name="people_post_agency_role")]

    def __str__(self) -> str:
        return f"{Role(self.role).label}: {self.person_id}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while no end is known."""
        return self.during.upper - timedelta(days=1) if self.during.upper else None


class Delegation(models.Model):
    """Ủy quyền: for some days one official lets a colleague act in one of their roles; both names stand on every act."""

    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in OFFICIALS])
    during = DateRangeField()
    decision = models.CharField(_("văn bản ủy quyền"), max_length=200)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="people_nobody_delegates_to_themself"),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False, during__endswith__isnull=False),
                name="people_delegation_has_first_and_last_day",
            ),
            ExclusionConstraint(
                name="people_delegation_given_once_at_a_time",
                expressions=[
                    ("giver", RangeOperators.EQUAL),
                    ("receiver", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["receiver"], name="people_delegation_receiver")]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.receiver_id}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while no end is known."""
        return self.during.upper - timedelta(days=1) if self.during.upper else None


class Invitation(models.Model):
    """A letter with a link by which an official sets the first password; only the hash of the link is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="people_invitation_expires_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.created_at:%d/%m/%Y}"


class OneTimeCode(models.Model):
    """Mã một lần: six digits sent to a citizen's phone or mail; kept hashed, ten minutes, five tries."""

    id = models.UUIDField(primary_key=True)
    code_hash = models.CharField(max_length=64)
    full_name = models.CharField(max_length=200)
    identity_number = models.CharField(max_length=12)
    address = models.CharField(max_length=254)
    """The phone or e-mail the code went to; empty when it went nowhere because the papers did not match."""
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=5), name="people_code_at_most_five_tries"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="people_code_expires_after_it_is_made"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="people_code_expiry")]

    def __str__(self) -> str:
        return str(self.id)
