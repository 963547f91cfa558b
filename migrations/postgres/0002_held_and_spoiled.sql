-- Whoever takes a log's lock and then does nothing loses it after a minute, also with a program that did
-- not ask for that; and a record that is no JSON, which every writer can put there, keeps no document
-- from being taken out.

CREATE OR REPLACE FUNCTION sekisho.lock_head(p_origin text, OUT o_size bigint, OUT o_head bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    IF current_setting('idle_in_transaction_session_timeout') = '0' THEN
        PERFORM set_config('idle_in_transaction_session_timeout', '60s', true);
    END IF;
    SELECT l.size, l.head INTO o_size, o_head FROM sekisho.log l WHERE l.origin = p_origin FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO sekisho.log (origin) VALUES (p_origin) ON CONFLICT (origin) DO NOTHING;
        SELECT l.size, l.head INTO o_size, o_head FROM sekisho.log l WHERE l.origin = p_origin FOR UPDATE;
    END IF;
END
$fn$;

CREATE OR REPLACE FUNCTION sekisho.head_is_a_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    -- Who appends without asking for the lock holds it, too.
    IF current_setting('idle_in_transaction_session_timeout') = '0' THEN
        PERFORM set_config('idle_in_transaction_session_timeout', '60s', true);
    END IF;
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

CREATE OR REPLACE FUNCTION sekisho.taken_out(p_log integer, p_digest bytea) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    one bytea;
    said json;
BEGIN
    FOR one IN
        SELECT r.bytes FROM sekisho.record r
        WHERE r.log = p_log AND position(convert_to('"act":"blob.redacted/1"', 'UTF8') IN r.bytes) > 0
            AND position(convert_to(encode(p_digest, 'hex'), 'UTF8') IN r.bytes) > 0
    LOOP
        BEGIN
            said := convert_from(one, 'UTF8')::json -> 'st';
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            CONTINUE;
        END;
        IF said ->> 'act' = 'blob.redacted/1'
            AND said #>> ARRAY['body', 'blob'] = 'sha256:' || encode(p_digest, 'hex')
        THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$fn$;
