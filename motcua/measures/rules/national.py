"""The sets of QĐ 766/QĐ-TTg of 23/6/2022 as published for provinces, departments and communes: data of this folder, dated."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from motcua.measures.rules.scoring import IndexSet, read_set

_FILE: Final = Path(__file__).resolve().parents[1] / "fixtures" / "qd766.json"


@cache
def national_sets() -> tuple[IndexSet, ...]:
    """All of them, in the order written."""
    written = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(read_set(one, written["groups"][one["groups"]]) for one in written["sets"])


def national_set(level: str, day: date | None = None) -> IndexSet | None:
    """The set in force for that level on that day; without a day the latest."""
    fitting = [one for one in national_sets() if one.level == level and (day is None or one.holds_on(day))]
    return max(fitting, key=lambda one: one.since, default=None)
