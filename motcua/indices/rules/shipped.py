"""The definitions that come with the product, and definitions from files: one way to load both."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from motcua.base.errors import Refused
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.reading import read_definition
from motcua.indices.rules.tables import Report
from motcua.indices.rules.validating import validate
from motcua.indices.rules.writing import plain_of
from motcua.indices.rules.yamlfile import dump, parse
from motcua.indices.terms import _

SETS: Final = Path(__file__).parent.parent / "fixtures" / "sets"


@cache
def codes() -> tuple[str, ...]:
    """The codes of the definitions that are shipped."""
    return tuple(sorted(file.stem for file in SETS.glob("*.yaml")))


@cache
def shipped(code: str) -> IndexSet:
    """The definition with this code."""
    if code not in codes():
        raise Refused(_("Không có bộ chỉ số “%(code)s”. Có: %(all)s.") % {"code": code[:60], "all": ", ".join(codes())})
    return from_yaml((SETS / f"{code}.yaml").read_bytes())


@cache
def index_of(code: str) -> str:
    """The index a definition of the product is of: only the head of its file is read."""
    head, _criteria, _rest = (SETS / f"{code}.yaml").read_text(encoding="utf-8").partition("\ncriteria:")
    return str(parse(head.encode()).entries["index"].value)


def from_yaml(content: bytes) -> IndexSet:
    """A definition that was read and found sound; otherwise every fault, and nothing of it."""
    node = parse(content)
    report = Report()
    definition = read_definition(node, report)
    report.refuse()
    validate(definition, report)
    report.refuse()
    return definition


def to_yaml(definition: IndexSet) -> bytes:
    """The file of a definition."""
    return dump(plain_of(definition))


def fingerprint(definition: IndexSet) -> str:
    """One hash for one content, however the file was laid out."""
    return hashlib.sha256(to_yaml(definition)).hexdigest()


@cache
def shipped_fingerprint(code: str) -> str:
    """The hash of a definition that comes with the product."""
    return fingerprint(shipped(code))
