-- The change log: records in order, documents by digest, for many logs in one database.
-- Nobody who writes it may touch a table: three functions do that: two add, and one takes out
-- what a record takes out. The triggers
-- stop accidents of the owner; only the hash chain proves anything.

DO $do$
DECLARE
    role_name text;
BEGIN
    IF current_setting('server_encoding') <> 'UTF8' THEN
        RAISE EXCEPTION 'the database has encoding %, and records are UTF8', current_setting('server_encoding');
    END IF;
    -- Roles belong to the whole server; another database may have made them already.
    FOREACH role_name IN ARRAY ARRAY['sekisho_reader', 'sekisho_writer', 'sekisho_redactor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
    END LOOP;
END
$do$;

-- Moved at every append; room beside it keeps that cheap.
CREATE TABLE sekisho.log (
    id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin text   NOT NULL UNIQUE CHECK (octet_length(origin) BETWEEN 1 AND 1024),
    size   bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
    head   bytea  NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(head) = 32)
) WITH (fillfactor = 20);

CREATE TABLE sekisho.record (
    log   integer NOT NULL REFERENCES sekisho.log,
    seq   bigint  NOT NULL CHECK (seq >= 0),
    leaf  bytea   NOT NULL CHECK (leaf = sha256(decode('00', 'hex') || bytes)),
    bytes bytea   NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 16384),
    id    text    NOT NULL CHECK (octet_length(id) = 22),
    PRIMARY KEY (log, seq),
    UNIQUE (log, id)
);

CREATE TABLE sekisho.blob (
    log    integer NOT NULL REFERENCES sekisho.log,
    digest bytea   NOT NULL CHECK (digest = sha256(bytes)),
    bytes  bytea   NOT NULL,
    PRIMARY KEY (log, digest)
);

-- What stops accidents --------------------------------------------------------------------------

CREATE FUNCTION sekisho.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    RAISE EXCEPTION '%: append only', TG_TABLE_NAME;
END
$fn$;

CREATE FUNCTION sekisho.in_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NEW.seq IS DISTINCT FROM
        coalesce((SELECT r.seq + 1 FROM sekisho.record r WHERE r.log = NEW.log ORDER BY r.seq DESC LIMIT 1), 0)
    THEN
        RAISE EXCEPTION 'record: append only, in order';
    END IF;
    RETURN NEW;
END
$fn$;

CREATE FUNCTION sekisho.head_is_a_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NEW.id <> OLD.id OR NEW.origin <> OLD.origin OR NEW.size <= OLD.size
        OR NOT EXISTS (
            SELECT FROM sekisho.record r
            WHERE r.log = NEW.id AND r.seq = NEW.size - 1 AND r.leaf = NEW.head)
    THEN
        RAISE EXCEPTION 'log: the head only moves on to a later record';
    END IF;
    RETURN NEW;
END
$fn$;

-- Whether a record of this log takes the document out.
CREATE FUNCTION sekisho.taken_out(p_log integer, p_digest bytea) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    one bytea;
    said json;
BEGIN
    FOR one IN
        SELECT r.bytes FROM sekisho.record r
        WHERE r.log = p_log AND position(convert_to('"act":"blob.redacted/1"', 'UTF8') IN r.bytes) > 0
    LOOP
        said := convert_from(one, 'UTF8')::json -> 'st';
        IF said ->> 'act' = 'blob.redacted/1'
            AND said #>> ARRAY['body', 'blob'] = 'sha256:' || encode(p_digest, 'hex')
        THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$fn$;

CREATE FUNCTION sekisho.only_taken_out() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NOT sekisho.taken_out(OLD.log, OLD.digest) THEN
        RAISE EXCEPTION 'no record takes sha256:% out', encode(OLD.digest, 'hex');
    END IF;
    RETURN OLD;
END
$fn$;

CREATE TRIGGER log_moves_on BEFORE UPDATE ON sekisho.log
    FOR EACH ROW EXECUTE FUNCTION sekisho.head_is_a_record();
CREATE TRIGGER log_stays BEFORE DELETE ON sekisho.log
    FOR EACH ROW EXECUTE FUNCTION sekisho.refuse();
CREATE TRIGGER log_is_not_emptied BEFORE TRUNCATE ON sekisho.log
    FOR EACH STATEMENT EXECUTE FUNCTION sekisho.refuse();
CREATE TRIGGER record_in_order BEFORE INSERT ON sekisho.record
    FOR EACH ROW EXECUTE FUNCTION sekisho.in_order();
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON sekisho.record
    FOR EACH ROW EXECUTE FUNCTION sekisho.refuse();
CREATE TRIGGER record_is_not_emptied BEFORE TRUNCATE ON sekisho.record
    FOR EACH STATEMENT EXECUTE FUNCTION sekisho.refuse();
CREATE TRIGGER blob_stays_as_it_is BEFORE UPDATE ON sekisho.blob
    FOR EACH ROW EXECUTE FUNCTION sekisho.refuse();
CREATE TRIGGER blob_stays BEFORE DELETE ON sekisho.blob
    FOR EACH ROW EXECUTE FUNCTION sekisho.only_taken_out();
CREATE TRIGGER blob_is_not_emptied BEFORE TRUNCATE ON sekisho.blob
    FOR EACH STATEMENT EXECUTE FUNCTION sekisho.refuse();

-- What writers may do ---------------------------------------------------------------------------

