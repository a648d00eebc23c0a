"""Django's own commands, for those who know them; the product's commands are `motcua …`."""

import os
import sys

from django.core.management import execute_from_command_line

from motcua.base import postgres

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    postgres.ensure()
    execute_from_command_line(sys.argv)
