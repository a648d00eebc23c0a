"""Identity papers, telephones, names, tax codes, the card's QR, delegation: tables."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.base.errors import Refused
from motcua.people import rules
from motcua.people.rules import DelegationWish
from motcua.people.terms import OFFICIALS, PERMISSIONS, Permission, Role

QR = "051204000124|123456789|Nguyễn Văn Mẫu|01011990|Nam|Tổ 3, phường Nghĩa Lộ, Quảng Ngãi|01012022"


@pytest.mark.parametrize(
    ("number", "objection"),
    [
        ("051190000114", None),
        ("062301000001", None),
        ("104090000001", None),
        ("003190000114", "Ba số đầu 003"),
        ("212345678", None),
        ("B1234567", None),
        ("05119000011", "12 số"),
        ("0511900001145", "12 số"),
        ("٠٥١١٩٠٠٠٠١١٤", "12 số"),
        ("NGUYEN", "12 số"),
        ("ABCDEFGH", "12 số"),
        ("", "12 số"),
    ],
)
def test_numbers_of_papers(number: str, objection: str | None) -> None:
    found = rules.identity_objections(number)

    assert (not found) if objection is None else objection in found[0]


@pytest.mark.parametrize(
    ("number", "born", "gender", "doubts"),
    [
        ("051190000114", date(1990, 9, 5), "female", 0),
        ("051190000114", date(1990, 9, 5), "male", 1),
        ("051190000114", date(1991, 9, 5), "male", 2),
        ("051204000114", date(2004, 1, 1), "male", 0),
        ("051305000114", date(2005, 1, 1), "female", 0),
        ("051305000114", date(1905, 1, 1), "", 1),
        ("212345678", date(1905, 1, 1), "male", 0),
        ("051190000114", None, "", 0),
    ],
)
def test_doubts_about_a_number(number: str, born: date | None, gender: str, doubts: int) -> None:
    assert len(rules.identity_doubts(number, born_on=born, gender=gender)) == doubts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0905123456", "0905123456"),
        ("0905 123 456", "0905123456"),
        ("+84 905.123.456", "0905123456"),
        ("(0255) 382 2222", "02553822222"),
        ("+1 650 253 0000", "+16502530000"),
        ("123", None),
        ("chín không năm", None),
        ("", None),
    ],
)
def test_telephones(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Refused, match="không gọi được"):
            rules.normal_phone(typed)
    else:
        assert rules.normal_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Nguyễn   Văn\u200b Mẫu ", "Nguyễn Văn Mẫu"), ("Nguye\u0302\u0303n", "Nguyễn"), ("Y", "Y")]
)
def test_names_are_kept_composed_on_one_line(typed: str, kept: str) -> None:
    assert rules.name_of(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "123", "Â" * 201])
def test_names_that_are_none(typed: str) -> None:
    with pytest.raises(Refused):
        rules.name_of(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100233488", "0100233488"),
        ("0314409058-002", "0314409058-002"),
        ("0100 233 488", "0100233488"),
        ("0100233480", None),
        ("x", None),
    ],
)
def test_tax_codes(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Refused, match="Mã số thuế"):
            rules.tax_code_of(typed)
    else:
        assert rules.tax_code_of(typed) == kept


def test_the_card_of_a_citizen_is_read_from_its_qr() -> None:
    card = rules.card_from_qr(QR)

    assert card == rules.Card(
        "051204000124",
        "123456789",
        "Nguyễn Văn Mẫu",
        date(1990, 1, 1),
        "male",
        "Tổ 3, phường Nghĩa Lộ, Quảng Ngãi",
        date(2022, 1, 1),
    )


@pytest.mark.parametrize("text", [QR + "||Cha|Mẹ|", QR.replace("|01012022", "|"), QR.replace("01011990", "1990")])
def test_newer_cards_and_missing_days_are_read_too(text: str) -> None:
    assert rules.card_from_qr(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "|",
        "H48.115-261120-0031",
        QR.replace("051204000124", "12"),
        QR.replace("Nguyễn Văn Mẫu", ""),
        QR.replace("Nguyễn Văn Mẫu", "A" * 500),
        "|".join(QR.split("|")[:5]),
    ],
)
def test_other_texts_are_no_card(text: str) -> None:
    assert rules.card_from_qr(text) is None


TODAY = date(2026, 11, 20)
WISH = DelegationWish(1, 2, Role.LEADER, frozenset({"leader"}), TODAY, TODAY, "12/GUQ", TODAY)


@pytest.mark.parametrize(
    ("changes", "objection"),
    [
        ({}, None),
        ({"receiver": 1}, "chính mình"),
        ({"role": Role.CLERK}, "đang giữ"),
        ({"role": Role.ADMINISTRATOR, "giver_roles": frozenset({"administrator"})}, "không ủy quyền được"),
        ({"ends_on": TODAY - timedelta(days=1)}, "trước ngày đầu"),
        ({"ends_on": TODAY + timedelta(days=400)}, "một năm"),
        ({"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}, "đã qua"),
        ({"decision": " "}, "văn bản"),
    ],
)
def test_delegation(changes: dict, objection: str | None) -> None:
    found = rules.delegation_objections(replace(WISH, **changes))

    assert (not found) if objection is None else any(objection in one for one in found)


# The table of roles, said a second time by hand (a widened permission turns one of these red).
MAY = {
    Permission.APPLY: {Role.CITIZEN},
    Permission.RATE: {Role.CITIZEN},
    Permission.RECEIVE: {Role.CLERK},
    Permission.CORRECT_RECEPTION: {Role.CLERK},
    Permission.COLLECT_FEE: {Role.CLERK},
    Permission.RETURN_RESULT: {Role.CLERK},
    Permission.PROCESS: {Role.SPECIALIST},
    Permission.ASSIGN: {Role.UNIT_HEAD, Role.LEADER},
    Permission.REVIEW: {Role.UNIT_HEAD, Role.LEADER},
    Permission.SIGN: {Role.LEADER},
    Permission.REGISTER: {Role.RECORDS},
    Permission.SEE_TEAM: {Role.UNIT_HEAD, Role.LEADER, Role.CONTROLLER},
    Permission.SEE_UNMASKED: {Role.CLERK, Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER},
    Permission.MANAGE_PROCEDURES: {Role.CONTROLLER},
    Permission.MANAGE_CALENDAR: {Role.CONTROLLER, Role.ADMINISTRATOR},
    Permission.MANAGE_ORGANISATIONS: {Role.ADMINISTRATOR},
    Permission.MANAGE_PEOPLE: {Role.ADMINISTRATOR},
    Permission.DELEGATE: {Role.CLERK, Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER, Role.RECORDS},
    Permission.MANAGE_MESSAGES: {Role.ADMINISTRATOR},
    Permission.VERIFY_JOURNAL: {Role.CONTROLLER, Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_the_table_says_and_no_more(permission: Permission, role: Role) -> None:
    assert rules.allows(permission, {role.value}) is (role in MAY[permission])


def test_nobody_but_the_citizen_lacks_a_post_and_every_permission_has_its_words() -> None:
    assert Role.CITIZEN not in OFFICIALS
    assert set(PERMISSIONS) == set(Permission)
    assert all(len(str(one.label)) > 10 for one in Permission)
