"""Every route × every kind of person × open and send is decided by a sentence of expected.txt, and the house obeys it."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from motcua.api.models import ApiToken
from motcua.base.models import Entry, PersonalRead
from motcua.dossiers.desk.moves import PAGES
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Move
from tests.permissions.routes import ADDRESSES, ASKED_WITH, MOVES, NAMELESS, NOWHERE, SENT, Route, routes
from tests.permissions.sentences import OPEN, SEND, Outcome, Section, sections
from tests.permissions.world import STRANGERS, SUBJECTS, World

FILE = Path(__file__).with_name("expected.txt")
SECTIONS = sections(FILE)
ROUTES = {route.name: route for route in routes()}
MOVE_PAGE = "dossiers_desk:move"
LEAST_SENTENCES = 80

pytestmark = pytest.mark.slow
logging.getLogger("django.request").setLevel(logging.CRITICAL)

# Tables that a request may touch without changing anything: who is signed in, how often somebody tried, who read what, when a key was used.
OF_THE_DOOR = ("django_session", "base_attempt", "django_cache", PersonalRead._meta.db_table, ApiToken._meta.db_table)
# Pages that speak to whoever holds the unguessable link of a slip or paper: what they show is masked where it can be.
BY_LINK = {
    "dossiers:tracked", "dossiers:slip", "dossiers:answer", "dossiers:withdraw", "dossiers:rate", "dossiers:result",
    "documents:verify_document", "documents:true_copy",
}  # fmt: skip


def names_of(section: Section) -> Iterator[str]:
    """Route names, and `dossiers_desk:move sign` for a move."""
    yield from section.routes


DECIDED = {name: section for section in SECTIONS for name in names_of(section)}
MOVE_CALL = "api:move_"
ASKED = [name for name in ROUTES if name != MOVE_PAGE and not name.startswith(MOVE_CALL)]
ASKED += [f"{MOVE_PAGE} {move.value}" for move in PAGES]
# Where a page is one for all, or for all who have signed in, it knows no roles: these stand for everybody.
FEW = (
    "the visitor", "the applicant", "another citizen", "the delegate", "the former clerk", "the clerk of the commune",
    "the administrator of the province",
)  # fmt: skip


def test_every_route_has_its_sentences_and_every_sentence_its_route() -> None:
    assert not sorted(set(ASKED) - set(DECIDED)), "say in tests/permissions/expected.txt who may open and send these"
    assert not sorted(set(DECIDED) - set(ASKED)), "sentences about routes that are no more"
    assert len(DECIDED) == sum(len(section.routes) for section in SECTIONS), "a route stands in two sections"


def test_every_cell_is_decided_exactly_once() -> None:
    for section in SECTIONS:
        section.cells()


def test_the_expectations_are_many_sentences() -> None:
    assert sum(len(section.sentences) for section in SECTIONS) >= LEAST_SENTENCES


def test_every_route_has_a_name_and_an_address() -> None:
    nameless = {name for name, route in ROUTES.items() if route.pattern.name is None}
    assert nameless == set(NAMELESS), "give the route a name"
    without = [name for name, route in ROUTES.items() if route.parameters and name not in ADDRESSES and name in ASKED]
    assert not without, "say in tests/permissions/routes.py what stands in the address"
    assert set(MOVES) == set(PAGES), "each move is tried on a dossier that waits for it"


@pytest.mark.parametrize("name", ASKED)
def test_the_house_obeys(name: str, world: World) -> None:
    if name not in DECIDED:
        pytest.fail(f"nothing is said of {name}")
    wrong = []
    cells = DECIDED[name].cells()
    few = all(one.startswith(("Everybody", "The visitor")) for _outcome, one in cells.values())
    for (subject, method), (outcome, sentence) in cells.items():
        if few and subject not in FEW:
            continue
        got = attempt(world, name, subject, method, outcome)
        if got:
            wrong.append(f"{subject} ({method}): expected “{sentence}”, but {got}")
    assert not wrong, "\n".join(wrong)


def attempt(world: World, name: str, subject: str, method: str, outcome: Outcome) -> str:
    """Ask once, in a savepoint; what is wrong with the answer, or nothing."""
    cache.clear()
    with transaction.atomic():
        before, entries = (written(), newest()) if method == SEND else (0, 0)
        answer = ask(world, name, subject, method)
        after, more = (written(), newest()) if method == SEND else (0, 0)
        transaction.set_rollback(True)
    got = outcome_of(answer, method, moved=name.startswith(MOVE_PAGE), journalled=more > entries)
    if outcome is Outcome.NOTHING and method == SEND and got is Outcome.TAKEN and after == before:
        got = Outcome.NOTHING
    if got != outcome:
        return f"{got or 'it fails'} (status {answer.status_code}{', to ' + answer.url if answer.has_header('Location') else ''})"
    if got in (Outcome.SIGN_IN, Outcome.REFUSED, Outcome.NOT_FOUND, Outcome.CLOSED, Outcome.TOLD) and after != before:
        return f"something was written all the same: {after - before} rows"
    return shown(world, name, subject, answer)


def ask(world: World, name: str, subject: str, method: str) -> Any:
    """The request of one cell."""
    client = world.client(subject)
    route, _space, verb = name.partition(" ")
    if verb:
        state, fill = MOVES[Move(verb)]
        url, sent = reverse(route, args=[world.dossiers[state].reference, verb]), fill(world)
    else:
        url = NAMELESS.get(route) or reverse(route, kwargs=ADDRESSES[route](world) if route in ADDRESSES else {})
        sent = SENT[route](world) if route in SENT else {}
    if name.startswith("api:"):
        return call(world, subject, method, url, ASKED_WITH.get(name, {}) if method == OPEN else sent)
    return client.get(url) if method == OPEN else client.post(url, sent)


def call(world: World, subject: str, method: str, url: str, words: Any, **headers: str) -> Any:
    """The same through the API, with the subject's key; a session counts for nothing there."""
    client = world.client("the visitor")
    if subject in world.keys:
        headers["Authorization"] = f"Bearer {world.keys[subject]}"
    headers["Idempotency-Key"] = f"matrix-{hash((subject, url)) & 0xFFFFFFFF:08x}"
    if method == OPEN:
        return client.get(url, words, headers=headers)
    return client.post(url, words, content_type="application/json", headers=headers)


