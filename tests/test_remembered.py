"""A world that is put back is the world that was built: every row, the chain of the journal, what refuses and what numbers."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from motcua.base.verify import verify_journal
from motcua.dossiers.models import Dossier
from tests import make
from tests.directives import make_tasks
from tests.remembered import note, put_back

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT to_json(t)::text FROM "{table}" t ORDER BY 1')
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


@pytest.mark.parametrize("build", [make.province, make_tasks.world], ids=["province", "tasks"])
def test_what_is_put_back_is_what_was_built(build) -> None:
    with transaction.atomic():
        snapshot, rows = note(build.__wrapped__()), everything()
        transaction.set_rollback(True)
    nothing = everything()
    put_back(snapshot)
    assert everything() == rows != nothing


def test_a_world_put_back_lives_on() -> None:
    for _time in range(2):
        with transaction.atomic():
            snapshot = note(make.province.__wrapped__())
            transaction.set_rollback(True)
    put_back(snapshot)
    world = snapshot.made
    dossier = make.signing(world)
    make.dossiers.sign(dossier, by=world.ba_to.leader, at=make.MONDAY)
    assert verify_journal().ok
    assert Dossier.objects.get().status == dossier.status
    with pytest.raises(DatabaseError, match="journal"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
