"""The recount: the same figures by plain SQL over the journal and the rows, sharing nothing with the fold.

What a dossier was before an entry is read from the entry before it in its stream, not from what the entry says of it. Every
function answers the differences only: nothing means that all agree to the last unit.
"""

from typing import Any, Final, NamedTuple

from django.db import connection, transaction


class Difference(NamedTuple):
    """One value that does not agree: where, and both numbers."""

    table: str
    where: str
    what: str
    found: int
    counted: int

    def __str__(self) -> str:
        return f"{self.table}, {self.where}, {self.what}: đang ghi {self.found}, đếm lại {self.counted}"


_STEPS: Final = """
told AS MATERIALIZED (
    SELECT substr(name, 10) AS name, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, stream, seq, xact, id,
           (facts->>'deciding')::bigint AS deciding, (facts->>'receiving')::bigint AS receiving,
           (facts->>'holding')::bigint AS holding, facts->>'procedure' AS procedure, (facts->>'version')::int AS version,
           facts->>'case' AS "case", facts->>'channel' AS channel, facts->>'status' AS status,
           ((facts->>'due_at')::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS due,
           ((facts->>'received_at')::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS received,
           ((facts->>'finished_at')::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS finished,
           (facts->>'supplements')::int AS asked, (facts->>'papers')::int AS papers, (facts->>'digitised')::int AS digitised,
           (facts->>'fee_vnd')::bigint AS fee, facts->>'before_receipt' = 'true' AS early_asked,
           facts->>'late' = 'true' AS said_late, facts->>'at_once' = 'true' AS at_once,
           facts->>'favourable' = 'false' AS unfavourable, facts->>'signed_electronically' = 'true' AS signed,
           (facts->>'score')::int AS score, (facts->>'amount_vnd')::bigint AS amount,
           at, (facts->>'due_at')::timestamptz AS due_at, (facts->>'finished_at')::timestamptz AS finished_at,
           (facts->>'took_minutes')::bigint AS took, (facts->>'held_minutes')::bigint AS held,
           coalesce((facts->>'given_minutes')::bigint, 0) AS given
      FROM journal_entry WHERE stream LIKE 'dossiers.dossier:%%'
), steps AS (
    SELECT told.*, lag(status) OVER earlier AS old_status, lag(holding) OVER earlier AS old_holding,
           lag(due) OVER earlier AS old_due, lag(due_at) OVER earlier AS old_due_at, coalesce(lag(asked) OVER earlier, 0) AS old_asked
      FROM told WINDOW earlier AS (PARTITION BY stream COLLATE "C" ORDER BY seq)
), states AS MATERIALIZED (
    SELECT steps.* FROM steps, measures_folding f WHERE f.live AND (steps.xact, steps.id) <= (f.xact::text::xid8, f.entry)
)"""

_RUNNING: Final = "('received', 'processing', 'signing', 'need_more')"
_BEFORE_RECEIPT: Final = "('submitted', 'need_more_pre')"

