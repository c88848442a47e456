-- SPDX-License-Identifier: MIT
-- The tables of a county's register (PostgreSQL 15 or later). Compiled into discern-register,
-- which runs it as a whole; running it again changes nothing and adds what a later version has.
-- See discern-register(1).
--
-- Everything only grows. What a role may do, and what a chain must be, is said here as well as
-- in the program, for every way in. A link is a fingerprint over a head, and each entry names
-- the link before it, so a row that was changed by whoever runs the server shows.

CREATE SCHEMA IF NOT EXISTS discern;
SET LOCAL search_path = discern, pg_temp;

-- Who the register admits: the id and the certificate (its SHA-256) of a team's store.
CREATE TABLE IF NOT EXISTS store (
    store uuid NOT NULL,
    certificate bytea NOT NULL CHECK (length(certificate) = 32),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    admitted timestamptz NOT NULL DEFAULT now(),
    admitted_by text NOT NULL DEFAULT session_user,
    PRIMARY KEY (store)
);

-- Where each entry stands in the chain of its store. One row an entry for ever, whatever month
-- its content is kept under, so that a number is given once, and each link has the one before.
CREATE TABLE IF NOT EXISTS place (
    store uuid NOT NULL REFERENCES store,
    seq bigint NOT NULL CHECK (seq > 0),
    link bytea NOT NULL CHECK (length(link) = 32),
    month date NOT NULL,
    PRIMARY KEY (store, seq),
    UNIQUE (store, seq, link),
    UNIQUE (store, seq, month)
);

