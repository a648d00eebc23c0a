"""Dossiers by the hundred thousand, sketched by the database itself: for benches that ask how figures behave when all is large.

Where `write` tells whole histories act by act, a sketch has at most four entries a dossier and no papers, slips or words. What
it writes holds together like anything else: chains verify, rows say what the journal says, figures add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Final

from django.db import connection, transaction

from motcua.base.text import unaccented
from motcua.dossiers.actions.bulk.sketch_chains import prepare, write_chains
from motcua.dossiers.actions.bulk.sketch_words import Sketch

__all__ = ["Sketch", "prepare", "sketch"]


@transaction.atomic
def sketch(
    count: int,
    *,
    kinds: Sequence[Sketch],
    first: date,
    last: date,
    now: datetime,
    names: Sequence[str] = ("Người Nộp",),
    seed: float = 0.5,
    sealed: bool = False,
) -> int:
    """Write so many dossiers handed in from `first` to `last`, as they stand at `now`; returns the entries written.

    One batch after the other in the order of time keeps the journal in that order, as it would be. Several processes may
    write at once if no office is among the kinds of two of them: the day's codes of an office run on without a gap.
    `sealed`: the heads count as signed already, so that the worker does not put a year of history under one note.
    """
    if not count:
        return 0
    weights = [0.0, *accumulate(one.weight for one in kinds)]
    values: dict[str, Any] = {
        "count": count,
        "steps": [one / weights[-1] for one in weights[1:-1]],
        "first": first,
        "days": (last - first).days + 1,
        "now": now,
        "seed": seed,
        "names": len(names),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")  # a batch stays in memory
        for statement in _KINDS:
            cursor.execute(statement)
        with cursor.copy("COPY sketch_kind FROM STDIN") as copy:
            for number, one in enumerate(kinds):
                copy.write_row((number, *_row(one)))
        with cursor.copy("COPY sketch_name FROM STDIN") as copy:
            for number, name in enumerate(names):
                copy.write_row((number, name, _searched(name)))
        cursor.execute("SELECT setseed(%(seed)s)", values)
        for statement in (_DRAWN, _LIVED, _COUNTERS, _ROWS, _SHEETS):
            cursor.execute(statement, values)
        written = write_chains(kinds, sealed=sealed)
        cursor.execute("DROP TABLE sketch_kind, sketch_name, sketch_drawn, sketch_life")
    return written


# Asked for again with every batch.
_row = lru_cache(maxsize=20_000)(astuple)
_searched = lru_cache(maxsize=50_000)(unaccented)


_TYPES: Final[Mapping[object, str]] = MappingProxyType({str: "text", float: "double precision"})
_COLUMNS: Final = ", ".join(f"{one.name} {_TYPES.get(one.type, 'bigint')}" for one in fields(Sketch))
_KINDS: Final = (
    f"CREATE TEMP TABLE sketch_kind (kind int PRIMARY KEY, {_COLUMNS}) ON COMMIT DROP",
    "CREATE TEMP TABLE sketch_name (place int PRIMARY KEY, name text, searched text) ON COMMIT DROP",
)

_ZONE: Final = "INTERVAL '07:00'"
"""Viet Nam keeps seven hours and never moves its clocks: quicker than asking the calendar of time zones a dozen times a dossier."""

_DRAWN: Final = f"""
CREATE TEMP TABLE sketch_drawn ON COMMIT DROP AS
SELECT id, width_bucket(kind_luck, %(steps)s::float8[]) AS kind, luck, path, pace, channel,
       date_trunc('second', least((day + time '08:00' + make_interval(mins => (540 * hour)::int)) AT TIME ZONE {_ZONE},
             %(now)s::timestamptz - make_interval(mins => (180 * hour)::int))) AS submitted_at
  FROM (SELECT nextval((SELECT pg_get_serial_sequence('dossiers_dossier', 'id')::regclass)) AS id, random() AS kind_luck, random() AS luck,
               random() AS path, random() AS pace, random() AS hour,
               CASE WHEN random() < 0.6 THEN 'counter' WHEN random() < 0.95 THEN 'online' ELSE 'post' END AS channel,
               %(first)s::date + (random() * (%(days)s - 1))::int AS day
          FROM generate_series(1, %(count)s)) drawn
