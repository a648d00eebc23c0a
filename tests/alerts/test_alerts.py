"""Alerts by declared thresholds: raised once, seen by a person, answered by a task, over when the figure is back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from motcua.alerts import actions, jobs, queries, rules
from motcua.alerts.models import Alert, ThresholdRow
from motcua.alerts.rules import DEFAULTS, Reading, Threshold
from motcua.alerts.terms import Sort
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.directives import actions as directives
from motcua.directives.actions import TaskIn
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.measures import actions as measures
from motcua.notifications.models import Message
from motcua.people.terms import Role
from tests import make
from tests.remembered import remembered

SHARE = Threshold("tre-han", "overdue_share", Sort.ABOVE, Decimal(10), 0, 20)


@pytest.mark.parametrize(
    ("threshold", "now", "found"),
    [
        (SHARE, Reading(Decimal("10.1"), 3, 29), Decimal("10.1")),
        (SHARE, Reading(Decimal(10), 2, 20), None),
        (SHARE, Reading(Decimal(100), 19, 19), None),
        (SHARE, Reading(None, 0, 0), None),
        (DEFAULTS["dung-han"], Reading(Decimal("89.9"), 89, 99), Decimal("89.9")),
        (DEFAULTS["dung-han"], Reading(Decimal(90), 90, 100), None),
        (DEFAULTS["ton-dong"], Reading(Decimal(131), 131, None, 100), Decimal(31)),
        (DEFAULTS["ton-dong"], Reading(Decimal(130), 130, None, 100), None),
        (DEFAULTS["ton-dong"], Reading(Decimal(39), 39, None, 0), None),
        (DEFAULTS["ton-dong"], Reading(Decimal(45), 45, None, 0), Decimal(50)),
        (DEFAULTS["ton-dong"], Reading(Decimal(130), 130, None, None), None),
        (DEFAULTS["ton-dong"], Reading(Decimal(29), 29, None, 1), None),
    ],
)
def test_a_threshold_is_crossed_beyond_its_limit_and_with_enough_cases(
    threshold: Threshold, now: Reading, found: Decimal | None
) -> None:
    assert rules.crossed(threshold, now) == found


class World:
    """One commune with a dossier in work since Monday, one without; a leader of the province; a low threshold."""

    def __init__(self) -> None:
        self.made = make.province()
        self.chief = make.official("Trần Chủ Tịch", "chutich", self.made.root, Role.LEADER)
        self.dossier = make.signing(self.made, when=make.MONDAY)
        self.set(limit=Decimal(5), fewest=1, since=make.MONDAY.date())

    def set(self, **changes: object) -> ThresholdRow:
        values = {"watched": True, "limit": Decimal(10), "days": 0, "fewest": 20, "decision": "CV 12/VP"} | changes
        return actions.set_threshold(
            self.made.root,
            "tre-han",
            **values,
            by=self.made.controller,
            at=make.MONDAY,
        )


@pytest.fixture
def world(db: None) -> World:
    return remembered(World)()


@pytest.mark.django_db
def test_with_the_clock_moved_an_alert_comes_once_and_goes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    due = world.dossier.due_at
    assert due is not None
    morning = {"at": make.MONDAY + timedelta(days=1)}
    monkeypatch.setattr("motcua.alerts.jobs.timezone.now", lambda: morning["at"])
    jobs.look.func(0)
    assert not Alert.objects.exists(), "nothing is late yet"
    morning["at"] = due + timedelta(days=1)
    measures.fold_all(at=morning["at"])
    jobs.look.func(0)
    jobs.look.func(0)
    alert = Alert.objects.get()
    assert (alert.agency_id, alert.threshold, alert.numerator) == (world.made.ba_to.authority, "tre-han", 1)
    told = Message.objects.filter(template="alerts.raised")
    assert {one.person_id for one in told} == {world.chief.id, world.made.controller.id, world.made.ba_to.leader.id}
    assert "cao hơn ngưỡng 5%" in told[0].subject
    dossiers.sign(Dossier.objects.get(), by=world.made.ba_to.leader, at=morning["at"])
    jobs.look.func(0)
    alert.refresh_from_db()
    assert alert.ended_at == morning["at"] and told.count() == 3
    assert list(Entry.objects.filter(stream=alert.stream).order_by("seq").values_list("name", flat=True)) == [
        "alerts.AlertRaised",
        "alerts.AlertEnded",
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        for _twice in range(2):
            Alert.objects.create(**{**_columns(alert), "ended_at": None})
    assert verify_journal().ok


def _columns(alert: Alert) -> dict[str, object]:
    return {one.attname: getattr(alert, one.attname) for one in Alert._meta.fields if one.attname != "id"}


@pytest.mark.django_db
def test_one_click_asks_the_unit_and_counts_as_seen(world: World, client: Client) -> None:
    assert world.dossier.due_at is not None
    late = world.dossier.due_at + timedelta(days=1)
    actions.look(at=late)
    alert = Alert.objects.get()
    for person, words in ((world.made.ba_to.leader, "cấp trên"), (world.made.tinh_khe.leader, "phạm vi")):
        with pytest.raises(Refused, match=words):
            actions.propose_task(alert, by=person, at=late)
    task = actions.propose_task(alert, by=world.chief, at=late)
    alert.refresh_from_db()
    assert (task.lead_id, task.about, alert.task_id) == (alert.agency_id, f"alerts.alert:{alert.pk}", task.pk)
    assert task.title == "Đưa tỷ lệ đang quá hạn của UBND xã Ba Tơ về không quá 5%"
    assert task.figure_code == "overdue_share" and task.due_on is not None and task.due_on > late.date()
    assert alert.seen_by_id == world.chief.id
    with pytest.raises(Refused, match="Đã giao việc"):
        actions.propose_task(alert, by=world.chief, at=late)
    with pytest.raises(Refused, match="đã có người xem"):
        actions.acknowledge(alert, by=world.made.ba_to.leader, at=late)


@pytest.mark.django_db
def test_a_room_is_looked_after_by_its_own_authority_and_its_rows_add_up(world: World, client: Client) -> None:
    home = world.made.ba_to
    lying = make.processing(world.made, when=make.MONDAY)
    late = (lying.due_at or make.MONDAY) + timedelta(days=1)
    actions.look(at=late)
    by_agency = {one.agency_id: one for one in Alert.objects.filter(threshold="tre-han")}
    assert set(by_agency) == {home.authority, home.division}, (
        "the authority by what it decides, the room by what lies there"
    )
    room = by_agency[home.division]
    assert (room.numerator, by_agency[home.authority].numerator) == (1, 2)
    told = Message.objects.filter(template="alerts.raised")
    assert {one.person_id for one in told if one.subject.startswith("2 cảnh báo")} == {home.leader.id}
    with pytest.raises(Refused, match="phạm vi"):
        actions.propose_task(room, by=world.chief, at=late)
    task = actions.propose_task(room, by=home.leader, at=late)
    assert (task.lead_id, task.giver_id, task.figure_code) == (home.division, home.authority, "")
    own, above = (
        set(queries.open_about(one, late.date()).values_list("agency", flat=True))
        for one in (home.authority, world.made.root)
    )
    assert own == {home.authority, home.division} and above == {home.authority}, (
        "rooms of others are nameless from afar"
    )
    client.force_login(make.person_of(home.leader))
    for one in queries.rows_of(list(by_agency.values()), by=home.leader, at=late):
        answer = client.get(one.rows_url)
        assert answer.status_code == 200
        assert sum(row.row.counts for row in answer.context["rows"]) == one.alert.numerator, one.title


@pytest.mark.django_db
def test_late_tasks_of_an_agency_are_told_once_and_end_when_they_are_done(world: World, client: Client) -> None:
    lead, monday = world.made.ba_to.authority, make.MONDAY.date()
    for number in range(5):
        due = monday + timedelta(days=1 if number < 2 else 60)
        directives.give(TaskIn(title=f"Việc {number}", lead=lead, due_on=due), by=world.chief, at=make.MONDAY)
    at = make.MONDAY + timedelta(days=3)
    actions.look(at=make.MONDAY + timedelta(hours=1))
    assert not Alert.objects.filter(threshold="nhiem-vu-tre").exists(), "nothing is late yet"
    actions.look(at=at)
    actions.look(at=at)
    alert = Alert.objects.get(threshold="nhiem-vu-tre")
    assert (alert.agency_id, alert.numerator, alert.denominator, alert.value) == (lead, 2, 5, 40)
    assert queries.title_of(alert) == "Tỷ lệ nhiệm vụ đang quá hạn 40%, cao hơn ngưỡng 20%"
    assert queries.sentence_of(alert) == "2 trong 5 nhiệm vụ chưa xong"
    client.force_login(make.person_of(world.chief))
    (row,) = queries.rows_of([alert], by=world.chief, at=at)
    answer = client.get(row.rows_url)
    assert answer.status_code == 200 and len(answer.context["rows"]) == 2
    task = actions.propose_task(alert, by=world.chief, at=at)
    assert task.title == "Đưa tỷ lệ nhiệm vụ đang quá hạn của UBND xã Ba Tơ về không quá 20%"
    more = {"watched": True, "limit": Decimal(60), "days": 0, "fewest": 5, "decision": "CV 13/VP", "since": at.date()}
    actions.set_threshold(world.made.root, "nhiem-vu-tre", **more, by=world.made.controller, at=at)
    actions.look(at=at + timedelta(days=1))
    alert.refresh_from_db()
    assert alert.ended_at == at + timedelta(days=1)


@pytest.mark.django_db
def test_pages_say_what_stands_and_the_controller_sets_thresholds(world: World, client: Client) -> None:
    late = (world.dossier.due_at or make.MONDAY) + timedelta(days=1)
    actions.look(at=late)
    alert = Alert.objects.get()
    client.force_login(make.person_of(world.chief))
    page = client.get(reverse("alerts:home")).content.decode()
    assert "1 cảnh báo" in page and "Tỷ lệ đang quá hạn 100%, cao hơn ngưỡng 5%" in page and "Giao việc" in page
    assert client.get(reverse("alerts:threshold", args=["tre-han"])).status_code == 403
    assert client.post(reverse("alerts:acknowledge", args=[alert.pk]), {"words": "đang xử lý"}).status_code == 302
    assert "Trần Chủ Tịch đã xem" in client.get(reverse("alerts:home")).content.decode()
    client.force_login(make.person_of(world.made.tinh_khe.leader))
    assert "Không có cảnh báo" in client.get(reverse("alerts:home")).content.decode()
    assert client.post(reverse("alerts:acknowledge", args=[alert.pk])).status_code == 404
    client.force_login(make.person_of(world.made.controller))
    where = reverse("alerts:threshold", args=["dung-han"])
    assert "Lỗi" in client.post(where, {"limit": "abc", "since": "1/1/2026"}).content.decode()
    sent = {"limit": "92,5", "days": "7", "fewest": "10", "watched": "on", "since": "01/01/2030", "decision": "QĐ 9"}
    assert client.post(where, sent).status_code == 302
    row = ThresholdRow.objects.get(code="dung-han")
    assert (row.limit, row.days, row.during.lower) == (Decimal("92.5"), 7, date(2030, 1, 1))
    assert "từ 01/01/2030" in client.get(reverse("alerts:thresholds")).content.decode()


@pytest.mark.django_db
def test_thresholds_are_dated_and_only_the_province_sets_them(world: World) -> None:
    monday, later = make.MONDAY.date(), make.MONDAY.date() + timedelta(days=30)
    world.set(limit=Decimal(8), since=later, watched=False)
    root = world.made.root
    assert queries.thresholds_on(root, monday - timedelta(days=1))["tre-han"] == DEFAULTS["tre-han"]
    assert queries.thresholds_on(root, monday)["tre-han"].limit == 5
    assert not queries.thresholds_on(root, later)["tre-han"].watched
    with pytest.raises(Refused) as refused:
        actions.set_threshold(
            root,
            "tre-han",
            watched=True,
            limit=Decimal(101),
            days=0,
            fewest=0,
            since=monday - timedelta(days=1),
            decision=" ",
            by=world.made.ba_to.leader,
            at=make.MONDAY,
        )
    assert len(refused.value.objections) == 5
