"""The product's settings, told that they serve a test; files and keys of a run never touch the demonstration's."""

import atexit
import os
import shutil
import tempfile

os.environ["MOTCUA_MODE"] = "test"
_FOLDER = tempfile.mkdtemp(prefix="motcua-test-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["FILES_ROOT"] = f"{_FOLDER}/files"
os.environ["KEYS_ROOT"] = f"{_FOLDER}/keys"

# Imported here and not above: the product's settings read what was just said.
from motcua.config import settings  # noqa: E402
from motcua.config.settings import *  # noqa: E402,F403

# Quick, and nothing of it is fit for real people's papers.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # else each test warns that nothing has been gathered
