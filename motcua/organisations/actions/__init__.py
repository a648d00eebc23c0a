"""Changes of agencies: each a decision from a day on, refused with all its objections, written whole or not at all."""

from motcua.organisations.actions.changing import (
    abolish,
    carry_out,
    correct,
    merge,
    open_agency,
    rename,
    split,
    transfer,
)
from motcua.organisations.actions.fixture import Loaded, load_fixture

__all__ = [
    "Loaded",
    "abolish",
    "carry_out",
    "correct",
    "load_fixture",
    "merge",
    "open_agency",
    "rename",
    "split",
    "transfer",
]