def outcome_of(answer: HttpResponse, method: str, *, moved: bool, journalled: bool) -> Outcome | None:
    """What the answer means; None for a crash."""
    to_sign_in = answer.status_code == 302 and "/tai-khoan/dang-nhap/" in answer["Location"]
    match answer.status_code:
        case 401:
            return Outcome.SIGN_IN
        case 302 if to_sign_in and "next=" in answer["Location"]:
            return Outcome.SIGN_IN
        case 403:
            return Outcome.REFUSED
        case 404:
            return Outcome.NOT_FOUND
        case 405:
            return Outcome.CLOSED
        case 200 if method == OPEN:
            return Outcome.OPENS
        case 301 | 302 if method == OPEN:
            return Outcome.LED_ON
        case 302 if moved and journalled:
            return Outcome.DONE
        case 409 | 422 if moved:
            return Outcome.TOLD
        case 200 | 201 | 204 | 302 | 400 | 409 | 422 | 429:
            return Outcome.TAKEN
    return None


def shown(world: World, name: str, subject: str, answer: HttpResponse) -> str:
    """A canary of the commune's applicant in what a stranger got."""
    if subject not in STRANGERS or name in BY_LINK:
        return ""
    text = text_of(answer)
    asked = answer.wsgi_request.get_full_path()  # type: ignore[attr-defined]
    found = [one for one in world.canaries if one in text and one not in asked]
    return f"shows {', '.join(found)}" if found else ""


def text_of(answer: HttpResponse) -> str:
    """What a person could read in the answer, also inside a sheet of Excel."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as folder:
            content = b"".join(folder.read(one) for one in folder.namelist())
    return f"{answer.headers}{content.decode('utf-8', 'replace')}"


def written() -> int:
    """Rows written so far in this transaction, beside those of the door."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables "
            "WHERE relname <> ALL(%s)",
            [list(OF_THE_DOOR)],
        )
        return int(cursor.fetchone()[0])


