"""`make bench`: how quick the product is, beside the raw limit of the database, on a server that keeps its promises."""

import os
import sys
from importlib import import_module
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("MOTCUA_HOME", str(Path(__file__).resolve().parents[1] / ".motcua" / "bench-home"))
    os.environ["MOTCUA_MODE"] = "demo"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    if sys.argv[1:2] == ["browser"]:
        sys.exit(import_module("bench.browser").main(sys.argv[2:]))
    sys.exit(import_module("bench.command").main())  # what it imports needs the settings above