_LATE_THAT_DAY: Final = (
    "{day} = {due_day} AND {done} > {due} AND EXISTS "
    "(SELECT 1 FROM workdays_clocksetting c WHERE c.comparison = 'by_moment' AND c.during @> {received})"
)
"""Late on its due day itself: only where that was decided for the day of receipt."""
_LATE_AT_ONCE: Final = _LATE_THAT_DAY.format(
    day="day", due_day="old_due", done="at", due="old_due_at", received="received"
)
_RATED_LATE: Final = _LATE_THAT_DAY.format(
    day="finished", due_day="due", done="finished_at", due="due_at", received="received"
)
_LATE_ROW: Final = _LATE_THAT_DAY.format(
    day="(finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date",
    due_day="(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date",
    done="finished_at",
    due="due_at",
    received="(received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date",
)
_HAPPENED: Final[tuple[tuple[str, str, str], ...]] = (
    ("submitted", "DossierSubmitted", "true"),
    ("received", "DossierReceived", "true"),
    ("online", "DossierReceived", "channel = 'online'"),
    ("post", "DossierReceived", "channel = 'post'"),
    ("digitised", "DossierReceived", "papers > 0 AND papers <= digitised"),
    ("with_fee", "DossierReceived", "fee > 0"),
    ("supplemented_before", "SupplementAsked", "early_asked"),
    ("supplemented", "SupplementAsked", "NOT early_asked"),
    ("extended", "DossierExtended", "NOT said_late"),
    ("apologised_late", "DossierExtended", "said_late"),
    ("early", "ResultSigned", "day < old_due"),
    ("on_time", "ResultSigned", f"day = old_due AND NOT ({_LATE_AT_ONCE}) OR old_due IS NULL"),
    ("on_time", "DossierReceived", "at_once"),
    ("late", "ResultSigned", f"day > old_due OR {_LATE_AT_ONCE}"),
    ("unfavourable", "ResultSigned", "unfavourable"),
    ("electronic", "ResultSigned", "signed"),
    ("refused", "DossierRefused", "true"),
    ("withdrawn", "DossierWithdrawn", "true"),
    ("stopped", "DossierStopped", "true"),
    ("closed", "DossierClosed", "true"),
    ("returned", "ResultReturned", "true"),
    ("returned", "DossierReceived", "at_once"),
    ("rated", "DossierRated", "true"),
    ("rated_low", "DossierRated", "score IN (1, 2)"),
    ("paid", "FeePaid", "true"),
)
_AMOUNTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("stars", "DossierRated", "score"),
    ("paid_vnd", "FeePaid", "amount"),
    ("took_minutes", "ResultSigned", "took"),
)


def _lines() -> list[tuple[str, str, str, str]]:
    """Every change of every column that an entry makes: what, on which day, at which office, how many."""
    lines: list[tuple[str, str, str, str]] = [
        (what, "day", "holding", f"(name = '{name}' AND ({when}))::int") for what, name, when in _HAPPENED
    ]
    lines += [
        (what, "day", "holding", f"CASE WHEN name = '{name}' THEN {amount} END") for what, name, amount in _AMOUNTS
    ]
    ended = f"old_status IN {_RUNNING} AND status IN ('withdrawn', 'stopped', 'closed_no_response')"
    lines += [
        ("ended", "day", "holding", f"({ended})::int"),
        ("ended_late", "day", "holding", f"({ended} AND (day > old_due OR {_LATE_AT_ONCE}))::int"),
        ("held_minutes", "day", "old_holding", "held"),
        ("given_minutes", "day", "old_holding", "CASE WHEN held IS NOT NULL THEN given END"),
        ("passed_on", "day", "old_holding", "(held IS NOT NULL)::int"),
        ("passed_on_late", "day", "old_holding", "(held > given)::int"),
    ]
    for what, statuses in (
        ("waiting", _BEFORE_RECEIPT),
        ("open", _RUNNING),
        ("paused", "('need_more')"),
        ("ready", "('done')"),
    ):
        lines.append((what, "day", "holding", f"(status IN {statuses})::int"))
        lines.append((what, "day", "old_holding", f"-(old_status IN {statuses})::int"))
    for due, office, status, sign in (("due", "holding", "status", ""), ("old_due", "old_holding", "old_status", "-")):
        since = f"CASE WHEN {due} < day THEN day ELSE {due} + 1 END"
        lines.append(("overdue", since, office, f"{sign}({status} IN {_RUNNING} AND {due} IS NOT NULL)::int"))
    return lines


_CELL: Final = {one: one for one in ("deciding", "receiving", "procedure", "version", '"case"', "channel")}


def _counted() -> str:
    """What all entries change, added up by day and cell: one reading of the entries for each day and office that is meant."""
    together: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for what, day, office, number in _lines():
        together.setdefault((day, office), []).append((what, number))
    return " UNION ALL ".join(
        _added("states", {"day": day, "holding": office, **_CELL}, numbers)
        for (day, office), numbers in together.items()
    )


