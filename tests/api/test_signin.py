"""Who gets in with a key, and as whom."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.api import actions, console
from motcua.api.models import ApiToken
from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.config import console as commands
from tests import make
from tests.api.conftest import Program, problem


def test_without_a_key_nobody_gets_in(world):
    answer = Program().get("/dossiers")
    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("secret", ["motcua_" + "x" * 43, "x", "Basic abc", "motcua_ă", "motcua_" + "x" * 1000])
def test_a_wrong_key_is_a_stranger(world, secret):
    problem(Program(secret).get("/dossiers"), 401)


def test_a_session_opens_nothing_here(world):
    stranger = Program()
    stranger.client.force_login(make.person_of(world.ba_to.clerk))
    problem(stranger.get("/dossiers"), 401)
    problem(stranger.post("/dossiers", {"procedure": make.BUSINESS}), 401)


def test_an_expired_key_opens_nothing(world, key):
    program = key(world.ba_to.clerk, days=1, at=timezone.now() - timedelta(days=3))
    problem(program.get("/dossiers"), 401)


def test_a_revoked_key_opens_nothing_at_once(world, key):
    program = key(world.ba_to.clerk)
    assert program.get("/dossiers").status_code == 200
    actions.revoke_token(ApiToken.objects.get(), by=SYSTEM, at=timezone.now())
    problem(program.get("/dossiers"), 401)


def test_guessing_keys_is_stopped_after_thirty(world):
    guesser = Program("motcua_" + "y" * 43)
    for _ in range(30):
        problem(guesser.get("/dossiers"), 401)
    told = guesser.get("/dossiers")
    problem(told, 429)
    assert told.headers["Retry-After"] == "900"


def test_the_secret_is_not_kept(world):
    made = actions.issue_token(make.person_of(world.citizen), name="x", days=3, by=SYSTEM, at=make.MONDAY)
    stored = ApiToken.objects.values().get()
    assert made.secret not in json.dumps(stored, default=str)
    assert Entry.objects.filter(name="api.TokenIssued", stream=f"api.token:{made.token.pk}").count() == 1


@pytest.mark.parametrize(("name", "days"), [("", 10), ("x" * 101, 10), ("x", 0), ("x", 731)])
def test_a_key_has_a_name_and_an_end(world, name, days):
    with pytest.raises(Refused):
        actions.issue_token(make.person_of(world.citizen), name=name, days=days, by=SYSTEM, at=make.MONDAY)


def test_use_is_noted_to_the_quarter_of_an_hour(world, key):
    program = key(world.ba_to.clerk)
    program.get("/dossiers")
    first = ApiToken.objects.get().last_used_at
    program.get("/dossiers")
    assert first is not None and ApiToken.objects.get().last_used_at == first


def test_a_key_narrowed_to_an_agency_where_no_post_is_held_acts_as_a_citizen(world):
    made = actions.issue_token(
        make.person_of(world.ba_to.clerk),
        name="x",
        days=3,
        by=SYSTEM,
        at=timezone.now(),
        agency=world.tinh_khe.one_stop,
    )
    problem(Program(made.secret).get("/dossiers", box="worklist"), 403)


def run(capsys, *words):
    parser_answer = commands.argparse.ArgumentParser()
    console.register(parser_answer.add_subparsers(dest="command"))
    args = parser_answer.parse_args(["api", *words])
    code = args.run(args)
    return code, capsys.readouterr().out


def test_the_command_prints_a_key_that_works(world, capsys):
    username = make.person_of(world.ba_to.clerk).username
    code, out = run(capsys, "token", "--person", username, "--name", "Bưu điện", "--json")
    made = json.loads(out)
    assert code == 0 and Program(made["token"]).get("/dossiers").status_code == 200
    _code, out = run(capsys, "tokens", "--person", username, "--json")
    assert [one["id"] for one in json.loads(out)] == [made["id"]] and made["token"] not in out
    run(capsys, "revoke", str(made["id"]))
    problem(Program(made["token"]).get("/dossiers"), 401)


def test_the_command_refuses_an_unknown_person(world, capsys):
    with pytest.raises(Refused, match="khong-co"):
        run(capsys, "token", "--person", "khong-co", "--name", "x")
