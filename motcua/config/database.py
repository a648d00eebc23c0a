"""Which database this process speaks to, and whether its tables are of today."""

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from motcua.config.settings import database


def use(url: str) -> None:
    """Point Django at a database that was started after the settings were read."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close()
    connection.settings_dict.update(database(url))


def migrate_if_needed() -> bool:
    """Bring the tables up to date; returns whether anything was to be done."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    return True