def _added(source: str, keys: dict[str, str], numbers: list[tuple[str, str]]) -> str:
    """Numbers added up by the keys, each sum on a row of its own under its name; noughts left out."""
    named = ", ".join(f"{expression} AS {key}" for key, expression in keys.items())
    sums = ", ".join(f"sum({number})::bigint" for _what, number in numbers)
    whats = ", ".join(f"'{what}'" for what, _number in numbers)
    return f"""
SELECT {", ".join(keys)}, what, n FROM (
    SELECT {named}, ARRAY[{sums}] AS sums FROM {source} GROUP BY {", ".join(str(place) for place in range(1, len(keys) + 1))}) added
 CROSS JOIN LATERAL unnest(ARRAY[{whats}], sums) AS each (what, n) WHERE n <> 0"""


_KEYS: Final = ("id", "generation", "cell_id", "day", "month", "part", "agency", "procedure", "channel")


def _of_table(table: str, keys: dict[str, str], source: str) -> str:
    """All columns of a table of sums, as the database itself lists them, added up by the keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attname <> ALL(%s) ORDER BY attname",
            [table, list(_KEYS)],
        )
        columns = [str(row[0]) for row in cursor.fetchall()]
    return _added(source, keys, [(one, f"kept.{one}") for one in columns])


def _differences(table: str, statement: str) -> list[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [])
        return [Difference(table, str(row[0]), str(row[1]), int(row[2]), int(row[3])) for row in cursor.fetchall()]


def _compared(found: str, counted: str, keys: str) -> str:
    """Both sides added up by their keys, where they differ."""
    return f"""
SELECT concat_ws(' ', {keys}), what, coalesce(sum(n) FILTER (WHERE side = 1), 0),
       coalesce(sum(n) FILTER (WHERE side = 2), 0)
  FROM (SELECT 1 AS side, {keys}, what, n FROM ({found}) written
        UNION ALL SELECT 2, {keys}, what, n FROM ({counted}) again) both_sides
 GROUP BY {keys}, what
HAVING coalesce(sum(n) FILTER (WHERE side = 1), 0) <> coalesce(sum(n) FILTER (WHERE side = 2), 0)
 ORDER BY 1, 2 LIMIT 100"""


_FACTS: Final = """measures_fact kept JOIN measures_cell cell ON cell.id = kept.cell_id
  JOIN measures_folding f ON f.generation = kept.generation AND f.live"""


def _of_facts(keys: dict[str, str]) -> str:
    return _of_table("measures_fact", keys, _FACTS)


def _of_sums(table: str, keys: dict[str, str]) -> str:
    return _of_table(table, keys, f"{table} kept JOIN measures_folding f ON f.generation = kept.generation AND f.live")


def facts_against_journal() -> list[Difference]:
    """Every cell of the fine facts against the journal, up to where the fold has come."""
    keys = {"day": "kept.day", "holding": "cell.holding", **{one: f"cell.{one}" for one in _CELL}}
    compared = _compared(_of_facts(keys), _counted(), ", ".join(keys))
    return _differences("số liệu gốc", f"WITH {_STEPS} {compared}")


def roll_ups_against_facts() -> list[Difference]:
    """The sums by agency and day, by month, by procedure, against the fine facts."""
    month, found = "date_trunc('month', kept.day)::date", []
    for name, table, kept_day, day in (
        ("theo cơ quan và ngày", "measures_agencyday", "kept.day", "kept.day"),
        ("theo cơ quan và tháng", "measures_agencymonth", "kept.month", month),
    ):
        written = _of_sums(table, {"part": "kept.part", "agency": "kept.agency", "day": kept_day})
        again = " UNION ALL ".join(
            _of_facts({"part": f"'{part}'", "agency": f"cell.{part}", "day": day})
            for part in ("deciding", "receiving", "holding")
        )
        found += _differences(name, _compared(written, again, "part, agency, day"))
    written = _of_sums(
        "measures_proceduremonth",
        {"agency": "kept.agency", "procedure": "kept.procedure", "channel": "kept.channel", "day": "kept.month"},
    )
    again = _of_facts(
        {"agency": "cell.deciding", "procedure": "cell.procedure", "channel": "cell.channel", "day": month}
    )
    return found + _differences("theo thủ tục và tháng", _compared(written, again, "agency, procedure, channel, day"))


def due_against_journal() -> list[Difference]:
    """Open dossiers by due day against the last entry of every dossier."""
    found = """
