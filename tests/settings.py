"""The product's settings, told that they serve a test."""

import os

os.environ["MOTCUA_MODE"] = "test"

from motcua.config.settings import *  # noqa: E402,F403
