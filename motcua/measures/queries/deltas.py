"""What one entry of the journal changes in the figures: the one definition, in SQL, for the fold and for what is not folded yet.

An entry is complete: it names the state it ended and the state it made. So its changes depend on nothing else, entries may be
added up in any order, and a figure is the sum over the entries folded plus the sum over those committed since.
A dossier is overdue from the day after its due day. Entering a state with a due day adds 1 to `overdue` on that day or, if
the day has passed, at once; leaving the state takes 1 away by the same rule. What left in time cancels itself out.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from motcua.dossiers import terms
from motcua.measures.rules.columns import COLUMNS
from motcua.measures.terms import Part


def _day(moment: str) -> str:
    """The day in Viet Nam of a moment. Viet Nam has kept seven hours since 1975 and never moves its clocks, so the hours
    are added and no calendar of time zones is opened: there are five days in every entry."""
    return f"({moment} AT TIME ZONE INTERVAL '07:00')::date"


def _fact(name: str, kind: str = "text") -> str:
    """A fact of the entry by its name, as that type; several times as quick as opening all of them as a record."""
    return f"e.facts->>'{name}'" if kind == "text" else f"(e.facts->>'{name}')::{kind}"


def _listed(words: frozenset[terms.Status]) -> str:
    return ", ".join(f"'{one}'" for one in sorted(words))


_WAITING: Final = _listed(frozenset({terms.Status.SUBMITTED, terms.Status.NEED_MORE_PRE}))
_OPEN: Final = _listed(terms.UNDER_CLOCK | {terms.Status.NEED_MORE})


_FACTS: Final = MappingProxyType(
    {
        **dict.fromkeys(("deciding", "receiving", "holding", "was_holding", "dossier"), "bigint"),
        **dict.fromkeys(("version", "held_minutes", "given_minutes", "supplements"), "int"),
        **dict.fromkeys(("procedure", "case", "channel", "status", "was_status", "due_at", "was_due_at"), "text"),
    }
)
"""What is read of every entry and of which type."""
_FACTS_OF: Final = MappingProxyType(
    {
        "DossierReceived": {"papers": "int", "digitised": "int", "fee_vnd": "bigint", "at_once": "boolean"},
        "SupplementAsked": {"before_receipt": "boolean"},
        "DossierExtended": {"late": "boolean"},
        "ResultSigned": {
            "took_minutes": "int",
            "favourable": "boolean",
            "signed_electronically": "boolean",
        },
        "DossierRated": {"score": "int"},
        "FeePaid": {"amount_vnd": "bigint"},
    }
)
"""What is read of entries of that name only; of others nothing is counted by it."""
_SEEN: Final = (
    *("state_moved", "due_moved", "stays", "is_open", "was_open", "day", "deciding", "receiving", "holding"),
    *(
        "was_holding",
        "version",
        "name",
        "status",
        "procedure",
        '"case"',
        "channel",
        "was_status",
        "due_on",
        "was_due_on",
    ),
    *("received_on", "outcome", "held_minutes", "given_minutes", "supplements"),
    *(f'"{name}"' for facts in _FACTS_OF.values() for name in facts),
)
"""An entry as the changes are made of it. What rows are chosen by stands in front: a row is opened no further than need be."""


def read(where: str, *, named: bool = True) -> str:
    """The entries of dossiers under that condition, their facts as columns; `e` is the entry. `named`: with dossier and entry."""
    facts = [f'{_fact(name, kind)} AS "{name}"' for name, kind in _FACTS.items()]
    for event, own in _FACTS_OF.items():
        facts += [f'{_only(event, _fact(name, kind))} AS "{name}"' for name, kind in own.items()]
    columns = ", ".join((*_SEEN, "entry", "at", "dossier") if named else _SEEN)
    # What is read once is not to be read again for each column made of it: OFFSET 0 keeps the levels apart. That the stream is
    # asked for with IS TRUE keeps the planner from finding entries by it: whoever asks names the way.
    return f"""
