"""Decisions about identity papers, telephone numbers, names and the text behind the QR of a citizen's card."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import phonenumbers
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.vn import mst

from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.people.terms import PERMISSIONS, Gender, IdentityKind, Permission, Role

NAME_LENGTH: Final = 200
ADDRESS_LENGTH: Final = 300
OFFICIAL_NAME: Final = r"^[a-z][a-z0-9._-]{1,148}$"
"""Sign-in names of officials; citizens sign in with numbers and addresses, so the two never meet."""
LONGEST_DELEGATION: Final = timedelta(days=366)
OLDEST: Final = 130

PROVINCES: Final = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)
"""Mã tỉnh nơi đăng ký khai sinh: the first three digits of a number (TT 59/2021/TT-BCA, phụ lục I); from 100 on, countries."""

_PASSPORT: Final = re.compile(r"[A-Z][A-Z0-9]{6,11}")
_NOT_IN_NUMBERS: Final = re.compile(r"[\s.\-–()]+")
_COMPACT_DATE: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")


# Names, numbers, telephones


def name_of(text: str) -> str:
    """The name on one line in composed letters; `Refused` when it is empty, too long or has no letter."""
    name = squeeze(text)
    if not any(one.isalpha() for one in name):
        raise Refused(_("Ghi họ và tên như trên giấy tờ."))
    if len(name) > NAME_LENGTH:
        raise Refused(_("Họ và tên dài quá %(most)d chữ. Ghi như trên giấy tờ.") % {"most": NAME_LENGTH})
    return name


def compact_number(text: str) -> str:
    """An identity number without the spaces, dots and dashes people put into it, in capitals."""
    return _NOT_IN_NUMBERS.sub("", squeeze(text)).upper()


def kind_of(number: str) -> IdentityKind | None:
    """Which paper bears such a number; None when no paper does."""
    if number.isascii() and number.isdigit():
        return {12: IdentityKind.CITIZEN_CARD, 9: IdentityKind.OLD_CARD}.get(len(number))
    return IdentityKind.PASSPORT if _PASSPORT.fullmatch(number) and any(one.isdigit() for one in number) else None


def identity_objections(number: str) -> list[str]:
    """Every reason why this cannot be the number of an identity paper (12 digits: NĐ 70/2024/NĐ-CP, điều 7)."""
    kind = kind_of(number)
    if kind is None:
        return [_("Số giấy tờ có 12 số (căn cước), 9 số (chứng minh nhân dân) hoặc bắt đầu bằng chữ (hộ chiếu).")]
    if kind is not IdentityKind.CITIZEN_CARD:
        return []
    if number[:3] not in PROVINCES and number[0] == "0":
        return [_("Ba số đầu %(code)s không phải mã của tỉnh nào. Xem lại số căn cước.") % {"code": number[:3]}]
    return []


def username_objections(name: str) -> list[str]:
    """Why an official cannot be given this sign-in name."""
    if re.fullmatch(OFFICIAL_NAME, name) and not name.startswith("cd-"):
        return []
    return [_("Tên đăng nhập gồm chữ không dấu, số, dấu chấm và bắt đầu bằng chữ, ví dụ: mau.nv")]


def opened_by_citizen(username: str) -> bool:
    """Whether an account was opened by its citizen and not by an administrator: officials alone sign in with a word."""
    return not re.fullmatch(OFFICIAL_NAME, username) or username.startswith("cd-")


def sign_in_name(address: str, nth: int = 1) -> str:
    """The name of an account opened online: the telephone or e-mail that its code went to, numbered where several share it."""
    return address.lower() if nth == 1 else f"{address.lower()}#{nth}"


def proved_address(username: str) -> str:
    """Where the code went with which an account was opened online; empty for every other account."""
    address = re.sub(r"#\d+$", "", username)
    return address if "@" in address or is_phone(address) else ""


def identity_doubts(number: str, *, born_on: date | None = None, gender: str = "") -> list[str]:
    """Where a 12-digit number disagrees with the birth date or the sex: worth a second look at the card."""
    if kind_of(number) is not IdentityKind.CITIZEN_CARD:
        return []
    century, year = 19 + int(number[3]) // 2, int(number[4:6])
    doubts = []
    if born_on is not None and born_on.year != century * 100 + year:
        doubts.append(
            _("Số căn cước này của người sinh năm %(card)d, ngày sinh ghi năm %(typed)d. Xem lại hai ô này.")
            % {"card": century * 100 + year, "typed": born_on.year}
        )
    if gender in Gender.values and gender != (Gender.FEMALE if int(number[3]) % 2 else Gender.MALE):
        doubts.append(_("Số căn cước không khớp với giới tính đã ghi."))
    return doubts


def birth_objections(born_on: date, *, today: date) -> list[str]:
    """A birth date lies in the past, and within a human life."""
    if born_on > today:
        return [_("Ngày sinh không thể sau hôm nay, %(day)s.") % {"day": f"{today:%d/%m/%Y}"}]
    if today.year - born_on.year > OLDEST:
        return [_("Năm sinh %(year)d quá xa. Xem lại năm sinh.") % {"year": born_on.year}]
    return []


def normal_phone(text: str) -> str:
    """The number as it is dialled at home, digits only (`0905123456`); numbers abroad with `+` and country code."""
    try:
        number = phonenumbers.parse(squeeze(text), "VN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Refused(
            _("Số điện thoại %(text)s không gọi được. Ví dụ đúng: 0905 123 456.") % {"text": squeeze(text)[:40]}
        )
    if number.country_code == 84:
        return f"0{phonenumbers.national_significant_number(number)}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_phone(text: str) -> bool:
    """Whether somebody may be called or written to at this number."""
    try:
        return bool(normal_phone(text))
    except Refused:
        return False


def tax_code_of(text: str) -> str:
    """The tax code of a business with its check digit right (`0100233488` or `0314409058-002`)."""
    try:
        compact = mst.compact(squeeze(text))
        mst.validate(compact)
    except StdnumError:
        raise Refused(_("Mã số thuế %(text)s không đúng. Xem lại từng số.") % {"text": squeeze(text)[:40]}) from None
    return str(mst.format(compact))


# A person makes themself known


@dataclass(frozen=True, slots=True)
class Registration:
    """What is known of a person when they first come: at the counter, online, from an import."""

    full_name: str
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    born_on: date | None = None
    gender: str = ""
    address: str = ""


def registration_of(
    *,
    full_name: str,
    identity_number: str = "",
    phone: str = "",
    email: str = "",
    born_on: date | None = None,
    gender: str = "",
    address: str = "",
    today: date,
) -> Registration:
    """The facts in the shape in which they are kept, or `Refused` with every objection."""
    objections: list[str] = []
    name, number, telephone = "", compact_number(identity_number), ""
    try:
        name = name_of(full_name)
    except Refused as refused:
        objections += refused.objections
    try:
        telephone = normal_phone(phone) if phone.strip() else ""
    except Refused as refused:
        objections += refused.objections
    objections += identity_objections(number) if number else []
    objections += birth_objections(born_on, today=today) if born_on else []
    if objections:
        raise Refused(objections)
    mail = squeeze(email).lower()
    return Registration(name, number, telephone, mail, born_on, gender, squeeze(address)[:ADDRESS_LENGTH])


def registration_doubts(wish: Registration) -> list[str]:
    """What must be cleared up before an account is opened online, where nobody sees the card."""
    doubts = identity_doubts(wish.identity_number, born_on=wish.born_on, gender=wish.gender)
    if not wish.phone and not wish.email:
        doubts.append(_("Ghi số điện thoại hoặc thư điện tử để nhận tin về hồ sơ."))
    return doubts


# The card


@dataclass(frozen=True, slots=True)
class Card:
    """What the QR of a citizen's card says."""

    identity_number: str
    old_number: str
    full_name: str
    born_on: date | None
    gender: str
    address: str
    issued_on: date | None


