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
    UNIQUE (store, seq, link, month)
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
    body bytea NOT NULL GENERATED ALWAYS AS (decode(head::jsonb ->> 'body', 'hex')) STORED,
    signature bytea NOT NULL CHECK (length(signature) = 64),
    kind text NOT NULL GENERATED ALWAYS AS (head::jsonb ->> 'kind') STORED,
    ref text GENERATED ALWAYS AS (head::jsonb ->> 'ref') STORED,
    PRIMARY KEY (store, seq, month),
    FOREIGN KEY (store, seq, link, month) REFERENCES place (store, seq, link, month),
    FOREIGN KEY (store, before, prev) REFERENCES place (store, seq, link),
    CHECK (seq > 1 OR prev = decode(repeat('00', 32), 'hex')),
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

-- Decisions by their references. Other stores may have the same, for references are short; the
-- number is the decision's own in the whole register.
CREATE TABLE IF NOT EXISTS reference (
    store uuid NOT NULL REFERENCES store,
    ref text NOT NULL,
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
    PRIMARY KEY (store, ref)
);

-- What moves a decision on, without what was said: the state of a decision follows from these in
-- their order, whenever each of them came. (A role, a verdict and a need for a guardian.)
CREATE TABLE IF NOT EXISTS step (
    store uuid NOT NULL,
    ref text NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    role text NOT NULL,
    verdict text NOT NULL,
    countersign boolean NOT NULL,
    PRIMARY KEY (store, ref, seq),
    FOREIGN KEY (store, seq) REFERENCES place (store, seq)
);

-- Each decision as its newest record or amendment has it, rather whole than in part, and where it
-- stands: follows from bodies and steps. By the month of signing, so that a list of the newest
-- looks into the newest; nothing was signed after it came.
CREATE TABLE IF NOT EXISTS decision (
    number bigint NOT NULL REFERENCES reference (number),
    signed timestamptz NOT NULL CHECK (signed <= now()),
    store uuid NOT NULL,
    ref text NOT NULL,
    seq bigint NOT NULL,
    whole boolean NOT NULL,
    zone smallint NOT NULL,
    state text NOT NULL,
    author text NOT NULL,
    team text NOT NULL,
    subject text NOT NULL,
    requester text NOT NULL,
    recipient text NOT NULL,
    purpose text NOT NULL,
    agreement text NOT NULL,
    programme text NOT NULL,
    recommended text NOT NULL,
    decided text NOT NULL,
    departed boolean NOT NULL,
    urgent boolean NOT NULL,
    countersign boolean NOT NULL,
    unfinished boolean NOT NULL,
    restricted boolean NOT NULL,
    words tsvector NOT NULL,
    marks text[] NOT NULL GENERATED ALWAYS AS (ARRAY['state ' || state, 'outcome ' || decided,
        'author ' || lower(author), 'team ' || lower(team), 'agreement ' || agreement,
        'programme ' || programme, 'purpose ' || lower(purpose)]
        || CASE WHEN departed THEN '{departed}' ELSE '{}'::text[] END
        || CASE WHEN urgent THEN '{urgent}' ELSE '{}'::text[] END
        || CASE WHEN countersign THEN '{countersign}' ELSE '{}'::text[] END
        || CASE WHEN unfinished THEN '{unfinished}' ELSE '{}'::text[] END) STORED,
    PRIMARY KEY (number, signed)
) PARTITION BY RANGE (signed);
CREATE INDEX IF NOT EXISTS decision_signed ON decision (signed, number);
CREATE INDEX IF NOT EXISTS decision_words ON decision USING gin (words);
CREATE INDEX IF NOT EXISTS decision_marks ON decision USING gin (marks);

