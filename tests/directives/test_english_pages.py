"""Tasks in English: pages say nothing of ours in Vietnamese; what an office wrote stays as it wrote it."""

from typing import Any

import pytest
from django.test import Client

from motcua.directives.models import Task
from motcua.people.models import Person
from tests.directives import make_tasks
from tests.directives.make_tasks import World
from tests.directives.pages import DESK, Clock
from tests.ui.english import Shown, untranslated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_catalogues")]


def test_every_page_of_tasks_is_told_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch)
    world: World = make_tasks.world()
    notice = make_tasks.read(world)
    client: Any = Client()
    client.cookies["ngon_ngu"] = "en"
    client.force_login(Person.objects.get(pk=world.office.leader.id))
    first = notice.proposals.order_by("no")[0]
    client.post(f"{DESK}de-xuat/{first.pk}/nhan/", {"field": "finance", "urgency": "normal", "public": "on"})
    code = Task.objects.get().code
    pages = [
        *(
            f"{DESK}{one}"
            for one in ("", "giao/", "dinh-ky/", "nhap-bang/", "bang/", "bang/hop/", "van-ban/", "van-ban/doc/")
        ),
        *(f"{DESK}de-xuat/{notice.proposals.order_by('no')[1].pk}/{one}/" for one in ("sua", "tach", "gop", "bo")),
        f"{DESK}van-ban/{notice.pk}/",
        f"{DESK}van-ban/{notice.pk}/?o={first.pk}",
        f"{DESK}van-ban/{notice.pk}/thong-tin/",
        f"{DESK}{code}/",
        *(f"{DESK}{code}/viec/{one}/" for one in ("reassign", "cancel", "urge", "correct", "suspend")),
        "/nhiem-vu/",
        f"/nhiem-vu/{code}/",
    ]
    for path in pages:
        page = client.get(path)
        html = page.content.decode()
        assert page.status_code == 200, path
        assert Shown(html).language == "en"
        assert not untranslated(html), f"{path}: {untranslated(html)}"
