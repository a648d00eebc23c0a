"""Sketched dossiers for benches: rows and journal chains of many dossiers at once, made by the database itself.

Where `write` tells whole histories act by act, a sketch has at most four entries a dossier and no papers, slips or words. What
it writes holds together like anything else: chains verify, rows say what the journal says, figures add up.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from motcua.dossiers.actions.bulk.rows import take_numbers
from motcua.dossiers.models import Dossier


@dataclass(frozen=True)
class Sketch:
    """One kind of dossier at one office: whence its codes, who works on it, by when it is due."""

    root: int
    receiving: int
    deciding: int
    unit: int
    agency_code: str
    clerk: int
    leader: int
    procedure_id: int
    version_id: int
    procedure: str
    version: int
    case_id: int | None
    case_code: str
    days: int
    """Days from receipt to the due day; 0 for what is answered at once."""
    fee_vnd: int


@transaction.atomic
def sketch(count: int, *, kinds: Sequence[Sketch], first: date, last: date, now: datetime, seed: float = 0.5) -> int:
    """Write so many dossiers handed in from `first` to `last`, as they stand at `now`; returns the entries written.

    One batch after the other in the order of time keeps the journal in that order, as it would be.
    """
    numbers = take_numbers(Dossier, count)
    columns = ", ".join(f"{one.name} {'text' if one.type is str else 'bigint'}" for one in fields(Sketch))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE sketch_kind (kind int PRIMARY KEY, {columns}) ON COMMIT DROP")
        with cursor.copy("COPY sketch_kind FROM STDIN") as copy:
            for number, one in enumerate(kinds):
                copy.write_row((number, *astuple(one)))
        values: dict[str, Any] = {
            "first_key": numbers[0],
            "last_key": numbers[-1],
            "kinds": len(kinds),
            "first": first,
            "days": (last - first).days + 1,
            "now": now,
        }
        cursor.execute("SELECT setseed(%s)", [seed])
        for statement in (_ALIKE, _ALIKE_WRITTEN):
            cursor.execute(statement)
        for statement in (_DRAWN, _LIVED, _COUNTERS, _CHAINED, _ROWS, _SHEETS, _ENTRIES, _HEADS):
            cursor.execute(statement, values)
        cursor.execute("SELECT sum(entries) FROM sketch_chain")
        written = int(cursor.fetchone()[0])
        cursor.execute("DROP TABLE sketch_kind, sketch_drawn, sketch_life, sketch_chain")
    return written


_ZONE: Final = "'Asia/Ho_Chi_Minh'"

_DRAWN: Final = f"""
CREATE TEMP TABLE sketch_drawn ON COMMIT DROP AS
SELECT id, kind_no AS kind, luck, path, pace, channel,
       least((day + time '08:00' + make_interval(mins => (540 * hour)::int)) AT TIME ZONE {_ZONE},
             %(now)s - make_interval(mins => (180 * hour)::int)) AS submitted_at
  FROM (SELECT id, (random() * (%(kinds)s - 1))::int AS kind_no, random() AS luck, random() AS path, random() AS pace,
               random() AS hour, CASE WHEN random() < 0.6 THEN 'counter' WHEN random() < 0.95 THEN 'online' ELSE 'post' END AS channel,
               %(first)s::date + (random() * (%(days)s - 1))::int AS day
          FROM generate_series(%(first_key)s::bigint, %(last_key)s::bigint) id) drawn