-- What is counted, by month: moved with the decisions and steps, so that no figure looks at them
-- one by one.
CREATE TABLE IF NOT EXISTS figure (
    store uuid NOT NULL REFERENCES store,
    what text NOT NULL,
    month date NOT NULL,
    name text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (what, month, name, store)
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
CREATE INDEX IF NOT EXISTS receipt_refused ON receipt (reason) WHERE refused > 0;
CREATE INDEX IF NOT EXISTS receipt_digest ON receipt (digest) WHERE taken;

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
    ALTER TABLE decision ALTER words SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    RAISE NOTICE 'This server has no lz4.';
END $$;

-- Months -------------------------------------------------------------------------------------

-- Makes room for every month from the newest that there is to the one of `today` and the next:
-- without a gap, so that what was signed while nothing came has its place.
CREATE OR REPLACE FUNCTION months_make(today date) RETURNS void
LANGUAGE plpgsql SET search_path = discern, pg_temp AS $$
DECLARE
    first date;
    last date := date_trunc('month', today) + interval '1 month';
    part text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('discern month', 0));
    SELECT to_date(max(right(relname, 7)), 'YYYY_MM') + interval '1 month' INTO first
        FROM pg_class WHERE relnamespace = 'discern'::regnamespace AND relkind = 'r'
            AND relname ~ '^entry_\d{4}_\d\d$';
    IF first IS NULL THEN
        first := date_trunc('month', today);
        EXECUTE format('CREATE TABLE decision_earlier PARTITION OF decision '
            'FOR VALUES FROM (MINVALUE) TO (%L)', first::text || ' 00:00+00');
    END IF;
    WHILE first <= last LOOP
        FOREACH part IN ARRAY ARRAY['entry', 'body'] LOOP
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                part || to_char(first, '_YYYY_MM'), part, first, first + interval '1 month');
        END LOOP;
        EXECUTE format('CREATE TABLE %I PARTITION OF decision FOR VALUES FROM (%L) TO (%L)',
            'decision' || to_char(first, '_YYYY_MM'), first::text || ' 00:00+00',
            (first + interval '1 month')::date::text || ' 00:00+00');
        first := first + interval '1 month';
    END LOOP;
END $$;

-- The month that it is, with room for it and the next. Whoever receives may call this and make
-- nothing else.
CREATE OR REPLACE FUNCTION month_ready() RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
DECLARE
    today date := now() AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass('entry' || to_char(today + interval '1 month', '_YYYY_MM')) IS NULL THEN
        PERFORM months_make(today);
    END IF;
    RETURN date_trunc('month', today);
END $$;

-- Rules --------------------------------------------------------------------------------------

-- A whole body is the one that the signed head names; what was erased does not come back; and an
-- erasure reaches the register as well: the bodies that its store names go, and what a list shows
-- of them; the heads stay.
CREATE OR REPLACE FUNCTION bodies_come() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
DECLARE
    wrong bigint;
BEGIN
    SELECT a.seq INTO wrong FROM added a JOIN entry e USING (store, seq, month)
        WHERE a.whole AND e.body <> sha256('\x6469736365726e2f626f64792f3100'::bytea || a.salt
            || convert_to(a.body, 'UTF8')) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The body of entry % has another fingerprint than its head names',
            wrong;
    END IF;
    INSERT INTO erased SELECT a.store, gone::bigint, a.seq
        FROM added a JOIN entry e USING (store, seq, month),
            jsonb_array_elements_text(a.body::jsonb -> 'sequences') gone
        WHERE a.whole AND e.kind = 'erasure' ON CONFLICT DO NOTHING;
    DELETE FROM body b USING erased e WHERE b.store = e.store AND b.seq = e.seq
        AND (e.store, e.by_seq) IN (SELECT store, seq FROM added WHERE whole);
    WITH gone AS (DELETE FROM decision d USING erased x, entry e, reference r
        WHERE (x.store, x.by_seq) IN (SELECT store, seq FROM added WHERE whole)
            AND (e.store, e.seq) = (x.store, x.seq) AND (r.store, r.ref) = (e.store, e.ref)
            AND d.number = r.number RETURNING d.*)
    INSERT INTO decision SELECT DISTINCT number, signed, store, ref, seq, false, zone, 'erased',
        '', '', '', '', '', '', '', '', '', '', false, false, false, false, false, ''::tsvector
        FROM gone;
    DELETE FROM body b USING erased e, added a
        WHERE (a.store, a.seq) = (e.store, e.seq) AND (b.store, b.seq) = (e.store, e.seq);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER bodies_come AFTER INSERT ON body
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION bodies_come();

-- Counts decisions in (1) or out (-1).
CREATE OR REPLACE FUNCTION decisions_count() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
BEGIN
    INSERT INTO figure AS f SELECT m.store, v.what,
            date_trunc('month', m.signed AT TIME ZONE 'UTC'), v.name,
            count(*) * TG_ARGV[0]::bigint
        FROM moved m, LATERAL (VALUES ('state', m.state), ('decided', m.decided),
            ('recommended', m.recommended), ('team', m.team), ('agreement', m.agreement),
            ('departed', CASE WHEN m.departed THEN m.decided END),
            ('urgent', CASE WHEN m.urgent THEN m.decided END)) v (what, name)
        WHERE v.name IS NOT NULL AND (m.state <> 'erased' OR v.what = 'state')
        GROUP BY 1, 2, 3, 4
        ON CONFLICT (what, month, name, store) DO UPDATE SET count = f.count + excluded.count;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER decisions_come AFTER INSERT ON decision
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION decisions_count('1');
CREATE OR REPLACE TRIGGER decisions_go AFTER DELETE ON decision
    REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION decisions_count('-1');