"""

# When what happened; what would have happened after `now` has not.
_LIVED: Final = f"""
CREATE TEMP TABLE sketch_life ON COMMIT DROP AS
SELECT id, kind, channel, refused, days, clerk, leader, submitted_at, received_at, due_at, signed_at, handed_at, returned_at,
       CASE WHEN refused AND received_at IS NOT NULL THEN 'refused' WHEN received_at IS NULL THEN 'submitted'
            WHEN days = 0 OR returned_at IS NOT NULL THEN 'returned'
            WHEN signed_at IS NOT NULL THEN 'done' WHEN handed_at IS NOT NULL THEN 'processing'
            ELSE 'received' END AS status,
       CASE WHEN received_at IS NOT NULL AND NOT refused THEN agency_code || '-' || to_char(received_on, 'YYMMDD') || '-' ||
            CASE WHEN place + taken > 9999 THEN (place + taken)::text ELSE lpad((place + taken)::text, 4, '0') END END AS code,
       authority, received_on, place + taken AS code_number
  FROM (SELECT timed.*, coalesce(counter.last, 0) AS taken,
               row_number() OVER (PARTITION BY authority, received_on, refused ORDER BY received_at, timed.id) AS place
          FROM (SELECT drawn.id, kind, drawn.channel, days, clerk, leader, agency_code, kinds.deciding AS authority,
                       luck < 0.02 AS refused, submitted_at, CASE WHEN received <= %(now)s THEN received END AS received_at,
                       CASE WHEN received <= %(now)s THEN (received AT TIME ZONE {_ZONE})::date END AS received_on,
                       CASE WHEN days > 0 THEN due ELSE received END AS due_at,
                       CASE WHEN days > 0 AND signed <= %(now)s AND luck >= 0.02 THEN signed END AS signed_at,
                       CASE WHEN days > 0 AND signed > %(now)s AND handed <= %(now)s AND luck >= 0.02 THEN handed END AS handed_at,
                       CASE WHEN days > 0 AND returned <= %(now)s AND luck >= 0.02 THEN returned END AS returned_at
                  FROM (SELECT drawn.*, submitted_at + make_interval(mins => (5 + 55 * pace)::int) AS received,
                               submitted_at + make_interval(mins => (65 + 100 * pace)::int) AS handed
                          FROM sketch_drawn drawn OFFSET 0) drawn
                  JOIN sketch_kind kinds USING (kind)
                 CROSS JOIN LATERAL (
                       SELECT ((received AT TIME ZONE {_ZONE})::date + kinds.days::int
                               + CASE extract(isodow FROM (received AT TIME ZONE {_ZONE})::date + kinds.days::int)
                                 WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END + time '17:00') AT TIME ZONE {_ZONE} AS due OFFSET 0) promised
                 CROSS JOIN LATERAL (
                       SELECT date_trunc('second', received + (promised.due - received)
                              * CASE WHEN path < 0.9 THEN 0.1 + 0.85 * pace ELSE 1 + pace END) AS signed OFFSET 0) decided
                 CROSS JOIN LATERAL (
                       SELECT decided.signed + make_interval(hours => (1 + 60 * luck)::int) AS returned OFFSET 0) handed_out
               ) timed
          LEFT JOIN dossiers_codecounter counter ON counter.agency_id = authority AND counter.day = received_on) lived
"""

_COUNTERS: Final = """
INSERT INTO dossiers_codecounter (agency_id, day, last)
SELECT authority, received_on, max(code_number) FROM sketch_life WHERE code IS NOT NULL GROUP BY 1, 2
ON CONFLICT ON CONSTRAINT dossiers_counter_one_per_day DO UPDATE SET last = excluded.last
"""

_ROWS: Final = """
INSERT INTO dossiers_dossier (
       id, reference, code, outside_code, root_id, procedure_id, procedure_version_id, case_id, channel, status, version,
       receiving_id, deciding_id, unit_id, holding_id, turn, step, submitted_at, received_at, due_at, first_due_at,
       held_since, finished_at, returned_at, supplements, supplement_drafted, extended, favourable, fee_vnd, payment,
       payment_way, delivery, papers, digitised, applicant_name, applicant_search, phone)
SELECT id, translate(substr(md5(id::text || random()::text), 1, 16), '01abcdef', 'WXJKMNPQ'), code, '', root, procedure_id,
       version_id, case_id, channel, status,
       1 + (received_at IS NOT NULL)::int + (signed_at IS NOT NULL OR handed_at IS NOT NULL)::int + (returned_at IS NOT NULL)::int,
       receiving, deciding, unit, CASE WHEN status = 'processing' THEN unit ELSE receiving END,
       CASE status WHEN 'processing' THEN 'specialist' WHEN 'returned' THEN 'nobody' WHEN 'refused' THEN 'nobody'
                   ELSE 'clerk' END,
       CASE WHEN status = 'processing' THEN 2 ELSE 1 END,
       submitted_at, CASE WHEN code IS NOT NULL THEN received_at END,
       CASE WHEN code IS NOT NULL THEN due_at END, CASE WHEN code IS NOT NULL THEN due_at END,
       coalesce(returned_at, signed_at, handed_at, received_at, submitted_at),
       CASE WHEN code IS NOT NULL AND life.days = 0 THEN received_at ELSE signed_at END,
       CASE WHEN code IS NOT NULL AND life.days = 0 THEN received_at ELSE returned_at END,
       0, false, false, CASE WHEN signed_at IS NOT NULL OR life.days = 0 AND code IS NOT NULL THEN true END, fee_vnd,
       CASE WHEN fee_vnd > 0 AND status <> 'refused' THEN 'due' ELSE 'none' END, '', 'counter', 2, id %% 3,
       name, searched, ''
  FROM sketch_life life JOIN sketch_kind kinds USING (kind) JOIN sketch_name ON place = id %% %(names)s
"""

_SHEETS: Final = """
INSERT INTO dossiers_application (
       dossier_id, answers, subject, identity_number, email, address, tax_code, business_name, proxy_name, proxy_identity,
       proxy_phone, proxy_email, proxy_address, proxy_paper, delivery_address, "limit", clock_rules, after_supplement, route, form_of)
SELECT id, '{}', 'Hồ sơ phác thảo', '', '', '', '', '', '', '', '', '', '', '', '', CASE WHEN days > 0 THEN days || 'cd' ELSE '' END, 'standard', 'continue', '[]', 'TT03/2025'
  FROM sketch_life
"""
