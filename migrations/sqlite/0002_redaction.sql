-- A document leaves the file only after a record says so.

DROP TRIGGER blob_no_delete;

CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob
WHEN NOT EXISTS (
    SELECT 1 FROM record
    WHERE instr(bytes, CAST('"act":"blob.redacted/1"' AS BLOB)) > 0
      AND json_extract(CAST(bytes AS TEXT), '$.st.act') = 'blob.redacted/1'
      AND json_extract(CAST(bytes AS TEXT), '$.st.body.blob') = 'sha256:' || lower(hex(OLD.digest))
)
BEGIN
    SELECT raise(ABORT, 'blob: no record takes this document out');
END;
