-- SPDX-License-Identifier: MIT
-- The tables of a store (design: "The store"). Compiled into the program. Everything below "The
-- log" only grows, and its triggers say who may do what, for every way in; everything below
-- "Projections" follows from the log and can be made from it again.
--
-- A message of RAISE is two lines: what is wrong, and what to do.
--
-- Verifying compares each store with what stands here. So any change here, of a message as well,
-- is another version: raise DATABASE_SCHEMA and add a step to src/store/upgrade.c, "" if only
-- rules changed: those are renewed in any case.

-- The log ------------------------------------------------------------------------------------

-- The head is what is signed. Columns that rules need are read out of it, so they cannot say
-- anything else. discern-record(5) has its fields.
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    head TEXT NOT NULL,
    link BLOB NOT NULL CHECK (length(link) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    kind TEXT AS (json_extract(head, '$.kind')) VIRTUAL,
    author TEXT AS (json_extract(head, '$.author')) VIRTUAL,
    role TEXT AS (json_extract(head, '$.role')) VIRTUAL,
    ref TEXT AS (json_extract(head, '$.ref')) VIRTUAL
);
CREATE INDEX entry_ref ON entry (ref, seq) WHERE ref IS NOT NULL;

-- Apart from its head, so that it can be erased and leave its salted fingerprint behind.
CREATE TABLE body (
    seq INTEGER PRIMARY KEY REFERENCES entry,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    body TEXT NOT NULL
);

-- Packs that records were walked with, once each.
CREATE TABLE pack (
    fingerprint BLOB PRIMARY KEY CHECK (length(fingerprint) = 32),
    text BLOB NOT NULL
);

-- Which role may append which kind, and what such an entry is about: nothing, perhaps a
-- decision, a new decision, or a known one. Filled when the store is made.
CREATE TABLE may (
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('nothing', 'any', 'new', 'known')),
    PRIMARY KEY (kind, role)
) WITHOUT ROWID;

CREATE INDEX entry_leaving ON entry (seq) WHERE kind IN ('bundle', 'receipt');
CREATE INDEX entry_verdict ON entry (seq) WHERE kind = 'verdict';

-- Leaving ------------------------------------------------------------------------------------

-- What bundles are signed with, and what was sealed to this store is opened with. `number` is
-- the sequence of an entry of kind "identity", which has the fingerprint of the certificate: so
-- another put here shows. From that entry on, the newest signs; none is ever thrown away.
CREATE TABLE identity (
    number INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    certificate TEXT NOT NULL
);

-- Sealed bundles that were made and not yet sent. What became of a bundle is in the log; this
-- only spares sealing it again.
CREATE TABLE outgoing (
    number INTEGER PRIMARY KEY,
    bundle TEXT NOT NULL UNIQUE,
    receiver TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed BLOB NOT NULL
);

-- Where decisions were that are to leave, as it follows from the entries up to `newest`, the newest
-- that says anything of it. It is worked out again when there is a newer one, and may be dropped.
CREATE TABLE whereabouts (
    receiver TEXT PRIMARY KEY,
    newest INTEGER NOT NULL,
    words TEXT NOT NULL
) WITHOUT ROWID;