SELECT part, agency, due_on, 'open' AS what, open AS n FROM measures_agencydue kept
  JOIN measures_folding f ON f.generation = kept.generation AND f.live"""
    counted = " UNION ALL ".join(
        f"SELECT '{part}' AS part, (facts->>'{part}')::bigint AS agency, due AS due_on, 'open' AS what, 1 AS n FROM standing"
        for part in ("deciding", "receiving", "holding")
    )
    standing = f"""
standing AS (
    SELECT facts, ((facts->>'due_at')::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS due
      FROM (SELECT DISTINCT ON (e.stream) e.facts FROM journal_entry e, measures_folding f
             WHERE f.live AND (e.xact, e.id) <= (f.xact::text::xid8, f.entry)
               AND e.stream LIKE 'dossiers.dossier:%%' ORDER BY e.stream, e.seq DESC) last
     WHERE facts->>'status' IN {_RUNNING} AND facts ? 'due_at'
)"""
    return _differences("theo ngày hẹn", f"WITH {standing} {_compared(found, counted, 'part, agency, due_on')}")


_INTAKE: Final = """
lives AS (
    SELECT states.*, deciding AS agency, date_trunc('month', received)::date AS month,
           status IN ('received', 'processing', 'signing', 'need_more') AS running,
           old_status IN ('received', 'processing', 'signing', 'need_more') AS was_running
      FROM states WHERE received IS NOT NULL
)"""


def intake_against_journal() -> list[Difference]:
    """What became of each month's dossiers against the journal."""
    # From which day a state makes the dossier count as not on time: asked twice, or past its due day, or ended past it.
    now = (
        """CASE WHEN asked > 1 THEN day WHEN running THEN CASE WHEN due < day THEN day ELSE due + 1 END
                  WHEN was_running AND (old_due < day OR """
        + _LATE_AT_ONCE
        + """) THEN day END"""
    )
    before = """CASE WHEN NOT was_running THEN NULL WHEN old_asked > 1 THEN day
                     ELSE CASE WHEN old_due < day THEN day ELSE old_due + 1 END END"""
    counted = f"""
SELECT agency, month, day, 'received' AS what, 1 AS n FROM lives WHERE name = 'DossierReceived'
UNION ALL SELECT agency, month, day, 'online', 1 FROM lives
           WHERE name = 'DossierReceived' AND channel = 'online'
UNION ALL SELECT agency, month, day, 'digitised', 1 FROM lives
           WHERE name = 'DossierReceived' AND papers BETWEEN 1 AND digitised
UNION ALL SELECT agency, month, day, 'handled', 1 FROM lives
           WHERE name = 'ResultSigned' OR name = 'DossierReceived' AND at_once
UNION ALL SELECT agency, month, day, 'electronic', 1 FROM lives
           WHERE name = 'ResultSigned' AND signed
UNION ALL SELECT agency, month, day, 'took_minutes', took FROM lives
           WHERE name = 'ResultSigned' AND took IS NOT NULL
UNION ALL SELECT agency, month, {now}, 'not_on_time', 1 FROM lives
           WHERE (running OR was_running) AND {now} IS NOT NULL
UNION ALL SELECT agency, month, {before}, 'not_on_time', -1 FROM lives WHERE {before} IS NOT NULL
UNION ALL SELECT agency, month, day, 'disliked', 1 FROM lives
           WHERE name = 'DossierRated' AND score < 3 AND asked < 2 AND finished <= due AND NOT ({_RATED_LATE})"""
    found = _of_sums("measures_intake", {"agency": "kept.agency", "month": "kept.month", "day": "kept.day"})
    return _differences(
        "theo tháng tiếp nhận", f"WITH {_STEPS}, {_INTAKE} {_compared(found, counted, 'agency, month, day')}"
    )


def times_against_journal() -> list[Difference]:
    """How long the results of each procedure took against the journal."""
    found = """
SELECT kept.agency, kept.procedure, kept.month, kept.hours::text AS what, kept.results AS n FROM measures_timetaken kept
  JOIN measures_folding f ON f.generation = kept.generation AND f.live"""
    counted = """
SELECT deciding AS agency, procedure, date_trunc('month', day)::date AS month, ((coalesce(took, 0) + 59) / 60)::text AS what,
       1 AS n
  FROM states WHERE name = 'ResultSigned'"""
    return _differences(
        "thời gian giải quyết", f"WITH {_STEPS} {_compared(found, counted, 'agency, procedure, month')}"
    )


_ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "received",
        "SELECT deciding_id, (received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1 FROM dossiers_dossier "
        "WHERE received_at IS NOT NULL",
        "name = 'dossiers.DossierReceived'",
    ),
    (
        "handled",
        "SELECT deciding_id, (finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1 FROM dossiers_dossier "
        "WHERE status IN ('done', 'returned')",
        "name = 'dossiers.ResultSigned' OR name = 'dossiers.DossierReceived' AND facts->>'at_once' = 'true'",
    ),
    (
        "late",
        "SELECT deciding_id, (finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1 FROM dossiers_dossier "
        "WHERE status IN ('done', 'returned') AND ((finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date "
        f"> (due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date OR {_LATE_ROW})",
        "name = 'dossiers.ResultSigned' AND facts->>'outcome' = 'late'",
    ),
    (
        "supplements",
        "SELECT d.deciding_id, (s.signed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1 FROM dossiers_supplement s "
        "JOIN dossiers_dossier d ON d.id = s.dossier_id WHERE s.signed_at IS NOT NULL",
        "name = 'dossiers.SupplementAsked'",
    ),
    (
        "apologies",
        "SELECT d.deciding_id, (x.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1 FROM dossiers_extension x "
        "JOIN dossiers_dossier d ON d.id = x.dossier_id",
        "name = 'dossiers.DossierExtended'",
    ),
    (
        "rated",
        "SELECT d.deciding_id, (r.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1 FROM dossiers_rating r "
        "JOIN dossiers_dossier d ON d.id = r.dossier_id",
        "name = 'dossiers.DossierRated'",
    ),
    (
        "paid",
        "SELECT d.deciding_id, (p.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1 FROM dossiers_feereceipt p "
        "JOIN dossiers_dossier d ON d.id = p.dossier_id",
        "name = 'dossiers.FeePaid'",
    ),
)


