"""How much one sender may send within an hour: enough for a morning of scanning, too little to fill a disk."""

from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext as _

from motcua.base.attempts import count_attempt
from motcua.base.clock import local
from motcua.base.errors import Refused

HOUR: Final = 3600
MOST_OF_PERSON: Final = 2000
"""Megabytes of somebody signed in, each file rounded up: a clerk who scans all morning stays far below it."""
MOST_OF_LINK: Final = 200
"""Megabytes through the signed link of one slip."""


def closed_until(sender: str, size: int, *, at: datetime, most: int = MOST_OF_PERSON) -> datetime | None:
    """Count what is about to be kept; None while there is room, else the moment from which there is again."""
    megabytes = -(-size // 2**20) or 1
    if count_attempt(f"upload:{sender}", limit=most, minutes=HOUR // 60, at=at, weight=megabytes):
        return None
    return datetime.fromtimestamp((at.timestamp() // HOUR + 1) * HOUR, tz=UTC)


def demand_room(sender: str, size: int, *, at: datetime, most: int = MOST_OF_PERSON) -> None:
    """As `closed_until`, but refuse with a sentence."""
    if (until := closed_until(sender, size, at=at, most=most)) is not None:
        raise Refused(too_much(until, most))


def too_much(until: datetime, most: int) -> str:
    """What the sender is told."""
    told = _(
        "Trong giờ này đã gửi quá %(most)s MB tệp. Tệp vừa chọn chưa nhận; gửi lại từ %(time)s. Chữ đã gõ vẫn còn."
    )
    return told % {"most": f"{most:,}".replace(",", "."), "time": f"{local(until):%H:%M}"}
