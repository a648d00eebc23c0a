"""Which database this process speaks to, and whether its tables are of today."""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
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


def collect_static_files_if_needed() -> bool:
    """Gather and compress the pages' own files when any of them is newer than the last gathering."""
    gathered = Path(settings.STATIC_ROOT) / "staticfiles.json"
    newest = max(
        os.stat(storage.path(name)).st_mtime for finder in get_finders() for name, storage in finder.list(None)
    )
    if gathered.exists() and gathered.stat().st_mtime > newest:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    return True