def journal_against_rows() -> list[Difference]:
    """The journal against the rows of the dossiers: what happened by day, and who has what now."""
    found = []
    for what, rows, when in _ROWS:
        journal = f"""SELECT (facts->>'deciding')::bigint AS agency, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
                             '{what}' AS what, 1 AS n FROM journal_entry WHERE {when}"""
        counted = f"SELECT agency, day, '{what}' AS what, n FROM ({rows}) AS each (agency, day, n)"
        found += _differences("sổ nhật ký so với hồ sơ", _compared(journal, counted, "agency, day"))
    standing = """SELECT (facts->>'holding')::bigint AS agency, facts->>'status' AS what, 1 AS n
                    FROM (SELECT DISTINCT ON (stream) facts FROM journal_entry WHERE stream LIKE 'dossiers.dossier:%%'
                           ORDER BY stream, seq DESC) last"""
    rows = "SELECT holding_id AS agency, status AS what, 1 AS n FROM dossiers_dossier"
    return found + _differences("đang giữ", _compared(standing, rows, "agency"))


def check() -> list[Difference]:
    """Everything against everything, in one snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return [
            *facts_against_journal(),
            *roll_ups_against_facts(),
            *due_against_journal(),
            *intake_against_journal(),
            *times_against_journal(),
            *journal_against_rows(),
        ]


def entries_checked() -> tuple[int, int]:
    """How many entries are folded, and how many the journal holds in all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT entries FROM measures_folding WHERE live), 0), (SELECT count(*) FROM journal_entry)"
        )
        row: Any = cursor.fetchone()
    return int(row[0]), int(row[1])