-- Reviews, by the month in which they came.
CREATE OR REPLACE FUNCTION steps_count() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
BEGIN
    INSERT INTO figure AS f SELECT store, 'verdict', month_ready(), verdict, count(*)
        FROM added WHERE verdict <> '' GROUP BY 1, 4
        ON CONFLICT (what, month, name, store) DO UPDATE SET count = f.count + excluded.count;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER steps_come AFTER INSERT ON step
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION steps_count();

-- A decision changes only by what came of it in the same transaction, and stays for ever.
CREATE OR REPLACE FUNCTION decisions_moved(numbers bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
DECLARE
    this xid := pg_current_xact_id()::xid;
    idle bigint;
BEGIN
    SELECT n INTO idle FROM unnest(numbers) n JOIN reference r ON r.number = n
        WHERE NOT EXISTS (SELECT 1 FROM step s WHERE s.store = r.store AND s.ref = r.ref
                AND s.xmin = this)
            AND NOT EXISTS (SELECT 1 FROM step s JOIN body b ON b.store = s.store
                AND b.seq = s.seq WHERE s.store = r.store AND s.ref = r.ref AND b.xmin = this)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Nothing came that moves decision %', idle;
    END IF;
END $$;

-- Takes decisions out, to be put in again as they are now; or moves them to a state. So nobody
-- who receives need be able to read them.
CREATE OR REPLACE FUNCTION decisions_drop(bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
    SELECT decisions_moved($1);
    DELETE FROM decision WHERE number = ANY ($1)
$$;

CREATE OR REPLACE FUNCTION decisions_move(bigint[], text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
    SELECT decisions_moved($1);
    WITH gone AS (DELETE FROM decision WHERE number = ANY ($1) RETURNING *)
    INSERT INTO decision SELECT g.number, signed, store, ref, seq, whole, zone, m.state, author,
        team, subject, requester, recipient, purpose, agreement, programme,
        recommended, decided, departed,
        urgent, countersign, unfinished, restricted, words
    FROM gone g JOIN unnest($1, $2) m (number, state) USING (number)
$$;

-- Asked when the transaction ends, for in between a decision is taken out.
CREATE OR REPLACE FUNCTION decision_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = discern, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM decision WHERE number = OLD.number) THEN
        RAISE EXCEPTION 'Decision % would be gone', OLD.number;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS decision_stays ON decision;
CREATE CONSTRAINT TRIGGER decision_stays AFTER DELETE ON decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decision_stays();

-- Nothing else is ever changed or removed, by nobody.
CREATE OR REPLACE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What is in the register stays as it is';
END $$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['place', 'entry', 'erased', 'reference', 'step', 'bundle',
            'receipt', 'looked'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE '
            'ON %I FOR EACH STATEMENT EXECUTE FUNCTION stays()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['body', 'decision'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER stays BEFORE UPDATE OR TRUNCATE '
            'ON %I FOR EACH STATEMENT EXECUTE FUNCTION stays()', name);
    END LOOP;
END $$;

-- What is seen -------------------------------------------------------------------------------

-- What a receiver must know to follow a chain, and no more: who may sign.
CREATE OR REPLACE VIEW people AS
    SELECT e.store, e.seq, e.head, b.body
    FROM entry e JOIN body b
        ON b.store = e.store AND b.seq = e.seq AND b.month = e.month AND b.whole
    WHERE e.kind IN ('user', 'identity');

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
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA discern FROM PUBLIC;
GRANT USAGE ON SCHEMA discern TO discern_receiver, discern_reader;
GRANT EXECUTE ON FUNCTION month_ready, decisions_drop, decisions_move TO discern_receiver;
GRANT SELECT ON store, place, erased, reference, step, bundle, receipt, people
    TO discern_receiver;
GRANT SELECT (store, seq, month, whole) ON body TO discern_receiver;
GRANT SELECT (number, seq, whole, state) ON decision TO discern_receiver;
GRANT INSERT ON place, entry, body, reference, step, decision, bundle, receipt
    TO discern_receiver;
GRANT SELECT ON store, place, entry, body, erased, reference, step, decision, figure, bundle,
    receipt, people TO discern_reader;
GRANT INSERT ON looked TO discern_reader;
SELECT month_ready();
