"""The product's settings, told that they serve a test."""

import os

os.environ["MOTCUA_MODE"] = "test"

from motcua.config.settings import *  # noqa: E402,F403

from importlib.util import find_spec  # noqa: E402

if not find_spec("motcua.documents.models"):  # until the documents' models stand
    INSTALLED_APPS.remove("motcua.dossiers")  # noqa: F405
