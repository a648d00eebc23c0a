-- The journal's own law, kept by the database: entries are only ever added, each bound to the one before it.
CREATE FUNCTION journal_hash(prev bytea, stream text, seq int, name text, at timestamptz, by bigint, acting_for bigint, facts jsonb)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(prev || convert_to(concat_ws(E'\n', stream, seq::text, name,
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    coalesce(by::text, ''), coalesce(acting_for::text, ''), facts::text), 'UTF8'))
$$;

CREATE FUNCTION journal_append(p_stream text, p_name text, p_at timestamptz, p_by bigint, p_acting_for bigint, p_facts jsonb)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  head journal_head%ROWTYPE;
  own bytea;
BEGIN
  -- The row lock on the head puts the writers of one stream in a line until they commit.
  INSERT INTO journal_head (stream, seq, hash) VALUES (p_stream, 0, decode(repeat('00', 32), 'hex'))
    ON CONFLICT (stream) DO UPDATE SET seq = journal_head.seq
    RETURNING * INTO head;
  own := journal_hash(head.hash, p_stream, head.seq + 1, p_name, p_at, p_by, p_acting_for, p_facts);
  INSERT INTO journal_entry (stream, seq, name, at, by, acting_for, facts, prev, hash)
    VALUES (p_stream, head.seq + 1, p_name, p_at, p_by, p_acting_for, p_facts, head.hash, own);
  UPDATE journal_head SET seq = head.seq + 1, hash = own WHERE stream = p_stream;
  RETURN head.seq + 1;
END $$;

CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'journal: % is only ever added to, never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER journal_entry_only_grows BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_entry_never_emptied BEFORE TRUNCATE ON journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_checkpoint_only_grows BEFORE UPDATE OR DELETE ON journal_checkpoint
  FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_checkpoint_head_only_grows BEFORE UPDATE OR DELETE ON journal_checkpoint_head
  FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();

-- Django's cache table (rate limits of sign-in count here, so that all web processes share them).
CREATE TABLE IF NOT EXISTS django_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX IF NOT EXISTS django_cache_expires ON django_cache (expires);

-- Searches by parts of words, and periods that must not overlap.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