-- Makes this transaction the log's only writer and says where the log ends. Its commit will be on
-- the disk before it is answered, whatever else the server was told.
CREATE FUNCTION sekisho.lock_head(p_origin text, OUT o_size bigint, OUT o_head bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    SELECT l.size, l.head INTO o_size, o_head FROM sekisho.log l WHERE l.origin = p_origin FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO sekisho.log (origin) VALUES (p_origin) ON CONFLICT (origin) DO NOTHING;
        SELECT l.size, l.head INTO o_size, o_head FROM sekisho.log l WHERE l.origin = p_origin FOR UPDATE;
    END IF;
END
$fn$;

-- Puts sealed records behind the one that p_size and p_head name, with their documents.
CREATE FUNCTION sekisho.append(
    p_origin text, p_size bigint, p_head bytea,
    p_leaves bytea[], p_records bytea[], p_ids text[],
    p_digests bytea[], p_blobs bytea[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    v_log integer;
    v_size bigint;
    v_head bytea;
    v_begin bytea;
    one record;
BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    -- Who comes with yesterday's head need not wait for the lock to hear it.
    IF NOT EXISTS (
        SELECT FROM sekisho.log l WHERE l.origin = p_origin AND l.size = p_size AND l.head = p_head)
    THEN
        RAISE EXCEPTION 'the log has moved on' USING ERRCODE = 'serialization_failure';
    END IF;
    SELECT l.id, l.size, l.head INTO v_log, v_size, v_head
        FROM sekisho.log l WHERE l.origin = p_origin FOR UPDATE;
    IF NOT FOUND OR v_size IS DISTINCT FROM p_size OR v_head IS DISTINCT FROM p_head THEN
        RAISE EXCEPTION 'the log has moved on' USING ERRCODE = 'serialization_failure';
    END IF;
    IF v_size > 0 AND NOT EXISTS (
        SELECT FROM sekisho.record r WHERE r.log = v_log AND r.seq = v_size - 1
            AND r.leaf = v_head AND v_head = sha256(decode('00', 'hex') || r.bytes))
    THEN
        RAISE EXCEPTION 'the last record is not the one that was sealed' USING ERRCODE = 'data_corrupted';
    END IF;
    IF cardinality(p_records) IS NOT DISTINCT FROM 0
        OR cardinality(p_leaves) IS DISTINCT FROM cardinality(p_records)
        OR cardinality(p_ids) IS DISTINCT FROM cardinality(p_records)
        OR cardinality(p_digests) IS DISTINCT FROM cardinality(p_blobs)
    THEN
        RAISE EXCEPTION 'records, leaves and ids do not belong together' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR one IN
        SELECT u.leaf, u.bytes, u.id
        FROM unnest(p_leaves, p_records, p_ids) WITH ORDINALITY AS u (leaf, bytes, id, n) ORDER BY u.n
    LOOP
        v_begin := convert_to(
            '{"prev":"' || encode(v_head, 'hex') || '","seq":' || v_size || ',', 'UTF8');
        IF one.leaf IS DISTINCT FROM sha256(decode('00', 'hex') || one.bytes) THEN
            RAISE EXCEPTION 'record % has another leaf', v_size USING ERRCODE = 'invalid_parameter_value';
        END IF;
        IF substring(one.bytes FROM 1 FOR octet_length(v_begin)) IS DISTINCT FROM v_begin THEN
            RAISE EXCEPTION 'record % does not continue the log', v_size USING ERRCODE = 'invalid_parameter_value';
        END IF;
        IF coalesce(position(
            convert_to('"id":"' || one.id || '","log":"' || p_origin || '"', 'UTF8') IN one.bytes), 0) = 0
        THEN
            RAISE EXCEPTION 'record % has another id, or is of another log', v_size USING ERRCODE = 'invalid_parameter_value';
        END IF;
        INSERT INTO sekisho.record (log, seq, leaf, bytes, id) VALUES (v_log, v_size, one.leaf, one.bytes, one.id);
        v_head := one.leaf;
        v_size := v_size + 1;
    END LOOP;
    INSERT INTO sekisho.blob (log, digest, bytes)
        SELECT v_log, u.digest, u.bytes FROM unnest(p_digests, p_blobs) AS u (digest, bytes)
        ON CONFLICT (log, digest) DO NOTHING;
    UPDATE sekisho.log SET size = v_size, head = v_head WHERE id = v_log;
END
$fn$;

-- Takes a document out that a record takes out; whether it was still there.
CREATE FUNCTION sekisho.erase(p_origin text, p_digest bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    DELETE FROM sekisho.blob b USING sekisho.log l
        WHERE l.origin = p_origin AND b.log = l.id AND b.digest = p_digest;
    RETURN FOUND;
END
$fn$;

-- Who may do what -------------------------------------------------------------------------------

REVOKE ALL ON SCHEMA sekisho FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA sekisho FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sekisho FROM PUBLIC;
GRANT USAGE ON SCHEMA sekisho TO sekisho_reader, sekisho_writer, sekisho_redactor;
GRANT SELECT ON ALL TABLES IN SCHEMA sekisho TO sekisho_reader, sekisho_writer, sekisho_redactor;
GRANT EXECUTE ON FUNCTION sekisho.lock_head(text) TO sekisho_writer, sekisho_redactor;
GRANT EXECUTE ON FUNCTION sekisho.append(text, bigint, bytea, bytea[], bytea[], text[], bytea[], bytea[])
    TO sekisho_writer, sekisho_redactor;
GRANT EXECUTE ON FUNCTION sekisho.erase(text, bytea) TO sekisho_redactor;
