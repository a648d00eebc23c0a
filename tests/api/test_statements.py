"""How many statements a call runs, with sign-in and permission: bounded, whatever lies in the database.

Inside a test BEGIN and COMMIT are SAVEPOINT and RELEASE, so the numbers are those of production.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status
from motcua.organisations import queries as organisations
from motcua.workdays import queries as workdays
from tests import make
from tests.api.conftest import Program

MOST_OF_A_MOVE, MOST_OF_A_LIST, MOST_OF_A_PAGE = 14, 8, 14
MOST_OF_OTHERS = {"receive": 16, "sign_supplement": 21, "extend": 21, "answer_supplement": 22}
"""A numbered letter also takes its number and freezes its words; papers that come in are counted, the clock goes on."""


@contextmanager
def at_most(number: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as ran:
        yield
    told = "\n".join(f"{place:>3} {one['sql'][:160]}" for place, one in enumerate(ran.captured_queries, start=1))
    assert len(ran) <= number, f"{len(ran)} statements, at most {number} allowed:\n{told}"


@pytest.fixture(autouse=True)
def _one_look_per_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a second each process looks whether agencies or calendars have changed; when that second ends must not decide."""
    monkeypatch.setattr(organisations, "FRESH_FOR", 3600.0)
    monkeypatch.setattr(workdays, "FRESH_FOR", 3600.0)


@pytest.fixture
def many(world: make.Province) -> make.Province:
    """Some dossiers at all stages, so that a statement per row would show."""
    when = timezone.now() - timedelta(days=2)
    for build in (make.submitted, make.received, make.processing):
        for _ in range(3):
            build(world, when=when)
    workdays.calendar_of(None, when.date())
    return world


LIFE = [
    ("clerk", "receive", {}),
    ("clerk", "hand_over", {}),
    ("unit_head", "assign", {"to": "specialist"}),
    ("specialist", "draft_supplement", {"reason": "thiếu", "items": [{"paper": 1, "name": "Giấy", "what": "Ký"}]}),
    ("leader", "sign_supplement", {}),
    ("clerk", "answer_supplement", {"on_paper": {"1": [1, 0]}}),
    ("specialist", "submit_result", {"favourable": True, "title": "Giấy", "body": "Chứng nhận."}),
    ("unit_head", "advance", {"note": "đồng ý"}),
    ("leader", "extend", {"reason": "chậm", "new_due_at": "soon"}),
    ("leader", "give_back", {"reason": "sửa lại"}),
]


def test_every_move_runs_a_bounded_number_of_statements(many, key):
    dossier = make.submitted(many, when=timezone.now())
    home, made = many.ba_to, set()
    hands = {name: key(getattr(home, name)) for name in ("clerk", "specialist", "unit_head", "leader")}
    for who, move, words in LIFE:
        hand = hands[who]
        options = {one["move"]["id"]: one["open"] for one in hand.get(f"/dossiers/{dossier.reference}/options").json()}
        if not options.get(move):
            continue
        words = {name: home.specialist.id if one == "specialist" else one for name, one in words.items()}
        if words.get("new_due_at"):
            words["new_due_at"] = (make.at("2027-01-13 09:00")).isoformat()
        version = Dossier.objects.get(pk=dossier.pk).version
        with at_most(MOST_OF_OTHERS.get(move, MOST_OF_A_MOVE)):
            answer = hand.move(dossier.reference, move, version, **words)
        assert answer.status_code == 200, (move, answer.content.decode())
        made.add(move)
    assert {"receive", "hand_over", "draft_supplement", "sign_supplement", "submit_result", "extend"} <= made


def test_a_step_along_the_route(many, key):
    dossier = make.processing(many, procedure=make.HOUSE, when=timezone.now())
    home = many.ba_to
    hand = key({"unit_head": home.unit_head, "specialist": home.specialist}[dossier.turn])
    hand.get("/dossiers")
    with at_most(11):
        answer = hand.move(dossier.reference, "advance", dossier.version)
    assert answer.status_code == 200, answer.content


def test_handing_in(many, key):
    clerk = key(many.ba_to.clerk)
    file = clerk.send().json()["file"]
    body = {
        "procedure": make.BUSINESS,
        "channel": "counter",
        "applicant": {"name": "Nguyễn Văn Mẫu", "phone": "0905123456"},
        "papers": [{"no": 1, "files": [file], "handed_in": True}],
    }
    clerk.post("/dossiers", body)
    with at_most(12):
        assert clerk.post("/dossiers", body).status_code == 201


@pytest.mark.parametrize("path", ["/dossiers", "/dossiers?box=worklist&count=true", "/dossiers/search?q=mau"])
def test_lists_of_the_interface(many, key, path):
    clerk = key(many.ba_to.clerk)
    clerk.get("/dossiers")
    with at_most(4):
        assert len(clerk.get(path).json()["items"]) >= 3


def test_one_dossier_and_its_moves(many, key):
    clerk, dossier = key(many.ba_to.clerk), Dossier.objects.filter(status=Status.RECEIVED).first()
    clerk.get("/dossiers")
    with at_most(10):
        assert clerk.get(f"/dossiers/{dossier.reference}").status_code == 200
    with at_most(6):
        assert clerk.get(f"/dossiers/{dossier.reference}/options").status_code == 200


def test_following(many):
    dossier = Dossier.objects.filter(status=Status.RECEIVED).first()
    with at_most(MOST_OF_A_LIST):
        answer = Program().post("/track", {"code": dossier.code, "phone_last_digits": "3456"}, key=None)
    assert answer.status_code == 200


# The pages of the desk


@pytest.fixture
def desk(many: make.Province) -> Client:
    """The clerk's browser, past its first page."""
    browser = Client()
    browser.force_login(make.person_of(many.ba_to.clerk))
    browser.get("/ban-lam-viec/")
    return browser


@pytest.mark.parametrize(
    "path",
    [
        "/ban-lam-viec/",
        "/ban-lam-viec/?o=cho-dan",
        "/ban-lam-viec/danh-sach/",
        "/ban-lam-viec/tim/?q=nguyen+van+mau",
        "/ban-lam-viec/tim/?q=H48.115",
        "/ban-lam-viec/so/",
        "/ban-lam-viec/phong/",
    ],
)
def test_lists_of_the_desk(desk, path):
    with at_most(MOST_OF_A_LIST):
        assert desk.get(path).status_code == 200


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RECEIVED, Status.PROCESSING])
def test_the_page_of_a_dossier(desk, status):
    dossier = Dossier.objects.filter(status=status).first()
    with at_most(MOST_OF_A_PAGE):
        assert desk.get(f"/ban-lam-viec/ho-so/{dossier.reference}/").status_code == 200


def test_the_page_of_a_dossier_with_a_long_life(many, desk):
    dossier, at = Dossier.objects.filter(status=Status.PROCESSING).first(), timezone.now()
    actions.extend(dossier, new_due_at=make.at("2027-01-13 09:00"), reason="chậm", by=many.ba_to.leader, at=at)
    with at_most(MOST_OF_A_PAGE):
        assert desk.get(f"/ban-lam-viec/ho-so/{dossier.reference}/").status_code == 200
