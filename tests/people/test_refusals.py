"""What acts on persons and posts refuse, in the words that are shown; a refusal leaves no trace."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.base.actors import SYSTEM
from motcua.people import actions, queries
from motcua.people.models import Person
from motcua.people.rules import Registration
from motcua.people.terms import Role
from tests.people import world
from tests.refusing import refused_with as refused

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"at": world.NOW}


@pytest.fixture
def where() -> int:
    return world.agency("Ủy ban nhân dân tỉnh", code="000.00.00.H48")


def test_nobody_closes_the_account_they_sit_in(where: int) -> None:
    chief = world.person("Quản Trị", username="chief")
    world.post(chief, where, Role.ADMINISTRATOR)
    with refused("Không thể tự khóa"):
        actions.close_account(chief, by=chief.actor(agency=where, roles=frozenset({"administrator"})), **WHEN)
    assert Person.objects.get(pk=chief.pk).is_active


def test_an_invitation_needs_an_address(where: int) -> None:
    person = world.person()
    with refused("chưa có địa chỉ thư"):
        actions.invite(person, by=world.administrator(where), **WHEN)


def test_preferences_are_each_ones_own() -> None:
    mine, other = world.person(), world.person("Người Khác", username="khac")
    wish: dict[str, Any] = {"language": "en", "single_keys_off": True}
    with refused("Chỉ chính người đó"):
        actions.set_preferences(mine, **wish, by=other.actor())
    with refused("tiếng Việt hoặc tiếng Anh"):
        actions.set_preferences(mine, **{**wish, "language": "fr"}, by=mine.actor())
    actions.set_preferences(mine, **wish, by=mine.actor())
    assert [Person.objects.get(pk=one.pk).language for one in (mine, other)] == ["en", "vi"]


@pytest.mark.parametrize(
    ("username", "sentence"), [("a b", "Tên đăng nhập"), ("thu", "đã có người dùng"), ("THU", "đã có người dùng")]
)
def test_a_sign_in_name_is_fit_and_free(where: int, username: str, sentence: str) -> None:
    world.person(username="thu")
    with refused(sentence):
        actions.register_official(
            Registration("Lê Văn Mới"), username=username, by=world.administrator(where), at=world.NOW
        )


def test_a_post_ends_within_the_reach_of_who_ends_it_and_within_its_days(where: int) -> None:
    other = world.agency("Ủy ban nhân dân tỉnh khác")
    post = world.post(world.person(), where, Role.CLERK)
    with refused("ngoài phạm vi quản trị"):
        actions.end_post(post, last_day=world.TODAY, by=world.administrator(other), **WHEN)
    with refused("không thể trước ngày nhận vị trí, 01/01/2026"):
        actions.end_post(post, last_day=date(2025, 12, 31), by=world.administrator(where), **WHEN)
    actions.end_post(post, last_day=world.TODAY, by=world.administrator(where), **WHEN)
    with refused("đã kết thúc trước ngày đó"):
        actions.end_post(post, last_day=world.TODAY + timedelta(days=1), by=world.administrator(where), **WHEN)


@pytest.mark.parametrize(
    "end",
    [
        lambda receiver: actions.close_account(receiver, by=SYSTEM, at=world.NOW),
        lambda receiver: actions.end_post(
            queries.posts_of(receiver, day=world.TODAY).get(),
            last_day=world.TODAY - timedelta(days=1),
            by=SYSTEM,
            at=world.NOW,
        ),
    ],
)
def test_nobody_stands_in_who_works_here_no_more(where: int, end: Callable[[Person], None]) -> None:
    giver, receiver = world.person("Lãnh Đạo", username="leader"), world.person("Người Thay", username="thay")
    world.post(giver, where, Role.LEADER)
    world.post(receiver, where, Role.SPECIALIST)
    end(receiver)
    receiver.refresh_from_db()
    days = {"starts_on": world.TODAY, "ends_on": world.TODAY, "decision": "12/GUQ"}
    with refused("Người Thay hôm nay không giữ vị trí công tác nào"):
        actions.delegate(giver, receiver=receiver, agency=where, role=Role.LEADER, **days, by=giver.actor(), **WHEN)


@pytest.mark.parametrize("name", [" ", "a" * 301])
def test_a_business_has_a_name_of_some_length(where: int, name: str) -> None:
    with refused("Ghi tên doanh nghiệp"):
        actions.register_business(tax_code="0100233488", name=name, by=world.clerk(where), **WHEN)


def test_one_telephone_opens_one_account() -> None:
    wish = Registration("Nguyễn Văn Mẫu", world.CARD, "0905123456", "", date(1990, 5, 9))
    actions.register_citizen(wish, at=world.NOW)
    again = Registration("Nguyễn Văn Mẫu", "", "0905123456", "", date(1990, 5, 9))
    with refused("đã mở một tài khoản"):
        actions.register_citizen(again, at=world.NOW)
    with refused("Ghi số điện thoại hoặc thư điện tử"):
        actions.register_citizen(Registration("Nguyễn Văn Mẫu"), at=world.NOW)
