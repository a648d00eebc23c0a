"""How much one sender may send within an hour: a morning of scanning passes, a flood does not."""

from datetime import timedelta

import pytest

from motcua.base import uploads
from motcua.base.errors import Refused
from tests.make import at

pytestmark = pytest.mark.django_db
SCAN = 3 * 2**19  # 1.5 MB, counted as two
NOON = at("2026-11-16 09:20")


def test_a_morning_of_scanning_passes() -> None:
    for minute in range(60):
        for _page in range(8):
            uploads.demand_room("person:1", SCAN, at=at("2026-11-16 08:00") + timedelta(minutes=minute))


def test_a_flood_is_told_from_when_there_is_room_again() -> None:
    uploads.demand_room("person:1", uploads.MOST_OF_PERSON * 2**20, at=NOON)
    with pytest.raises(Refused, match=r"quá 2\.000 MB tệp.*gửi lại từ 10:00.*Chữ đã gõ vẫn còn"):
        uploads.demand_room("person:1", 1, at=NOON)
    uploads.demand_room("person:2", SCAN, at=NOON)
    uploads.demand_room("person:1", SCAN, at=at("2026-11-16 10:00"))


def test_the_link_of_a_slip_carries_less() -> None:
    uploads.demand_room("link:7", 200 * 2**20, at=NOON, most=uploads.MOST_OF_LINK)
    assert uploads.closed_until("link:7", 1, at=NOON, most=uploads.MOST_OF_LINK) == at("2026-11-16 10:00")
