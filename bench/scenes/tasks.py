"""Tasks given from above: the board and the lists of a province that has given two hundred thousand of them."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from datetime import time as clock
from random import Random
from urllib.parse import quote_plus

from django.db import connection

from bench import bare, sketches
from bench.load import Load
from bench.scenes.ground import Ground, get
from bench.scenes.scene import Request, Scene, scene
from motcua.base.clock import VIET_NAM, day_of
from motcua.demo import instructions
from motcua.demo.province import ECONOMY
from motcua.directives.actions import TaskIn, bulk
from motcua.directives.actions.bulk import Act, History
from motcua.directives.models import Task
from motcua.directives.terms import Field, GivenBy
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.people.terms import Role

SCENES: list[Scene] = []
P95 = {1: 60.0, 8: 150.0}
TASKS, LATEST, SAMPLES, DAYS = 200_000, 2_000, 2_000, 730
TABLES = (
    *("directives_task", "directives_tasktext", "directives_taskspan", "directives_note", "directives_report"),
    *("journal_entry", "journal_head"),
)
PAGE = "/ban-lam-viec/nhiem-vu/"


def load(load: Load, say: Callable[[str], None]) -> None:
    """Two years of tasks, unless they are there: most of them done, some late, some under way, some not taken yet.

    The last thousands are told act by act; the many are copies of some histories, on other days and given by others.
    """
    have = Task.objects.count()
    if have >= TASKS:
        return
    begun, random = time.monotonic(), Random(have)
    samples, latest = _lives(load, random, sample=True), _lives(load, random)
    many = [next(samples) for _n in range(SAMPLES)]
    connection.close()
    with bare.tables(TABLES):
        copies = TASKS - have - LATEST
        bulk.write_copies(many, copies, days=DAYS - 1, now=load.year.now, seed=0.5, givers=list(GivenBy))
        say(f"  {copies:,} tasks copied in {time.monotonic() - begun:.0f} s")
    bulk.write([next(latest) for _n in range(LATEST)])
    sketches.answered()
    say(f"  {TASKS:,} tasks in {time.monotonic() - begun:.0f} s")


def _lives(load: Load, random: Random, *, sample: bool = False) -> Iterator[History]:
    """Tasks of the province's committee for its departments and communes, each with what became of it; a sample was given
    yesterday and is told to its end."""
    cast, now = load.cast, load.year.now
    offices = [*cast.departments, *cast.communes]
    followers = cast.head.people(Role.SPECIALIST, cast.head.units[ECONOMY])
    chairman = cast.province_leaders[0]
    root = organisations.root_of(cast.head.authority)
    assert root is not None
    fields = {one.code: random.sample(list(Field), 4) for one in offices}  # what an office is asked for is of few kinds
    while True:
        office, follower = random.choice(offices), random.choice(followers)
        leader = office.people(Role.LEADER, office.authority)[0]
        doer = office.people(Role.SPECIALIST, office.units[ECONOMY])[-1]
        given = datetime.combine(
            day_of(now) - timedelta(days=1 if sample else random.randint(1, DAYS)),
            clock(8, random.randint(0, 59)),
            tzinfo=VIET_NAM,
        )
        due = day_of(given) + timedelta(days=random.choice((14, 30, 30, 60, 90)))
        done = given + timedelta(days=(due - day_of(given)).days + random.choice((-9, -6, -3, -3, -1, 5, 12)))
        acts = [Act("accept", leader, given + timedelta(days=1), {"assignee": doer.id})]
        if random.random() < 0.96:  # the rest is never done
            acts += [
                Act("report", doer, done, {"text": "Đã hoàn thành.", "result_number": f"{random.randint(20, 990)}/BC"}),
                Act("confirm", chairman, done + timedelta(days=2), {"opinion": "Đạt yêu cầu."}),
            ]
        wish = TaskIn(
            title=random.choice(instructions.POOL).words[:1].upper() + random.choice(instructions.POOL).words[1:],
            lead=office.authority,
            due_on=due,
            field=random.choice(fields[office.code]),
            given_by=random.choice(list(GivenBy)),
            follower=follower.id,
        )
        yield History(root, wish, follower, given, tuple(one for one in acts if sample or one.at < now))


def _force(ground: Ground) -> Person:
    """Who follows all the province from the committee's office."""
    head = ground.load.cast.head
    return Person.objects.get(pk=head.people(Role.SPECIALIST, head.units[ECONOMY])[0].id)


def _leader(ground: Ground) -> Person:
    """Who answers for the tasks of one department."""
    department = ground.load.cast.departments[0]
    return Person.objects.get(pk=department.people(Role.LEADER, department.authority)[0].id)


@scene(SCENES, "board", p95=P95, needs=load)
def board(ground: Ground) -> list[Request]:
    """The board of the province over 200,000 tasks: by agency, by field, by who gave, of one year, of one agency."""
    force, leader = ground.cookie(_force(ground)), ground.cookie(_leader(ground))
    year = day_of(ground.load.year.now).year
    asked = ["", "?theo=linh-vuc", "?theo=cap-giao", f"?tu={year}-01-01"]
    return [*(get(f"{PAGE}bang/{one}", force) for one in asked), get(f"{PAGE}bang/", leader)]


@scene(SCENES, "board_then", p95=P95, needs=load)
def board_then(ground: Ground) -> list[Request]:
    """The same board as it stood on a day of the past: ends of months, a year back."""
    force, today = ground.cookie(_force(ground)), day_of(ground.load.year.now)
    days = [today - timedelta(days=30 * one) for one in range(1, 13)]
    return [get(f"{PAGE}bang/?ngay={one.isoformat()}", force) for one in days]


@scene(SCENES, "board_list", p95=P95, needs=load)
def board_list(ground: Ground) -> list[Request]:
    """The tasks behind a figure of the board, a page of 50: those given, late, done late; of all, and of one agency."""
    force = ground.cookie(_force(ground))
    lead = ground.load.cast.departments[0].authority
    asked = ["giao", "qua-han", "xong-tre", "dung-han", f"qua-han&theo=co-quan&khoa={lead}"]
    return [get(f"{PAGE}bang/danh-sach/?cot={one}", force) for one in asked]


@scene(SCENES, "tasks", p95=P95, needs=load)
def tasks(ground: Ground) -> list[Request]:
    """Lists of 50 tasks: to do, late, done by me, given, followed, all, and found by words."""
    force, leader = ground.cookie(_force(ground)), ground.cookie(_leader(ground))
    words = quote_plus(" ".join(instructions.POOL[0].words.split()[:3]))
    lists = [get(f"{PAGE}?o={one}", leader) for one in ("can-lam", "can-lam&qua-han=1", "tat-ca")]
    return lists + [get(f"{PAGE}?o={one}", force) for one in ("da-giao", "theo-doi", "tat-ca", f"tat-ca&q={words}")]
