"""The plain form of a definition: what is the default is left out, so that a person reads only what is said."""

from collections.abc import Mapping
from typing import Any

from motcua.indices.rules.definition import Criterion, Facts, Gathering, IndexSet, Ranking
from motcua.indices.rules.kinds import Options, Rule, Tiers
from motcua.indices.rules.numbers import exact_text
from motcua.indices.rules.wording import OTHERWISE, condition_text, settings_of
from motcua.indices.terms import Empty, Tie


def plain_of(definition: IndexSet) -> dict[str, Any]:
    """Everything of a definition, in the order of the file."""
    one = definition
    found: dict[str, Any] = {
        "code": one.code,
        "version": one.version,
        "index": one.index,
        "name": one.name,
        "legal_basis": one.legal_basis,
        "owner": one.owner,
        "lead": one.lead,
        "years": _said({"from": str(one.year_from), "to": None if one.year_to is None else str(one.year_to)}),
        "effective_on": one.effective_on.isoformat() if one.effective_on else "",
        "units": [kind.value for kind in one.units],
        "unit_count": None if one.unit_count is None else str(one.unit_count),
        "certainty": _facts(one.certainty),
        "source": one.source,
        "note": one.note,
        "ranking": _ranking(one.ranking),
        "tolerance": exact_text(one.tolerance) if one.tolerance else "",
        "partial_data": "true" if one.partial_data else "",
        "complete": "" if one.complete else "false",
        "root": one.root,
        "criteria": [_criterion(each) for each in one.criteria],
    }
    return _said(found)


def _criterion(one: Criterion) -> dict[str, Any]:
    links: dict[str, Any] = {}
    if len(one.links) == 1:
        links = {"parent": one.links[0].parent}
        if one.links[0].weight != 1:
            links["weight"] = exact_text(one.links[0].weight)
    elif one.links:
        links = {"parents": {link.parent: exact_text(link.weight) for link in one.links}}
    return _said(
        {
            "code": one.code,
            "number": one.number,
            "name": one.name,
            **links,
            "gather" if isinstance(one.rule, Gathering) else "rule": _rule(one.rule),
            "max": None if one.most is None else exact_text(one.most),
            "min": exact_text(one.least) if one.least else "",
            "direction": "-1" if one.direction < 0 else "",
            "digits": None if one.digits is None else str(one.digits),
            "unit": one.unit,
            "absent": "" if one.absent is Empty.NONE else one.absent.value,
            "owner": one.owner,
            "coordinating": list(one.coordinating),
            "appraiser": one.appraiser,
            "evidence": one.evidence,
            "measure": one.measure,
            "aliases": list(one.aliases),
            "view": "true" if one.is_view else "",
            "certainty": _facts(one.certainty),
            "source": one.source,
            "note": one.note,
        }
    )


def _rule(rule: Rule | Gathering) -> Any:
    if isinstance(rule, Options):
        return {"kind": rule.kind.value, "options": {each.name: exact_text(each.points) for each in rule.options}}
    if isinstance(rule, Tiers):
        tiers = {condition_text(each): exact_text(each.points) for each in rule.tiers}
        return {"kind": rule.kind.value, "tiers": {**tiers, OTHERWISE: exact_text(rule.otherwise)}}
    name = rule.together.value if isinstance(rule, Gathering) else rule.kind.value
    settings = settings_of(rule)
    return {"kind": name, **settings} if settings else name


def _ranking(one: Ranking) -> dict[str, Any]:
    return _said(
        {
            "ties": "" if one.ties is Tie.COMPETITION else one.ties.value,
            "first": "" if one.high_first else "low",
            "digits": None if one.digits is None else str(one.digits),
        }
    )


def _facts(facts: Facts) -> Any:
    if len(facts) == 1 and facts[0][0] == "all":
        return facts[0][1].value
    return {name: sure.value for name, sure in facts}


def _said(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}