SELECT {columns} FROM (
SELECT known.*, was_status IS DISTINCT FROM status OR was_holding IS DISTINCT FROM holding AS state_moved,
       was_open <> is_open OR was_due_on IS DISTINCT FROM due_on OR was_holding IS DISTINCT FROM holding AS due_moved,
       coalesce(was_status <> '' AND was_holding = holding, false) AS stays
  FROM (
SELECT dated.*, CASE WHEN was_due_at = due_at THEN due_on ELSE {_day("was_due_at::timestamptz")} END AS was_due_on
  FROM (
SELECT told.*, {_day("due_at::timestamptz")} AS due_on,
       status IN ({_OPEN}) AS is_open, coalesce(was_status IN ({_OPEN}), false) AS was_open
  FROM (
SELECT {_day("e.at")} AS day, {_day(_fact("received_at", "timestamptz"))} AS received_on,
       {_OUTCOME} AS outcome,
       e.name, {", ".join(facts)}, e.id AS entry, e.at
  FROM journal_entry e WHERE starts_with(e.stream, 'dossiers.dossier:') IS TRUE AND {where} OFFSET 0) told OFFSET 0) dated OFFSET 0) known) seen
"""


_ENDED_UNDECIDED: Final = "'dossiers.DossierWithdrawn', 'dossiers.DossierStopped', 'dossiers.DossierClosed'"
_OUTCOME: Final = (
    f"CASE WHEN e.name IN ('dossiers.ResultSigned', 'dossiers.DossierRated', {_ENDED_UNDECIDED}) "
    f"THEN {_fact('outcome')} END"
)
"""Early, on time or late, as was said at the end itself: no figure compares days by its own lights."""


def _only(event: str, value: str) -> str:
    return f"CASE WHEN e.name = 'dossiers.{event}' THEN {value} END"


DIMENSIONS: Final = ("deciding", "receiving", "holding", "procedure", "version", '"case"', "channel")

_HAPPENED: Final = MappingProxyType(
    {
        "submitted": "name = 'dossiers.DossierSubmitted'",
        "received": "name = 'dossiers.DossierReceived'",
        "online": "name = 'dossiers.DossierReceived' AND channel = 'online'",
        "post": "name = 'dossiers.DossierReceived' AND channel = 'post'",
        "digitised": "name = 'dossiers.DossierReceived' AND papers > 0 AND digitised >= papers",
        "with_fee": "name = 'dossiers.DossierReceived' AND fee_vnd > 0",
        "supplemented_before": "name = 'dossiers.SupplementAsked' AND before_receipt",
        "supplemented": "name = 'dossiers.SupplementAsked' AND NOT before_receipt",
        "extended": "name = 'dossiers.DossierExtended' AND NOT late",
        "apologised_late": "name = 'dossiers.DossierExtended' AND late",
        "early": "name = 'dossiers.ResultSigned' AND outcome = 'early'",
        "on_time": "name = 'dossiers.ResultSigned' AND outcome = 'on_time' OR name = 'dossiers.DossierReceived' AND at_once",
        "late": "name = 'dossiers.ResultSigned' AND outcome = 'late'",
        "unfavourable": "name = 'dossiers.ResultSigned' AND NOT favourable",
        "electronic": "name = 'dossiers.ResultSigned' AND signed_electronically",
        "refused": "name = 'dossiers.DossierRefused'",
        "withdrawn": "name = 'dossiers.DossierWithdrawn'",
        "stopped": "name = 'dossiers.DossierStopped'",
        "closed": "name = 'dossiers.DossierClosed'",
        "ended": f"name IN ({_ENDED_UNDECIDED}) AND received_on IS NOT NULL",
        "ended_late": f"name IN ({_ENDED_UNDECIDED}) AND outcome = 'late'",
        "returned": "name = 'dossiers.ResultReturned' OR name = 'dossiers.DossierReceived' AND at_once",
        "rated": "name = 'dossiers.DossierRated'",
        "rated_low": "name = 'dossiers.DossierRated' AND score < 3",
        "paid": "name = 'dossiers.FeePaid'",
    }
)
"""When an entry counts one in a flow: also the condition by which the rows behind a figure are listed."""

_AMOUNTS: Final = MappingProxyType(
    {
        "stars": "CASE WHEN name = 'dossiers.DossierRated' THEN score ELSE 0 END",
        "paid_vnd": "CASE WHEN name = 'dossiers.FeePaid' THEN amount_vnd ELSE 0 END",
        "took_minutes": "CASE WHEN name = 'dossiers.ResultSigned' THEN coalesce(took_minutes, 0) ELSE 0 END",
    }
)

_SPENT: Final = MappingProxyType(
    {
        "held_minutes": "coalesce(held_minutes, 0)",
        "given_minutes": "CASE WHEN held_minutes IS NULL THEN 0 ELSE coalesce(given_minutes, 0) END",
        "passed_on": "(held_minutes IS NOT NULL)::int",
        "passed_on_late": "coalesce(held_minutes > given_minutes, false)::int",
    }
)

_STOCK: Final = MappingProxyType(
    {
        "waiting": f"{{status}} IN ({_WAITING})",
        "open": f"{{status}} IN ({_OPEN})",
        "paused": "{status} = 'need_more'",
        "ready": "{status} = 'done'",
    }
)

_COUNTED_NAMES: Final = (
    "'dossiers.DossierSubmitted', 'dossiers.DossierReceived', 'dossiers.SupplementAsked', 'dossiers.DossierExtended', 'dossiers.ResultSigned', 'dossiers.DossierRefused', "
    "'dossiers.DossierWithdrawn', 'dossiers.DossierStopped', 'dossiers.DossierClosed', 'dossiers.ResultReturned', 'dossiers.DossierRated', 'dossiers.FeePaid'"
)


def counts_when(column: str) -> str | None:
    """The condition on an entry under which it counts one in that flow; None for amounts and stocks."""
    return _HAPPENED.get(column)


def amount_of(column: str) -> str | None:
    """What an entry adds to an amount; None for other columns."""
    return _AMOUNTS.get(column) or _SPENT.get(column)


def stands(column: str) -> str:
    """Whether a dossier in a state (`status`, `due_on`) belongs to that stock at the end of `%(until)s`, as 1 or 0."""
    if column == "overdue":
        return f"coalesce(status IN ({_OPEN}) AND due_on < %(until)s, false)::int"
    return f"coalesce({_STOCK[column].format(status='status')}, false)::int"


def _row(source: str, day: str, holding: str, columns: Mapping[str, str], where: str) -> str:
    dimensions = ", ".join(holding if one == "holding" else one for one in DIMENSIONS)
    values = ", ".join(columns.get(one, "0") for one in COLUMNS)
    return f"SELECT {day}, {dimensions}, {values} FROM {source} WHERE {where}"


def deltas(source: str) -> str:
    """The changes of the entries in `source` by day and dimensions, not yet added up; columns: day, dimensions, counts."""
    rows = [*_steps(source)]
    rows += [_row(source, one.day, one.holding, {"overdue": one.change}, one.where) for one in _DUES]
    return _united(rows)


def steps(source: str) -> str:
    """The same without what falls overdue."""
    return _united(_steps(source))


def _united(rows: list[str]) -> str:
    every = "\nUNION ALL ".join(rows)
    return f"SELECT * FROM ({every}) AS changed ({', '.join(('day', *DIMENSIONS, *COLUMNS))})"


def _steps(source: str) -> list[str]:
    """What happened where the dossier is now and, if it was elsewhere before, what happened there."""
    happened = {one: f"coalesce({when}, false)::int" for one, when in _HAPPENED.items()}
    enters = {one: f"(state_moved AND {when.format(status='status')})::int" for one, when in _STOCK.items()}
    leaves = {one: f"(state_moved AND {when.format(status='was_status')})::int" for one, when in _STOCK.items()}
    both = {one: f"{enters[one]} - (stays AND {leaves[one][1:]}" for one in _STOCK}
    spent = {one: f"CASE WHEN stays THEN {amount} ELSE 0 END" for one, amount in _SPENT.items()}
    return [
        _row(
            source,
            "day",
            "holding",
            {**happened, **_AMOUNTS, **spent, **both},
            f"(state_moved OR name IN ({_COUNTED_NAMES}) OR stays AND held_minutes IS NOT NULL)",
        ),
        _row(
            source,
            "day",
            "was_holding",
            {**_SPENT, **{one: f"-{left}" for one, left in leaves.items()}},
            "was_status <> '' AND NOT stays AND (state_moved OR held_minutes IS NOT NULL)",
        ),
    ]


class _Due(NamedTuple):
    """One dossier more or less that is due on a day, and the day from which it counts as overdue."""

    holding: str
    due_on: str
    change: str
    where: str

    @property
    def day(self) -> str:
        return f"greatest(day, {self.due_on} + 1)"


_DUES: Final = (
    _Due("was_holding", "was_due_on", "-1", "was_open AND due_moved AND was_due_on IS NOT NULL"),
    _Due("holding", "due_on", "1", "is_open AND due_moved AND due_on IS NOT NULL"),
)


def dues(source: str) -> str:
    """What changes of the open dossiers by due day, added up: overdue from `day` on, dimensions, due_on, open. What leaves in
    time takes back what it brought."""
    keys = ", ".join(("day", *DIMENSIONS, "due_on"))
    each = "\nUNION ALL ".join(
        f"SELECT {one.day}, {', '.join(one.holding if key == 'holding' else key for key in DIMENSIONS)}, {one.due_on},"
        f" {one.change} FROM {source} WHERE {one.where}"
        for one in _DUES
    )
    return f"""SELECT {keys}, sum(open)::int AS open FROM ({each}) AS moved ({keys}, open)
 GROUP BY {keys} HAVING sum(open) <> 0"""


def of_agencies(source: str) -> str:
    """Changes by part, agency and day, from rows that have the dimensions as columns."""
    columns = ", ".join(COLUMNS)
    return "\nUNION ALL ".join(
        f"SELECT '{part}' AS part, {part} AS agency, day, {columns} FROM {source}" for part in Part.values
    )


def due_changes(source: str) -> str:
    """Changes of the open dossiers by due day: part, agency, due_on, open."""
    moves = "\nUNION ALL ".join(
        f"SELECT deciding, receiving, {one.holding}, {one.due_on}, {one.change} FROM {source} WHERE {one.where}"
        for one in _DUES
    )
    return of_parts(f"SELECT * FROM ({moves}) AS moved (deciding, receiving, holding, due_on, open)")


def of_parts(moves: str) -> str:
    """Changes by due day for each part of the work: part, agency, due_on, open."""
    parts = ", ".join(f"('{part}', {part})" for part in Part.values)
    return f"""SELECT part, agency, due_on, open FROM ({moves}) moves
 CROSS JOIN LATERAL (VALUES {parts}) AS parts (part, agency)"""


INTAKE: Final = (
    *("received", "online", "digitised", "electronic", "handled", "took_minutes", "not_on_time", "disliked"),
)


def _intake_row(source: str, day: str, columns: Mapping[str, str], where: str) -> str:
    values = ", ".join(columns.get(one, "0") for one in INTAKE)
    return (
        f"SELECT deciding, date_trunc('month', received_on)::date, {day}, {values} FROM {source} "
        f"WHERE received_on IS NOT NULL AND {where}"
    )


def intake_changes(source: str) -> str:
    """What becomes of the dossiers of a month of receipt: agency, month, day, counts.

    Not on time is a dossier past its due day, or asked for more papers more than once (QĐ 766, cách tính).
    """
    asked_before = "(supplements - (name = 'dossiers.SupplementAsked')::int)"
    moved = (
        f"(was_open <> is_open OR was_due_on IS DISTINCT FROM due_on OR {asked_before} <> supplements)"
        " AND (was_open OR is_open)"
    )
    flagged_before = f"CASE WHEN {asked_before} > 1 THEN day ELSE greatest(day, was_due_on + 1) END"
    flagged_after = "CASE WHEN supplements > 1 OR NOT is_open THEN day ELSE greatest(day, due_on + 1) END"
    disliked = "name = 'dossiers.DossierRated' AND score < 3 AND supplements < 2 AND outcome IN ('early', 'on_time')"
    counted = {
        "received": "(name = 'dossiers.DossierReceived')::int",
        "online": "(name = 'dossiers.DossierReceived' AND channel = 'online')::int",
        "digitised": f"coalesce({_HAPPENED['digitised']}, false)::int",
        "electronic": f"coalesce({_HAPPENED['electronic']}, false)::int",
        "handled": "coalesce(name = 'dossiers.ResultSigned' OR at_once, false)::int",
        "took_minutes": _AMOUNTS["took_minutes"],
        "disliked": f"coalesce({disliked}, false)::int",
    }
    rows = [
        _intake_row(
            source,
            "day",
            counted,
            f"(name IN ('dossiers.DossierReceived', 'dossiers.ResultSigned') OR {disliked})",
        ),
        _intake_row(
            source,
            flagged_before,
            {"not_on_time": "-1"},
            f"was_open AND ({asked_before} > 1 OR was_due_on IS NOT NULL) AND {moved}",
        ),
        _intake_row(
            source,
            flagged_after,
            {"not_on_time": "1"},
            f"(supplements > 1 OR is_open AND due_on IS NOT NULL OR NOT is_open AND outcome = 'late') AND {moved}",
        ),
    ]
    names = ", ".join(("agency", "month", "day", *INTAKE))
    return f"SELECT * FROM ({' UNION ALL '.join(rows)}) AS changed ({names})"


def times_taken(source: str) -> str:
    """The working hours that each result took, an hour begun counted whole: agency, procedure, month, hours."""
    return f"""SELECT deciding AS agency, procedure, date_trunc('month', day)::date AS month,
       ceil(coalesce(took_minutes, 0) / 60.0)::int AS hours, day
  FROM {source} WHERE name = 'dossiers.ResultSigned'"""
