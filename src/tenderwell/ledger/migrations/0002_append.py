"""The append function, and triggers that forbid changing what is written."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_append(kinds text[], bodies bytea[], refs text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE first bigint;
BEGIN
  INSERT INTO ledger_head AS head (id, size) VALUES (1, cardinality(kinds))
    ON CONFLICT (id) DO UPDATE SET size = head.size + cardinality(kinds)
    RETURNING head.size - cardinality(kinds) INTO STRICT first;
  INSERT INTO ledger_entry (idx, kind, ref, body, leaf_hash)
    SELECT first + place - 1, kind, ref, body, sha256('\\x00'::bytea || body)
    FROM unnest(kinds, bodies, refs) WITH ORDINALITY AS leaf (kind, body, ref, place);
  RETURN first;
END $$;

CREATE FUNCTION ledger_forbid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only: % on % is forbidden', TG_OP, TG_TABLE_NAME; END $$;
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_forbid();
CREATE TRIGGER entry_stays BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid();
"""
BACKWARD = """
DROP TRIGGER entry_stays ON ledger_entry;
DROP TRIGGER entry_is_final ON ledger_entry;
DROP FUNCTION ledger_forbid();
DROP FUNCTION ledger_append(text[], bytea[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