"""

# When what happened; what would have happened after `now` has not.
_LIVED: Final = f"""
CREATE TEMP TABLE sketch_life ON COMMIT DROP AS
SELECT lived.*, CASE WHEN refused THEN 'refused' WHEN received_at IS NULL THEN 'submitted'
                     WHEN days = 0 THEN 'returned' WHEN returned_at IS NOT NULL THEN 'returned'
                     WHEN signed_at IS NOT NULL THEN 'done' WHEN handed_at IS NOT NULL THEN 'processing'
                     ELSE 'received' END AS status,
       CASE WHEN received_at IS NOT NULL AND NOT refused THEN agency_code || '-' ||
            to_char(received_at AT TIME ZONE {_ZONE}, 'YYMMDD') || '-' || lpad((taken + place)::text, 4, '0') END AS code,
       taken + place AS code_number
  FROM (SELECT timed.*, coalesce(counter.last, 0) AS taken,
               row_number() OVER (PARTITION BY timed.authority, (received_at AT TIME ZONE {_ZONE})::date ORDER BY received_at, timed.id)
               AS place
          FROM (SELECT drawn.id, drawn.channel, kind.*, kind.deciding AS authority, luck < 0.02 AS refused, drawn.submitted_at,
                       CASE WHEN received <= %(now)s THEN received END AS received_at,
                       CASE WHEN days > 0 THEN due ELSE received END AS due_at,
                       CASE WHEN days > 0 AND signed <= %(now)s AND luck >= 0.02 THEN signed END AS signed_at,
                       CASE WHEN days > 0 AND signed > %(now)s AND handed <= %(now)s AND luck >= 0.02 THEN handed END AS handed_at,
                       CASE WHEN days > 0 AND returned <= %(now)s AND luck >= 0.02 THEN returned END AS returned_at
                  FROM (SELECT drawn.*, submitted_at + make_interval(mins => (5 + 55 * pace)::int) AS received,
                               submitted_at + make_interval(mins => (65 + 100 * pace)::int) AS handed
                          FROM sketch_drawn drawn) drawn
                  JOIN sketch_kind kind USING (kind)
                 CROSS JOIN LATERAL (
                       SELECT ((received AT TIME ZONE {_ZONE})::date + kind.days::int
                               + CASE extract(isodow FROM (received AT TIME ZONE {_ZONE})::date + kind.days::int)
                                 WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END + time '17:00') AT TIME ZONE {_ZONE} AS due) promised
                 CROSS JOIN LATERAL (
                       SELECT received + (promised.due - received) * CASE WHEN path < 0.9 THEN 0.1 + 0.85 * pace ELSE 1 + pace END
                              AS signed) decided
                 CROSS JOIN LATERAL (SELECT decided.signed + make_interval(hours => (1 + 60 * luck)::int) AS returned) handed_out
               ) timed
          LEFT JOIN dossiers_codecounter counter
                 ON counter.agency_id = timed.authority AND counter.day = (timed.received_at AT TIME ZONE {_ZONE})::date) lived
"""

# What all entries of one kind say alike, written once per kind.
_ALIKE: Final = """
ALTER TABLE sketch_kind ADD alike1 jsonb, ADD alike2 jsonb, ADD alike3 jsonb
"""
_ALIKE_WRITTEN: Final = """
UPDATE sketch_kind SET (alike1, alike2, alike3) = (
    SELECT base || '{"status": "submitted", "was_status": ""}',
           base || jsonb_build_object('was_status', 'submitted', 'was_holding', receiving, 'given_minutes', 240,
                                      'status', CASE WHEN days = 0 THEN 'returned' ELSE 'received' END,
                                      'turn', CASE WHEN days = 0 THEN 'nobody' ELSE 'clerk' END, 'at_once', days = 0),
           base || jsonb_build_object('was_status', 'received', 'was_holding', receiving, 'from_step', 1)
      FROM (SELECT jsonb_build_object(
            'procedure', procedure, 'version', version, 'case', case_code, 'root', root, 'receiving', receiving,
            'deciding', deciding, 'holding', receiving, 'turn', 'clerk', 'step', 1, 'papers', 2, 'fee_vnd', fee_vnd,
            'payment', CASE WHEN fee_vnd > 0 THEN 'due' ELSE 'none' END, 'payment_way', '', 'supplements', 0) AS base) base)