def card_from_qr(text: str) -> Card | None:
    """Read the text a scanner types for a card: number|old number|name|ddmmyyyy|sex|address|ddmmyyyy; None if it is not one.

    Cards issued from 1/7/2024 add fields behind these seven; they are not needed and not kept.
    """
    parts = [squeeze(part) for part in text.split("|")]
    if len(parts) < 7 or kind_of(parts[0]) is not IdentityKind.CITIZEN_CARD or identity_objections(parts[0]):
        return None
    number, old, name, born, sex, address, issued = parts[:7]
    if not any(one.isalpha() for one in name) or len(name) > NAME_LENGTH:
        return None
    gender = {"nam": Gender.MALE, "nữ": Gender.FEMALE}.get(sex.lower())
    return Card(
        number,
        old,
        name,
        _compact_date(born),
        gender.value if gender else "",
        address[:ADDRESS_LENGTH],
        _compact_date(issued),
    )


def _compact_date(text: str) -> date | None:
    if not (found := _COMPACT_DATE.fullmatch(text)):
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Roles, posts, delegation


def allows(permission: Permission, roles: Collection[str]) -> bool:
    """Whether one of the roles carries the permission: the table `PERMISSIONS` and nothing else."""
    return not PERMISSIONS[permission].isdisjoint({Role(role) for role in roles})


def roles_for(*allowed: Role | Permission) -> frozenset[str]:
    """The roles meant by a list of roles and permissions."""
    found: set[str] = set()
    for one in allowed:
        found |= {role.value for role in PERMISSIONS[one]} if isinstance(one, Permission) else {one.value}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class DelegationWish:
    """What somebody asks for who lets a colleague act for them."""

    giver: int
    receiver: int
    role: Role
    giver_roles: frozenset[str]
    starts_on: date
    ends_on: date
    decision: str
    today: date


def delegation_objections(wish: DelegationWish) -> list[str]:
    """Every reason against this delegation (Luật Tổ chức chính quyền địa phương 72/2025/QH15, điều 14; quy chế làm việc)."""
    found = []
    if wish.giver == wish.receiver:
        found.append(_("Không thể ủy quyền cho chính mình."))
    if wish.role.value not in wish.giver_roles:
        found.append(
            _("Chỉ ủy quyền được vai trò đang giữ: %(role)s không có ở cơ quan này.") % {"role": wish.role.label}
        )
    elif wish.role not in PERMISSIONS[Permission.DELEGATE]:
        found.append(_("Vai trò %(role)s không ủy quyền được.") % {"role": wish.role.label})
    if wish.ends_on < wish.starts_on:
        found.append(_("Ngày cuối không thể trước ngày đầu."))
    elif wish.ends_on - wish.starts_on > LONGEST_DELEGATION:
        found.append(_("Một lần ủy quyền không quá một năm."))
    if wish.ends_on < wish.today:
        found.append(_("Thời gian ủy quyền đã qua."))
    if not squeeze(wish.decision):
        found.append(_("Ghi số và ngày của văn bản ủy quyền."))
    return found
