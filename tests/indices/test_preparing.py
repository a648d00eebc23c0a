"""A round of the province itself: whom the annex names as owner answers from the first day; nobody is guessed."""

import pytest

from motcua.indices import actions
from motcua.indices.models import Answer
from motcua.indices.terms import UnitKind
from tests import make
from tests.indices.test_rounds import SET, World

pytestmark = pytest.mark.django_db


def test_criteria_of_a_province_go_to_whom_the_annex_names():
    world = World()
    body = SET.replace("[commune]", "[province]").replace("ccch-xa", "ccch-tinh")
    body = body.replace("name: Kế hoạch, parent: T", "name: Kế hoạch, parent: A, owner: UBND xã Ba Tơ")
    body = body.replace("name: Đúng hạn, parent: T", "name: Đúng hạn, parent: A")
    body = body.replace("name: Sáng kiến, parent: T", "name: Sáng kiến, parent: T, owner: Sở Không Có")
    area = "- {code: A, number: 0, name: Điều hành, parent: T, owner: UBND xã Tịnh Khê, gather: {kind: sum, missing: skip}, max: 8}\n"
    kept = actions.import_set((body + area).encode(), name="bo.yaml", by=world.chief, at=make.MONDAY)
    actions.sign_off(kept, by=world.chief, at=make.MONDAY)
    root = world.province.root
    made = actions.prepare(
        kept, year=2026, kind=UnitKind.PROVINCE, organiser=root, units=[root], by=world.chief, at=make.MONDAY
    )
    owners = dict(Answer.objects.filter(round=made).values_list("criterion", "owner"))
    assert owners == {"KH": world.ba_to.authority, "DH": world.tinh_khe.authority, "SK": root}
    same = Answer.objects.filter(round=world.round, criterion="KH").values_list("owner", flat=True)
    assert set(same) == {world.ba_to.authority, world.tinh_khe.authority}, "elsewhere units answer for themselves"