"""


def _hash(prev: str, seq: int, name: str, at: str, by: str) -> str:
    return f"journal_hash({prev}, stream, {seq}, {name}, {at}, {by}, NULL, facts{seq})"


_NAME2: Final = "CASE WHEN refused THEN 'dossiers.DossierRefused' ELSE 'dossiers.DossierReceived' END"
_NAME3: Final = "CASE WHEN signed_at IS NULL THEN 'dossiers.DossierHandedOver' ELSE 'dossiers.ResultSigned' END"
_BY3: Final = "CASE WHEN signed_at IS NULL THEN clerk ELSE leader END"
_AT3: Final = "coalesce(signed_at, handed_at)"
_GENESIS: Final = "decode(repeat('00', 32), 'hex')"

_CHAINED: Final = f"""
CREATE TEMP TABLE sketch_chain ON COMMIT DROP AS
SELECT life.*, facts1, facts2, facts3, facts4, hash1, hash2, hash3, hash4,
       1 + (facts2 IS NOT NULL)::int + (facts3 IS NOT NULL)::int + (facts4 IS NOT NULL)::int AS entries
  FROM (SELECT life.*, 'dossiers.dossier:' || id AS stream,
               to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS+00:00') AS received_text,
               to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS+00:00') AS due_text,
               to_char(signed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00') AS signed_text,
               (extract(epoch FROM received_at - submitted_at) / 60)::int AS waited,
               (extract(epoch FROM signed_at - received_at) / 180)::int AS worked
          FROM sketch_life life) life
 CROSS JOIN LATERAL (
       SELECT jsonb_build_object('dossier', id, 'channel', channel, 'digitised', id %% 3) AS own OFFSET 0) own
 CROSS JOIN LATERAL (
       SELECT alike1 || own AS facts1,
              CASE WHEN received_at IS NULL THEN NULL
                   WHEN refused THEN alike2 - 'at_once' || own || jsonb_build_object(
                        'status', 'refused', 'turn', 'nobody', 'slip', id::text, 'held_minutes', waited)
                   WHEN days = 0 THEN alike2 || own || jsonb_build_object(
                        'code', code, 'received_at', received_text, 'due_at', due_text, 'held_minutes', waited,
                        'finished_at', received_text)
                   ELSE alike2 || own || jsonb_build_object(
                        'code', code, 'received_at', received_text, 'due_at', due_text, 'held_minutes', waited)
              END AS facts2,
              CASE WHEN signed_at IS NOT NULL THEN alike3 || own || jsonb_build_object(
                        'received_at', received_text, 'due_at', due_text, 'was_due_at', due_text,
                        'status', 'done', 'finished_at', signed_text, 'favourable', true,
                        'signed_electronically', id %% 3 > 0, 'took_minutes', worked, 'held_minutes', worked,
                        'given_minutes', days * 480, 'outcome', CASE sign(
                            (signed_at AT TIME ZONE {_ZONE})::date - (due_at AT TIME ZONE {_ZONE})::date)
                        WHEN -1 THEN 'early' WHEN 0 THEN 'on_time' ELSE 'late' END)
                   WHEN handed_at IS NOT NULL THEN alike3 || own || jsonb_build_object(
                        'received_at', received_text, 'due_at', due_text, 'was_due_at', due_text,
                        'status', 'processing', 'turn', 'specialist', 'holding', unit, 'step', 2,
                        'held_minutes', 60, 'given_minutes', 240)
              END AS facts3,
              CASE WHEN returned_at IS NOT NULL THEN alike3 - 'from_step' || own || jsonb_build_object(
                        'received_at', received_text, 'due_at', due_text, 'was_due_at', due_text,
                        'status', 'returned', 'turn', 'nobody', 'finished_at', signed_text, 'way', 'counter',
                        'was_status', 'done', 'held_minutes', 480, 'given_minutes', 0)
              END AS facts4 OFFSET 0) told
 CROSS JOIN LATERAL (SELECT {_hash(_GENESIS, 1, "'dossiers.DossierSubmitted'", "submitted_at", "clerk")} AS hash1 OFFSET 0) one
 CROSS JOIN LATERAL (SELECT CASE WHEN facts2 IS NOT NULL THEN {_hash("hash1", 2, _NAME2, "received_at", "clerk")} END AS hash2
                     OFFSET 0) two
 CROSS JOIN LATERAL (SELECT CASE WHEN facts3 IS NOT NULL THEN {_hash("hash2", 3, _NAME3, _AT3, _BY3)} END AS hash3 OFFSET 0) three
 CROSS JOIN LATERAL (SELECT CASE WHEN facts4 IS NOT NULL THEN
                     {_hash("hash3", 4, "'dossiers.ResultReturned'", "returned_at", "clerk")} END AS hash4 OFFSET 0) four
"""

_COUNTERS: Final = f"""
INSERT INTO dossiers_codecounter (agency_id, day, last)
SELECT authority, (received_at AT TIME ZONE {_ZONE})::date, max(code_number) FROM sketch_life
 WHERE received_at IS NOT NULL GROUP BY 1, 2
ON CONFLICT ON CONSTRAINT dossiers_counter_one_per_day DO UPDATE SET last = excluded.last
"""

_ROWS: Final = """
INSERT INTO dossiers_dossier (
       id, reference, code, outside_code, root_id, procedure_id, procedure_version_id, case_id, channel, status, version,
       receiving_id, deciding_id, unit_id, holding_id, turn, step, submitted_at, received_at, due_at, first_due_at,
       held_since, finished_at, returned_at, supplements, supplement_drafted, extended, favourable, fee_vnd, payment,
       payment_way, delivery, papers, digitised, applicant_name, applicant_search, phone)
SELECT id, upper(translate(substr(md5(id::text || random()::text), 1, 16), '01abcdef', 'WXJKMNPQ')), code, '', root, procedure_id,
       version_id, case_id, channel, status,
       1 + (facts2 IS NOT NULL)::int + (facts3 IS NOT NULL)::int + (facts4 IS NOT NULL)::int,
       receiving, deciding, unit, CASE WHEN status = 'processing' THEN unit ELSE receiving END,
       CASE status WHEN 'processing' THEN 'specialist' WHEN 'returned' THEN 'nobody' WHEN 'refused' THEN 'nobody'
                   ELSE 'clerk' END,
       CASE WHEN status = 'processing' THEN 2 ELSE 1 END,
       submitted_at, CASE WHEN NOT refused THEN received_at END,
       CASE WHEN received_at IS NOT NULL AND NOT refused THEN due_at END,
       CASE WHEN received_at IS NOT NULL AND NOT refused THEN due_at END,
       coalesce(returned_at, signed_at, handed_at, received_at, submitted_at),
       CASE WHEN NOT refused AND days = 0 THEN received_at ELSE signed_at END,
       CASE WHEN NOT refused AND days = 0 THEN received_at ELSE returned_at END,
       0, false, false, CASE WHEN signed_at IS NOT NULL THEN true END, fee_vnd,
       CASE WHEN fee_vnd > 0 THEN 'due' ELSE 'none' END, '', 'counter', 2, id %% 3,
       'Người Nộp ' || id, 'nguoi nop ' || id, ''
  FROM sketch_chain
"""

_SHEETS: Final = """
INSERT INTO dossiers_application (
       dossier_id, answers, subject, identity_number, email, address, tax_code, business_name, proxy_name, proxy_identity,
       proxy_phone, proxy_paper, delivery_address, "limit", clock_rules, after_supplement, route, form_of)
SELECT id, '{}', 'Hồ sơ phác thảo', '', '', '', '', '', '', '', '', '', '', days || 'cd', 'standard', 'continue', '[]', 'TT03/2025'
  FROM sketch_chain
"""


_ENTRIES: Final = f"""
INSERT INTO journal_entry (stream, seq, name, at, by, facts, prev, hash)
SELECT stream, line.seq, line.name, line.at, line.by, line.facts, line.prev, line.hash
  FROM sketch_chain CROSS JOIN LATERAL (VALUES
       (1, 'dossiers.DossierSubmitted', submitted_at, clerk, facts1, {_GENESIS}, hash1),
       (2, {_NAME2}, received_at, clerk, facts2, hash1, hash2),
       (3, {_NAME3}, {_AT3}, {_BY3}, facts3, hash2, hash3),
       (4, 'dossiers.ResultReturned', returned_at, clerk, facts4, hash3, hash4)) line (seq, name, at, by, facts, prev, hash)
 WHERE line.seq <= entries
"""

_HEADS: Final = """
INSERT INTO journal_head (stream, seq, hash)
SELECT stream, entries, coalesce(hash4, hash3, hash2, hash1) FROM sketch_chain
"""
