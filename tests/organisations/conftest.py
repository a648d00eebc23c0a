"""The real tree of Quảng Ngãi, computed without a database; and loaded into one."""

from dataclasses import dataclass
from itertools import count

import pytest

from motcua.organisations import actions, queries
from motcua.organisations.actions import fixture
from motcua.organisations.actions.bulk import keys_opened, resolved
from motcua.organisations.rules import Numbers, Register, apply, check
from tests.organisations.made import AT, SYSTEM, TODAY


@dataclass(frozen=True)
class Planned:
    """The register that the plan of the fixture leads to, and the numbers of its keys."""

    register: Register
    keys: dict[str, int]

    def __getitem__(self, key: str) -> int:
        return self.keys[key]


@pytest.fixture(scope="session")
def quang_ngai() -> Planned:
    """The plan carried out by the pure rules."""
    register, keys = Register(), {}
    numbers = Numbers(*(count(1).__next__ for _ in range(3)))
    for planned in fixture.plan(fixture.read()):
        step = resolved(planned, keys)
        check(step, register, today=TODAY)
        keys |= keys_opened(step, apply(step, register, numbers).opened)
    return Planned(register, keys)


@pytest.fixture
def loaded(db: None) -> Register:
    """The fixture in the database, read back."""
    actions.load_fixture(by=SYSTEM, at=AT)
    return queries.register()