-- Heads: what was signed. The other columns are read out of the head, so they cannot say anything
-- else; discern-record(5) has its fields. Each follows the link of the entry before it.
CREATE TABLE IF NOT EXISTS entry (
    store uuid NOT NULL,
    seq bigint NOT NULL,
    month date NOT NULL,
    head text NOT NULL,
    link bytea NOT NULL
        GENERATED ALWAYS AS (sha256('\x6469736365726e2f656e7472792f3100'::bytea
            || decode(replace(head, '\', '\\'), 'escape'))) STORED,
    before bigint GENERATED ALWAYS AS (nullif(seq - 1, 0)) STORED,
    prev bytea NOT NULL GENERATED ALWAYS AS (decode(head::jsonb ->> 'prev', 'hex')) STORED,
    signature bytea NOT NULL CHECK (length(signature) = 64),
    kind text NOT NULL GENERATED ALWAYS AS (head::jsonb ->> 'kind') STORED,
    author text NOT NULL GENERATED ALWAYS AS (head::jsonb ->> 'author') STORED,
    ref text GENERATED ALWAYS AS (head::jsonb ->> 'ref') STORED,
    PRIMARY KEY (store, seq, month),
    FOREIGN KEY (store, seq, month) REFERENCES place (store, seq, month),
    FOREIGN KEY (store, seq, link) REFERENCES place (store, seq, link),
    FOREIGN KEY (store, before, prev) REFERENCES place (store, seq, link),
    CHECK (seq > 1 OR head::jsonb ->> 'prev' = repeat('0', 64)),
    CHECK ((head::jsonb ->> 'seq')::bigint = seq),
    CHECK ((head::jsonb ->> 'store')::uuid = store)
) PARTITION BY RANGE (month);
CREATE INDEX IF NOT EXISTS entry_people ON entry (store, seq)
    WHERE kind IN ('user', 'identity');
CREATE INDEX IF NOT EXISTS entry_ref ON entry (store, ref, seq) WHERE ref IS NOT NULL;

-- What an entry says: its body, or what its sender left of it (a view). Apart from the head, so
-- that it can be erased and leave its salted fingerprint behind.
CREATE TABLE IF NOT EXISTS body (
    store uuid NOT NULL,
    seq bigint NOT NULL,
    month date NOT NULL,
    whole boolean NOT NULL,
    salt bytea CHECK (length(salt) = 32),
    body text NOT NULL,
    PRIMARY KEY (store, seq, whole, month),
    FOREIGN KEY (store, seq, month) REFERENCES entry (store, seq, month),
    CHECK (whole = (salt IS NOT NULL))
) PARTITION BY RANGE (month);

-- Entries whose bodies were erased, and the entry that says so: they do not come back.
CREATE TABLE IF NOT EXISTS erased (
    store uuid NOT NULL,
    seq bigint NOT NULL,
    by_seq bigint NOT NULL,
    PRIMARY KEY (store, seq),
    FOREIGN KEY (store, by_seq) REFERENCES place (store, seq)
);

-- Records and amendments for searching and counting: follows from the bodies.
CREATE TABLE IF NOT EXISTS record (
    store uuid NOT NULL,
    seq bigint NOT NULL,
    month date NOT NULL,
    whole boolean NOT NULL,
    ref text NOT NULL,
    own_ref text NOT NULL,
    signed timestamptz,
    author text NOT NULL,
    team text NOT NULL,
    subject text NOT NULL,
    requester text NOT NULL,
    recipient text NOT NULL,
    purpose text NOT NULL,
    agreement text NOT NULL,
    recommended text NOT NULL,
    decided text NOT NULL,
    departed boolean NOT NULL,
    restricted boolean NOT NULL,
    words tsvector NOT NULL,
    PRIMARY KEY (store, seq, whole, month),
    FOREIGN KEY (store, seq, whole, month) REFERENCES body (store, seq, whole, month)
        ON DELETE CASCADE
) PARTITION BY RANGE (month);
CREATE INDEX IF NOT EXISTS record_words ON record USING gin (words);
CREATE INDEX IF NOT EXISTS record_ref ON record (store, ref, seq DESC);

-- A reference belongs to the store that had a record of it first.
CREATE TABLE IF NOT EXISTS reference (
    ref text NOT NULL,
    store uuid NOT NULL REFERENCES store,
    seq bigint NOT NULL,
    PRIMARY KEY (ref),
    FOREIGN KEY (store, seq) REFERENCES place (store, seq)
);

-- Bundles that were taken in, each with how far it brought the chain of its store.
CREATE TABLE IF NOT EXISTS bundle (
    store uuid NOT NULL REFERENCES store,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    id uuid NOT NULL,
    received timestamptz NOT NULL DEFAULT now(),
    head_count bigint NOT NULL,
    head_link bytea NOT NULL,
    entries bigint NOT NULL,
    PRIMARY KEY (store, digest),
    FOREIGN KEY (store, head_count, head_link) REFERENCES place (store, seq, link)
);
CREATE INDEX IF NOT EXISTS bundle_head ON bundle (store, head_count DESC);

-- Every receipt that was given, as it was signed; and for those who ask, what was refused.
CREATE TABLE IF NOT EXISTS receipt (
    store uuid NOT NULL REFERENCES store,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    taken boolean NOT NULL,
    refused bigint NOT NULL,
    reason text NOT NULL,
    signed bytea NOT NULL,
    PRIMARY KEY (store, digest, at)
);

-- Who looked for what: reading what other teams hold is itself on record.
CREATE TABLE IF NOT EXISTS looked (
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    who text NOT NULL DEFAULT session_user CHECK (who = session_user),
    what text NOT NULL,
    words text NOT NULL,
    found bigint NOT NULL
);

-- The quicker compression, where the server has it.
DO $$
BEGIN
    ALTER TABLE entry ALTER head SET COMPRESSION lz4;
    ALTER TABLE body ALTER body SET COMPRESSION lz4;
    ALTER TABLE record ALTER words SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    RAISE NOTICE 'This server has no lz4.';
END $$;

-- Months -------------------------------------------------------------------------------------

-- Makes room for the current month. Whoever receives may call it and make nothing else.
CREATE OR REPLACE FUNCTION month_ready() RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
DECLARE
    first date := date_trunc('month', now() AT TIME ZONE 'UTC');
    part text;
BEGIN
    IF to_regclass(format('record_%s', to_char(first, 'YYYY_MM'))) IS NOT NULL THEN
        RETURN first;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('discern month', 0));
    FOREACH part IN ARRAY ARRAY['entry', 'body', 'record'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I '
            'FOR VALUES FROM (%L) TO (%L)', part || to_char(first, '_YYYY_MM'), part,
            first, first + interval '1 month');
    END LOOP;
    RETURN first;
END $$;

-- Rules --------------------------------------------------------------------------------------

-- A whole body is the one that the signed head names.
CREATE OR REPLACE FUNCTION body_is_signed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM erased WHERE store = NEW.store AND seq = NEW.seq) THEN
        RETURN NULL;
    END IF;
    IF NEW.whole AND encode(sha256('\x6469736365726e2f626f64792f3100'::bytea || NEW.salt
            || convert_to(NEW.body, 'UTF8')), 'hex') IS DISTINCT FROM (
            SELECT head::jsonb ->> 'body' FROM entry
            WHERE store = NEW.store AND seq = NEW.seq AND month = NEW.month) THEN
        RAISE EXCEPTION 'The body of entry % has another fingerprint than its head names.',
            NEW.seq;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER body_is_signed BEFORE INSERT ON body
    FOR EACH ROW EXECUTE FUNCTION body_is_signed();

-- An erasure reaches the register as well: the bodies that its store names go, the heads stay.
CREATE OR REPLACE FUNCTION body_erases() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM entry WHERE store = NEW.store AND seq = NEW.seq
            AND month = NEW.month AND kind = 'erasure') THEN
        RETURN NULL;
    END IF;
    INSERT INTO erased SELECT NEW.store, value::bigint, NEW.seq
        FROM jsonb_array_elements_text(NEW.body::jsonb -> 'sequences')
        ON CONFLICT DO NOTHING;
    DELETE FROM body b USING erased e
        WHERE e.store = NEW.store AND e.by_seq = NEW.seq
            AND b.store = e.store AND b.seq = e.seq;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER body_erases AFTER INSERT ON body
    FOR EACH ROW WHEN (NEW.whole AND NEW.body LIKE '%"sequences":[%')
    EXECUTE FUNCTION body_erases();

-- Nothing else is ever changed or removed, by nobody.
CREATE OR REPLACE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What is in the register stays as it is.';
END $$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY
            ARRAY['place', 'entry', 'erased', 'reference', 'bundle', 'receipt', 'looked'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE '
            'ON %I FOR EACH STATEMENT EXECUTE FUNCTION stays()', name);
    END LOOP;
END $$;
CREATE OR REPLACE TRIGGER stays BEFORE UPDATE OR TRUNCATE ON body
    FOR EACH STATEMENT EXECUTE FUNCTION stays();

-- What is seen -------------------------------------------------------------------------------

-- What a receiver must know to follow a chain, and no more: who may sign.
CREATE OR REPLACE VIEW people AS
    SELECT e.store, e.seq, e.head, b.body
    FROM entry e JOIN body b
        ON b.store = e.store AND b.seq = e.seq AND b.month = e.month AND b.whole
    WHERE e.kind IN ('user', 'identity');

-- Each decision as its newest record or amendment has it, rather whole than in part.
CREATE OR REPLACE VIEW decision AS
    SELECT s.name AS store_name, r.* FROM record r JOIN store s USING (store)
    WHERE NOT EXISTS (
        SELECT 1 FROM record later
        WHERE later.store = r.store AND later.ref = r.ref
            AND (later.seq, later.whole) > (r.seq, r.whole));

-- Roles --------------------------------------------------------------------------------------

-- Nobody logs in as these; they are granted to those who do.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['discern_receiver', 'discern_reader'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;
END $$;
REVOKE ALL ON SCHEMA discern FROM PUBLIC;
REVOKE ALL ON FUNCTION month_ready() FROM PUBLIC;
GRANT USAGE ON SCHEMA discern TO discern_receiver, discern_reader;
GRANT EXECUTE ON FUNCTION month_ready() TO discern_receiver;
GRANT SELECT ON store, place, reference, bundle, receipt, people TO discern_receiver;
GRANT SELECT (store, seq, month, whole) ON body TO discern_receiver;
GRANT INSERT ON place, entry, body, record, reference, bundle, receipt TO discern_receiver;
GRANT SELECT ON store, place, entry, body, erased, record, bundle, receipt, people, decision
    TO discern_reader;
GRANT INSERT ON looked TO discern_reader;
SELECT month_ready();
