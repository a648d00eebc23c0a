"""Keys and files of a test lie in its own folder; one leader holds a trial certificate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from motcua.base.actors import SYSTEM, Actor
from motcua.documents import slips
from motcua.documents.signing import pades, software
from motcua.documents.slips import Place
from motcua.organisations import actions as organisations
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.rules import Registration
from motcua.people.terms import Role

from . import samples

NOW = samples.at("2026-11-20 09:00")


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    settings.KEYS_ROOT = tmp_path / "keys"


@dataclass(frozen=True)
class Office:
    agency: int
    leader: Actor
    other: Actor
    """An official without a certificate."""


@pytest.fixture
def office(db: None) -> Office:
    new = New(name="Ủy ban nhân dân xã Ba Tơ", short_name="UBND xã Ba Tơ", kind=Kind.PROVINCE, place="Ba Tơ")
    agency = organisations.open_agency(new, by=SYSTEM, at=NOW, on=date(2020, 1, 1), decision="QĐ 1").pk
    actors = []
    for name, username in (("Võ Thị Kim Ngân", "ngan"), ("Lê Minh Hoạ", "hoa")):
        made = people.register_official(Registration(name, "", "", ""), username=username, by=SYSTEM, at=NOW)
        people.appoint(made, agency=agency, role=Role.LEADER, since=date(2020, 1, 1), by=SYSTEM, at=NOW)
        actors.append(made.actor(agency=agency, roles=frozenset({Role.LEADER.value})))
    software.create_authority(at=NOW)
    software.enrol(actors[0].id or 0, actors[0].name, "Ủy ban nhân dân xã Ba Tơ", at=NOW)
    return Office(agency, *actors)


@dataclass(frozen=True)
class Trial:
    """A trial root, a signed paper and a way to sign another."""

    folder: Path
    roots: Path
    signed: bytes
    sign: Callable[..., bytes]


@pytest.fixture(scope="session")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    folder = tmp_path_factory.mktemp("trial")
    roots = folder / "roots"
    software.create_authority(folder, at=NOW, roots=roots)
    software.enrol(7, "Võ Thị Kim Ngân", "Ủy ban nhân dân xã Ba Tơ", at=NOW, folder=folder)
    software.enrol(8, "Đinh Văn Ững", "Sở Xây dựng", at=NOW, folder=folder)
    software.enrol(9, "Người Hết Hạn", "Sở Xây dựng", at=NOW - timedelta(days=60), folder=folder, days=30)

    def sign(pdf: bytes, person: int = 7, place: Place | None = None) -> bytes:
        with software.TrialKeys(folder).lend(person) as signer:
            return pades.sign(
                pdf, signer=signer, name="Võ Thị Kim Ngân", agency="UBND xã Ba Tơ", place=place, at=NOW, trial=True
            ).pdf

    return Trial(folder, roots, sign(paper(), place=slips.signature_place(samples.RESULT)), sign)


@cache
def paper() -> bytes:
    """The result of the samples as PDF."""
    return slips.render(samples.RESULT)