-- Logs of other stores, as far as their bundles were taken in. They only grow, as ours does.
CREATE TABLE foreign_store (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    certificate TEXT NOT NULL,
    fingerprint TEXT NOT NULL
);
CREATE TABLE foreign_entry (
    store TEXT NOT NULL REFERENCES foreign_store,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    head TEXT NOT NULL,
    link BLOB NOT NULL CHECK (length(link) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (store, seq)
) WITHOUT ROWID;
CREATE INDEX foreign_kind ON foreign_entry (store, kind, seq);
CREATE INDEX foreign_ref ON foreign_entry (ref, store, seq) WHERE ref <> '';

-- Which bundles those came in, by the fingerprint of the file: the same again changes nothing.
CREATE TABLE foreign_bundle (digest TEXT PRIMARY KEY) WITHOUT ROWID;

-- What was not withheld of it: the body with its salt, or a view of the body.
CREATE TABLE foreign_body (
    store TEXT NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB,
    body TEXT,
    view TEXT,
    CHECK (body IS NULL OR length(salt) = 32),
    PRIMARY KEY (store, seq),
    FOREIGN KEY (store, seq) REFERENCES foreign_entry
) WITHOUT ROWID;

-- Drafts -------------------------------------------------------------------------------------

-- One an unfinished decision of a user, written at every answer.
CREATE TABLE draft (
    author TEXT NOT NULL,
    ref TEXT NOT NULL,
    touched INTEGER NOT NULL,
    zone INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (author, ref)
);

-- Fresh random bytes with each transaction that appends no body with its salt: they mask the
-- checksum in SQLite's shared index of the write-ahead log (cipher.h).
CREATE TABLE blind (one INTEGER PRIMARY KEY CHECK (one = 1), bytes BLOB NOT NULL);
INSERT INTO blind VALUES (1, x'00');

-- The key of pseudonyms, once the store was given another key: those in records stay.
CREATE TABLE pseudonym (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
);

-- Projections --------------------------------------------------------------------------------

-- `indexed` is the newest entry whose words are in the search index; those after it are few, and
-- are looked through one by one.
CREATE TABLE projection (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    indexed INTEGER NOT NULL
);

CREATE TABLE user (
    name TEXT PRIMARY KEY,
    full_name TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT NOT NULL,
    public_key BLOB NOT NULL,
    active INTEGER NOT NULL,
    recovery INTEGER NOT NULL,
    first INTEGER NOT NULL
);

CREATE TABLE keyring (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    serial INTEGER NOT NULL,
    fingerprint BLOB NOT NULL
);

-- By the sequence of the newest record or amendment, so that a page of the log lies together.
-- Each index is a page more to seal whenever a record is signed: what does not change until the
-- next amendment is found by the search index instead.
CREATE TABLE decision (
    ref TEXT NOT NULL UNIQUE,
    first INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    author TEXT NOT NULL,
    state TEXT NOT NULL,
    priority INTEGER NOT NULL,
    agreed_by TEXT NOT NULL,
    amends TEXT NOT NULL,
    sibling_of TEXT NOT NULL,
    team TEXT NOT NULL,
    subject TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    requester TEXT NOT NULL,
    recipient TEXT NOT NULL,
    purpose TEXT NOT NULL,
    pack TEXT NOT NULL,
    agreement TEXT NOT NULL,
    programme TEXT NOT NULL,
    retention TEXT NOT NULL,
    recommended INTEGER NOT NULL,
    decided INTEGER NOT NULL,
    departed INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    countersign INTEGER NOT NULL,
    restricted INTEGER NOT NULL,
    unfinished INTEGER NOT NULL,
    practice INTEGER NOT NULL,
    signed INTEGER NOT NULL,
    zone INTEGER NOT NULL,
    due INTEGER NOT NULL,
    review INTEGER NOT NULL,
    exemptions TEXT NOT NULL,
    keep_until INTEGER NOT NULL
);
CREATE INDEX decision_queue ON decision (state, priority, seq);
CREATE INDEX decision_due ON decision (due, seq) WHERE due > -2147483648;
CREATE INDEX decision_keep ON decision (keep_until, seq) WHERE keep_until > -2147483648;

-- An amendment has a reference of its own; this leads from it to the decision.
CREATE TABLE known_as (name TEXT PRIMARY KEY, ref TEXT NOT NULL) WITHOUT ROWID;

-- How many decisions of an author are in a state.
CREATE TABLE tally (
    author TEXT NOT NULL,
    state TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (author, state)
) WITHOUT ROWID;

CREATE TRIGGER tally_new AFTER INSERT ON decision BEGIN
    INSERT INTO tally VALUES (NEW.author, NEW.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER tally_gone AFTER DELETE ON decision BEGIN
    UPDATE tally SET count = count - 1 WHERE author = OLD.author AND state = OLD.state;
END;
CREATE TRIGGER tally_moved AFTER UPDATE OF state ON decision WHEN OLD.state <> NEW.state BEGIN
    UPDATE tally SET count = count - 1 WHERE author = OLD.author AND state = OLD.state;
    INSERT INTO tally VALUES (NEW.author, NEW.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- What must be done after a decision. `due` is a moment, 0 if at no set time; `done` is the
-- sequence of the follow-up that says that it was done, 0 if it is still to be done. `rank` is
-- the order of the list: by time, what has none last.
CREATE TABLE duty (
    ref TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    due INTEGER NOT NULL,
    zone INTEGER NOT NULL,
    done INTEGER NOT NULL,
    author TEXT NOT NULL,
    place INTEGER NOT NULL,
    rank INTEGER AS (CASE due WHEN 0 THEN 9223372036854775807 ELSE due END) STORED,
    PRIMARY KEY (ref, id)
) WITHOUT ROWID;
CREATE INDEX duty_open ON duty (rank, ref, id) WHERE done = 0;
CREATE INDEX duty_mine ON duty (author, rank, ref, id) WHERE done = 0;

-- Incidents, by the sequence of the report. `running` counts the clocks for which nobody was
-- told and nothing decided; `due` is the end of the one that runs out first, 0 if none runs.
CREATE TABLE incident (
    seq INTEGER PRIMARY KEY,
    ref TEXT NOT NULL,
    open INTEGER NOT NULL,
    running INTEGER NOT NULL,
    due INTEGER NOT NULL
);
CREATE INDEX incident_list ON incident (open, seq);

-- Figures, a day each, so that any period is a sum over days and not over decisions; and a day
-- together, so that a decision changes one page of them.
CREATE TABLE figure (
    day INTEGER NOT NULL,
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (day, what, name)
) WITHOUT ROWID;

-- The words of the newest record or amendment of each decision, by its sequence: folded, split
-- and without their order before they get here. Words that begin with U+E000 stand for what a
-- filter asks for. A leaf must fit the 4,056 bytes that are left of a page, hence pgsz.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', columnsize = 0, detail = none, prefix = '1 2 3', tokenize = 'ascii'
);
INSERT INTO words (words, rank) VALUES ('pgsz', 4000);

-- The words that there are, to turn the beginning of one into those that it may be.
CREATE TABLE term (word TEXT PRIMARY KEY) WITHOUT ROWID;

-- A user's own ------------------------------------------------------------------------------

-- Filters of the log that a user gave a name.
CREATE TABLE filter (
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (author, name)
) WITHOUT ROWID;

-- Rules --------------------------------------------------------------------------------------

CREATE TRIGGER entry_kept BEFORE UPDATE ON entry BEGIN
    SELECT RAISE (ABORT, 'What is in the log stays as it is.
Add an entry that corrects it.');
END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN
    SELECT RAISE (ABORT, 'What is in the log stays in it.
Add an entry that corrects it.');
END;
CREATE TRIGGER body_kept BEFORE UPDATE ON body BEGIN
    SELECT RAISE (ABORT, 'What is in the log stays as it is.
Add an entry that corrects it.');
END;
CREATE TRIGGER pack_kept BEFORE UPDATE ON pack BEGIN
    SELECT RAISE (ABORT, 'A pack that records were made with stays as it is.
Add the new pack beside it.');
END;
CREATE TRIGGER pack_stays BEFORE DELETE ON pack BEGIN
    SELECT RAISE (ABORT, 'A pack that records were made with stays in the store.
Add the new pack beside it.');
END;
CREATE TRIGGER pack_once BEFORE INSERT ON pack
WHEN EXISTS (SELECT 1 FROM pack WHERE fingerprint = NEW.fingerprint) BEGIN
    SELECT RAISE (ABORT, 'This pack is in the store already.
Use the one that is there.');
END;
CREATE TRIGGER may_kept BEFORE UPDATE ON may BEGIN
    SELECT RAISE (ABORT, 'Who may do what stays as it was set.
Change the role of the user.');
END;
CREATE TRIGGER may_stays BEFORE DELETE ON may BEGIN
    SELECT RAISE (ABORT, 'Who may do what stays as it was set.
Change the role of the user.');
END;
CREATE TRIGGER may_closed BEFORE INSERT ON may WHEN EXISTS (SELECT 1 FROM entry) BEGIN
    SELECT RAISE (ABORT, 'Who may do what stays as it was set.
Change the role of the user.');
END;

CREATE TRIGGER body_erased BEFORE DELETE ON body
WHEN NOT EXISTS (
    SELECT 1 FROM entry e JOIN body b ON b.seq = e.seq, json_each(b.body, '$.sequences') named
    WHERE e.kind = 'erasure' AND e.ref = (SELECT ref FROM entry WHERE seq = OLD.seq)
        AND named.value = OLD.seq
) BEGIN
    SELECT RAISE (ABORT, 'A body leaves the log only when an erasure names it.
Ask a guardian to erase the record.');
END;

CREATE TRIGGER body_of_newest BEFORE INSERT ON body
WHEN NEW.seq <> (SELECT max(seq) FROM entry)
    OR EXISTS (SELECT 1 FROM body WHERE seq = NEW.seq) BEGIN
    SELECT RAISE (ABORT, 'An entry gets its body when it is appended, and no other.
Add an entry that corrects it.');
END;

CREATE TRIGGER entry_in_order BEFORE INSERT ON entry BEGIN
    SELECT RAISE (ABORT, 'An entry is appended to the end of the log, one at a time.
Try again.')
    WHERE NEW.seq <> (SELECT coalesce(max(seq), 0) FROM entry) + 1
        OR json_extract(NEW.head, '$.seq') <> NEW.seq;
    SELECT RAISE (ABORT, 'An entry names the link of the entry before it.
Try again.')
    WHERE NEW.seq > 1 AND json_extract(NEW.head, '$.prev') IS NOT
        (SELECT lower(hex(link)) FROM entry WHERE seq = NEW.seq - 1);
END;

CREATE TRIGGER entry_by_user BEFORE INSERT ON entry
WHEN NEW.seq > 1 OR NEW.kind IS NOT 'user' BEGIN
    SELECT RAISE (ABORT, 'You cannot add to this log as you opened it: you were disabled, or given another key, meanwhile.
Lock Discern and open it again. If that does not help, ask a guardian.')
    WHERE NOT EXISTS (
        SELECT 1 FROM user WHERE name = NEW.author AND active AND role = NEW.role
            AND lower(hex(public_key)) = json_extract(NEW.head, '$.key'));
    SELECT RAISE (ABORT, 'Your role does not allow this.
Ask someone whose role does: a supervisor or a guardian.')
    WHERE NOT EXISTS (SELECT 1 FROM may WHERE kind = NEW.kind AND role = NEW.role)
        AND NOT (NEW.kind = 'user'
            AND (SELECT first FROM user WHERE name = NEW.author) = 1
            AND NOT EXISTS (
                SELECT 1 FROM user WHERE role = 'guardian' AND active AND NOT recovery));
    SELECT RAISE (ABORT, 'The recovery code is for users and the keyring only.
Open the store as a user.')
    WHERE (SELECT recovery FROM user WHERE name = NEW.author)
        AND NEW.kind NOT IN ('user', 'keyring', 'restore');
END;

CREATE TRIGGER entry_about BEFORE INSERT ON entry
WHEN NEW.seq > 1 OR NEW.kind IS NOT 'user' BEGIN
    SELECT RAISE (ABORT, 'This entry is about no decision, or about one that is not known.
Check the reference.')
    WHERE CASE (SELECT about FROM may WHERE kind = NEW.kind LIMIT 1)
        WHEN 'nothing' THEN NEW.ref IS NOT NULL
        WHEN 'any' THEN NEW.ref IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM decision WHERE ref = NEW.ref)
        WHEN 'new' THEN NEW.ref IS NULL
        ELSE NOT EXISTS (SELECT 1 FROM decision WHERE ref = NEW.ref) END;
    SELECT RAISE (ABORT, 'There is a record of this reference already.
Amend that record, or begin a new decision.')
    WHERE NEW.kind = 'record' AND (EXISTS (SELECT 1 FROM known_as WHERE name = NEW.ref)
        OR EXISTS (SELECT 1 FROM decision WHERE ref = NEW.ref));
END;

CREATE TRIGGER entry_amendment BEFORE INSERT ON entry WHEN NEW.kind = 'amendment' BEGIN
    SELECT RAISE (ABORT, 'A record is amended by the person who made it.
Return it to its author with a reason.')
    WHERE (SELECT author FROM decision WHERE ref = NEW.ref) <> NEW.author;
    SELECT RAISE (ABORT, 'This record has been erased.
Begin a new decision.')
    WHERE (SELECT state FROM decision WHERE ref = NEW.ref) = 'erased';
END;

CREATE TRIGGER entry_review BEFORE INSERT ON entry WHEN NEW.kind = 'review' BEGIN
    SELECT RAISE (ABORT, 'A decision is not reviewed by the person who made it.
Ask another supervisor or a guardian.')
    WHERE (SELECT author FROM decision WHERE ref = NEW.ref) = NEW.author;
    SELECT RAISE (ABORT, 'This decision does not wait for a review.
Look at its history.')
    WHERE (SELECT state FROM decision WHERE ref = NEW.ref) NOT IN ('waiting', 'countersign');
    SELECT RAISE (ABORT, 'This decision needs two agreements: a supervisor''s, then a guardian''s.
Ask a supervisor to review it first.')
    WHERE NEW.role = 'guardian' AND (
        SELECT state = 'waiting' AND countersign FROM decision WHERE ref = NEW.ref);
    SELECT RAISE (ABORT, 'A supervisor has agreed to this decision. It waits for a guardian.
Ask a guardian to review it.')
    WHERE NEW.role <> 'guardian'
        AND (SELECT state FROM decision WHERE ref = NEW.ref) = 'countersign';
    SELECT RAISE (ABORT, 'The second agreement is given by another person than the first.
Ask another guardian to review it.')
    WHERE (SELECT agreed_by FROM decision WHERE ref = NEW.ref) = NEW.author;
END;

-- What was read is what is reviewed: an amendment since then asks for another look.
CREATE TRIGGER body_review BEFORE INSERT ON body
WHEN (SELECT kind FROM entry WHERE seq = NEW.seq) = 'review' BEGIN
    SELECT RAISE (ABORT, 'This record was amended since you opened it.
Open it again and review what it says now.')
    WHERE json_extract(NEW.body, '$.sequence') IS NOT (
        SELECT d.seq FROM entry e JOIN decision d ON d.ref = e.ref WHERE e.seq = NEW.seq);
END;

-- What is marked as done was to be done.
CREATE TRIGGER body_follow_up BEFORE INSERT ON body
WHEN (SELECT kind FROM entry WHERE seq = NEW.seq) = 'follow-up' BEGIN
    SELECT RAISE (ABORT, 'This decision has nothing of that name that is still to be done.
Look at `discern todo`.')
    WHERE NOT EXISTS (
        SELECT 1 FROM duty d JOIN entry e ON e.ref = d.ref
        WHERE e.seq = NEW.seq AND d.id = json_extract(NEW.body, '$.duty') AND d.done = 0);
    SELECT RAISE (ABORT, 'What a reviewer returned is done by amending it.
Amend the record.')
    WHERE EXISTS (
        SELECT 1 FROM duty d JOIN entry e ON e.ref = d.ref
        WHERE e.seq = NEW.seq AND d.id = json_extract(NEW.body, '$.duty')
            AND d.kind = 'amend');
END;

CREATE TRIGGER body_incident BEFORE INSERT ON body
WHEN (SELECT kind FROM entry WHERE seq = NEW.seq) = 'incident'
    AND json_extract(NEW.body, '$.act') <> 'report' BEGIN
    SELECT RAISE (ABORT, 'This decision has no such incident that is still open.
Look at `discern incident list`.')
    WHERE NOT EXISTS (
        SELECT 1 FROM incident i JOIN entry e ON e.ref = i.ref
        WHERE e.seq = NEW.seq AND i.seq = json_extract(NEW.body, '$.incident') AND i.open);
    SELECT RAISE (ABORT, 'Whether anyone is told, and when an incident is over, is not for one person alone to say.
Ask a supervisor or a guardian.')
    WHERE json_extract(NEW.body, '$.act') IN ('not-notify', 'close')
        AND (SELECT role FROM entry WHERE seq = NEW.seq) = 'practitioner';
    SELECT RAISE (ABORT, 'A time limit of this incident is still running.
Say who was told, or why nobody is, before it is closed.')
    WHERE json_extract(NEW.body, '$.act') = 'close'
        AND (SELECT running FROM incident
            WHERE seq = json_extract(NEW.body, '$.incident')) > 0;
END;

CREATE TRIGGER entry_erasure BEFORE INSERT ON entry WHEN NEW.kind = 'erasure' BEGIN
    SELECT RAISE (ABORT, 'This record is held, so it is not erased.
Release it first.')
    WHERE (
        SELECT json_extract(b.body, '$.hold') FROM entry e JOIN body b ON b.seq = e.seq
        WHERE e.ref = NEW.ref AND e.kind = 'hold' ORDER BY e.seq DESC LIMIT 1);
END;
CREATE TRIGGER body_care BEFORE INSERT ON body
WHEN (SELECT kind FROM entry WHERE seq = NEW.seq) IN ('user', 'keyring', 'hold', 'erasure') BEGIN
    SELECT RAISE (ABORT, 'Nobody disables themselves.
Ask another guardian.')
    FROM entry WHERE seq = NEW.seq AND kind = 'user' AND json_extract(NEW.body, '$.disabled')
        AND json_extract(NEW.body, '$.name') = author;
    SELECT RAISE (ABORT, 'Only a guardian gives the store another key.
Ask a guardian.')
    FROM entry WHERE seq = NEW.seq AND kind = 'keyring' AND role <> 'guardian'
        AND json_extract(NEW.body, '$.why') = 'rekey';
    SELECT RAISE (ABORT, 'The log must say why.
Say it in a sentence.')
    FROM entry WHERE seq = NEW.seq AND kind IN ('hold', 'erasure')
        AND coalesce(trim(json_extract(NEW.body, CASE kind
            WHEN 'hold' THEN '$.message' ELSE '$.reason' END)), '') = '';
END;

-- The key of pseudonyms is set once: another would find nobody's records again.
CREATE TRIGGER pseudonym_once BEFORE INSERT ON pseudonym WHEN EXISTS (SELECT 1 FROM pseudonym)
BEGIN
    SELECT RAISE (IGNORE);
END;
CREATE TRIGGER pseudonym_kept BEFORE UPDATE ON pseudonym BEGIN
    SELECT RAISE (ABORT, 'The key of pseudonyms stays as it is.
It is given to a store once, with its first other key.');
END;
CREATE TRIGGER pseudonym_stays BEFORE DELETE ON pseudonym BEGIN
    SELECT RAISE (ABORT, 'The key of pseudonyms stays as it is.
It is given to a store once, with its first other key.');
END;

-- The keyring goes forward only.
CREATE TRIGGER keyring_forward BEFORE UPDATE ON keyring WHEN NEW.serial <= OLD.serial BEGIN
    SELECT RAISE (ABORT, 'The keyring was changed by someone else meanwhile.
Try again.');
END;

-- With its entry, and never in the place of another, which REPLACE would do without a DELETE.
CREATE TRIGGER identity_new BEFORE INSERT ON identity
WHEN (SELECT kind FROM entry WHERE seq = NEW.number) IS NOT 'identity'
    OR EXISTS (SELECT 1 FROM identity WHERE number = NEW.number) BEGIN
    SELECT RAISE (ABORT, 'A certificate of the store comes with the entry that names it.
Make another certificate.');
END;
CREATE TRIGGER identity_kept BEFORE UPDATE ON identity BEGIN
    SELECT RAISE (ABORT, 'The certificate of a store stays as it is.
Bundles that were signed with it must stay verifiable.');
END;
CREATE TRIGGER identity_stays BEFORE DELETE ON identity BEGIN
    SELECT RAISE (ABORT, 'The certificate of a store stays as it is.
Bundles that were signed with it must stay verifiable.');
END;

CREATE TRIGGER foreign_in_order BEFORE INSERT ON foreign_entry BEGIN
    SELECT RAISE (ABORT, 'Entries of another store are taken in one after the other.
Ask for a bundle from where the last one ended.')
    WHERE NEW.seq <> (SELECT coalesce(max(seq), 0) FROM foreign_entry WHERE store = NEW.store) + 1
        OR json_extract(NEW.head, '$.seq') <> NEW.seq
        OR json_extract(NEW.head, '$.store') <> NEW.store
        OR (NEW.seq > 1 AND json_extract(NEW.head, '$.prev') <> (
            SELECT lower(hex(link)) FROM foreign_entry
            WHERE store = NEW.store AND seq = NEW.seq - 1));
END;
CREATE TRIGGER foreign_kept BEFORE UPDATE ON foreign_entry BEGIN
    SELECT RAISE (ABORT, 'What another store sent stays as it is.
Its next bundle has what came after.');
END;
CREATE TRIGGER foreign_stays BEFORE DELETE ON foreign_entry BEGIN
    SELECT RAISE (ABORT, 'What another store sent stays as it is.
Its next bundle has what came after.');
END;

-- What is there already is passed over.
CREATE TRIGGER foreign_store_once BEFORE INSERT ON foreign_store
WHEN EXISTS (SELECT 1 FROM foreign_store WHERE id = NEW.id) BEGIN
    SELECT RAISE (IGNORE);
END;
CREATE TRIGGER foreign_store_kept BEFORE UPDATE ON foreign_store BEGIN
    SELECT RAISE (ABORT, 'What is known of another store stays as it is.
Its entries are checked against it.');
END;
CREATE TRIGGER foreign_store_stays BEFORE DELETE ON foreign_store BEGIN
    SELECT RAISE (ABORT, 'What is known of another store stays as it is.
Its entries are checked against it.');
END;
CREATE TRIGGER foreign_body_once BEFORE INSERT ON foreign_body
WHEN EXISTS (
    SELECT 1 FROM foreign_body WHERE store = NEW.store AND seq = NEW.seq
        AND (body IS NOT NULL OR NEW.body IS NULL)
) BEGIN
    SELECT RAISE (IGNORE);
END;
CREATE TRIGGER foreign_body_kept BEFORE UPDATE ON foreign_body
WHEN OLD.body IS NOT NULL OR NEW.body IS NULL OR NEW.store <> OLD.store OR NEW.seq <> OLD.seq BEGIN
    SELECT RAISE (ABORT, 'What another store sent stays as it is.
Its next bundle has what came after.');
END;
CREATE TRIGGER foreign_body_stays BEFORE DELETE ON foreign_body BEGIN
    SELECT RAISE (ABORT, 'What another store sent stays as it is.
Its next bundle has what came after.');
END;
CREATE TRIGGER foreign_bundle_kept BEFORE UPDATE ON foreign_bundle BEGIN
    SELECT RAISE (ABORT, 'That a bundle was taken in stays known.
Its next bundle has what came after.');
END;
CREATE TRIGGER foreign_bundle_stays BEFORE DELETE ON foreign_bundle BEGIN
    SELECT RAISE (ABORT, 'That a bundle was taken in stays known.
Its next bundle has what came after.');
END;

-- A review that came back is one that the other store sent, about this very record.
CREATE TRIGGER body_carried BEFORE INSERT ON body
WHEN (SELECT kind FROM entry WHERE seq = NEW.seq) = 'carried' BEGIN
    SELECT RAISE (ABORT, 'No other store sent this review.
Import the bundle that it is in.')
    WHERE NOT EXISTS (
        SELECT 1 FROM foreign_entry f JOIN foreign_body b ON b.store = f.store AND b.seq = f.seq
        WHERE f.store = json_extract(NEW.body, '$.store')
            AND f.seq = json_extract(NEW.body, '$.entry') AND f.kind = 'verdict'
            AND json_extract(b.body, '$.reference') = json_extract(NEW.body, '$.reference')
            AND json_extract(b.body, '$.verdict') = json_extract(NEW.body, '$.verdict')
            AND json_extract(b.body, '$.sequence') = json_extract(NEW.body, '$.sequence')
            AND json_extract(f.head, '$.role') = json_extract(NEW.body, '$.role'));
    SELECT RAISE (ABORT, 'This record was amended since that review.
Send it again, so that it is reviewed as it is now.')
    WHERE json_extract(NEW.body, '$.sequence') IS NOT (
        SELECT d.seq FROM entry e JOIN decision d ON d.ref = e.ref WHERE e.seq = NEW.seq);
    SELECT RAISE (ABORT, 'This decision does not wait for that review.
Look at its history.')
    WHERE NOT EXISTS (
        SELECT 1 FROM entry e JOIN decision d ON d.ref = e.ref WHERE e.seq = NEW.seq
            AND CASE json_extract(NEW.body, '$.role')
                WHEN 'supervisor' THEN d.state = 'waiting'
                WHEN 'guardian' THEN d.state = 'countersign'
                    OR (d.state = 'waiting' AND NOT d.countersign)
                ELSE 0 END);
    SELECT RAISE (ABORT, 'This review was taken in before.
Nothing is left to do.')
    WHERE EXISTS (
        SELECT 1 FROM entry e JOIN body b ON b.seq = e.seq
        WHERE e.kind = 'carried' AND e.ref = (SELECT ref FROM entry WHERE seq = NEW.seq)
            AND e.seq < NEW.seq
            AND json_extract(b.body, '$.store') = json_extract(NEW.body, '$.store')
            AND json_extract(b.body, '$.entry') = json_extract(NEW.body, '$.entry'));
END;