def newest() -> int:
    """The number of journal entries."""
    return Entry.objects.count()


# The API makes the same moves under the same rules.

WORDS = {
    Move.ASK_BEFORE: {"items": [{"name": "Bản vẽ"}]},
    Move.DRAFT_SUPPLEMENT: {"items": [{"name": "Bản vẽ"}]},
    Move.SUBMIT_RESULT: {"favourable": True},
    Move.EXTEND: {},
}


@pytest.mark.parametrize("move", PAGES, ids=lambda move: move.value)
def test_the_api_lets_move_whom_the_pages_let_move(move: Move, world: World) -> None:
    cells = DECIDED[f"{MOVE_PAGE} {move.value}"].cells()
    state, fill = MOVES[move]
    dossier, wrong = world.dossiers[state], []
    for subject in SUBJECTS:
        # A key acts in the person's own post, never for a colleague.
        of = "the former delegate" if subject == "the delegate" else subject
        own = subject == "the applicant" and move is Move.WITHDRAW  # one may always take back what is one's own
        expected = cells[of, SEND][0] is Outcome.DONE or own
        words = {**fill(world), **WORDS.get(move, {}), "version": dossier.version}
        words.pop("other", None), words.pop("go", None)
        if move is Move.EXTEND:
            words["new_due_at"] += ":00+07:00"
        cache.clear()
        with transaction.atomic():
            entries, before = newest(), row_of(dossier)
            url = reverse(f"{MOVE_CALL}{move.value}", args=[dossier.reference])
            answer = call(world, subject, SEND, url, words)
            made, changed = newest() > entries, row_of(dossier) != before
            transaction.set_rollback(True)
        if made != expected or answer.status_code >= 500 or (not made and answer.status_code < 400):
            wrong.append(
                f"{subject}: {'moves' if made else 'does not move'} it ({answer.status_code}: {text_of(answer)[-300:]})"
            )
        elif not made and changed:
            wrong.append(f"{subject} is refused, but the dossier changed")
    assert not wrong, "\n".join(wrong)


def row_of(dossier: Dossier) -> dict[str, Any]:
    """The dossier as it lies in the database now."""
    return Dossier.objects.values().get(pk=dossier.pk)


def test_a_browsers_session_opens_nothing_of_the_api(world: World) -> None:
    client = world.client("the leader of the commune")
    for name in ("api:list_dossiers", "api:search_dossiers", "api:get_dossier", "api:dossier_options"):
        url = reverse(name, kwargs=ADDRESSES[name](world) if name in ADDRESSES else {})
        assert client.get(url).status_code == 401


# What is not there and what is not mine look alike, to the byte.


@pytest.mark.parametrize(
    "name",
    sorted(name for name in ADDRESSES if name in ROUTES and {"reference", "token"} & set(ROUTES[name].parameters)),
)
def test_not_found_and_not_allowed_are_the_same_answer(name: str, world: World) -> None:
    route = ROUTES[name]
    for (subject, method), (outcome, _sentence) in DECIDED[name].cells().items():
        if outcome is not Outcome.NOT_FOUND or method != OPEN:
            continue
        theirs = ADDRESSES[name](world)
        nobodys = {key: NOWHERE.get(key, value) for key, value in theirs.items()}
        answers = [asked_for(world, subject, route, values) for values in (theirs, nobodys)]
        assert answers[0] == answers[1], f"{subject} can tell that the dossier exists"


def asked_for(world: World, subject: str, route: Route, values: dict[str, Any]) -> tuple[int, str]:
    url = reverse(route.name, kwargs=values)
    cache.clear()
    with transaction.atomic():
        if route.name.startswith("api:"):
            answer = call(world, subject, OPEN, url, {})
        else:
            answer = world.client(subject).get(url)
        transaction.set_rollback(True)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text_of(answer))
    for part in (url, *(str(value) for value in values.values())):
        text = text.replace(part, "…")
    return answer.status_code, text
