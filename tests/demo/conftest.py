"""Tests of the demonstration load a year: they are long, and those of one module run in one worker, so that it loads once."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        module = item.nodeid.split("::")[0]
        if module.startswith("tests/demo/"):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group(module))
