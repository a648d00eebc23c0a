"""Two at once: one wins and the other is told; numbers have no gap; a double click makes one dossier."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, IssuedSlip
from motcua.dossiers.terms import Slip, Status
from tests import make
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def world(transactional_db: None) -> Iterator[make.Province]:
    """A committed province: what one thread writes the others see."""
    yield make.province()


def test_of_two_officials_exactly_one_wins_and_the_other_is_told(world: make.Province) -> None:
    home = world.ba_to
    for _round in range(10):
        dossier = make.signing(world)
        seen = dossier.version

        def sign(number: int = dossier.pk, seen: int = seen) -> None:
            actions.sign(Dossier.objects.get(pk=number), by=home.leader, at=make.MONDAY, seen=seen)

        def give_back(number: int = dossier.pk, seen: int = seen) -> None:
            actions.give_back(
                Dossier.objects.get(pk=number), reason="Xem lại", by=home.leader, at=make.MONDAY, seen=seen
            )

        refused = [one for one in together(sign, give_back) if isinstance(one, Refused)]
        assert len(refused) == 1
        assert "vừa chuyển hồ sơ này" in refused[0].objections[0]
        dossier.refresh_from_db()
        assert dossier.version == seen + 1
        assert dossier.status in (Status.DONE, Status.PROCESSING)
        assert Entry.objects.filter(stream=dossier.stream).count() == dossier.version
    assert verify_journal().ok


def test_codes_and_slip_numbers_have_no_gap_and_no_double_under_rollbacks(world: make.Province) -> None:
    waiting = [make.submitted(world).pk for _n in range(40)]

    def receive_some(numbers: list[int]) -> None:
        for place, number in enumerate(numbers):
            with transaction.atomic():
                actions.receive(Dossier.objects.get(pk=number), by=world.ba_to.clerk, at=make.MONDAY)
                if place % 5 == 4:
                    transaction.set_rollback(True)

    together(*[lambda numbers=waiting[start::4]: receive_some(numbers) for start in range(4)])
    codes = sorted(Dossier.objects.filter(code__isnull=False).values_list("code", flat=True))
    assert codes == [f"H48.115-261116-{number:04d}" for number in range(1, len(codes) + 1)]
    assert len(codes) == 32
    assert IssuedSlip.objects.filter(kind=Slip.M01).count() == 32


def test_a_double_click_makes_one_dossier(world: make.Province) -> None:
    application, by = make.application(world), Actor(id=world.ba_to.clerk.id, name="Lê Minh Hoạ")

    def click() -> int:
        return actions.submit(application, by=by, at=make.MONDAY, owner="7", key="one-press").pk

    answers = together(click, click, click)
    assert len(set(answers)) == 1
    assert Dossier.objects.count() == 1
