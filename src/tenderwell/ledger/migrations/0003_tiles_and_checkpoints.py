"""What is published and what is witnessed; triggers that let tiles and the head only grow and keep checkpoints."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION ledger_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.level, NEW.number) <> (OLD.level, OLD.number)
     OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes THEN
    RAISE EXCEPTION 'the ledger is append-only: a tile only grows';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size <> OLD.size OR NEW.root <> OLD.root OR (OLD.is_published AND NOT NEW.is_published) THEN
    RAISE EXCEPTION 'the ledger is append-only: a checkpoint stays as it was signed';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION ledger_rise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.size < OLD.size THEN
    RAISE EXCEPTION 'the ledger is append-only: its size only rises';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tile_grows BEFORE UPDATE ON ledger_tile FOR EACH ROW EXECUTE FUNCTION ledger_grow();
CREATE TRIGGER tile_is_kept BEFORE DELETE ON ledger_tile FOR EACH ROW EXECUTE FUNCTION ledger_forbid();
CREATE TRIGGER tile_stays BEFORE TRUNCATE ON ledger_tile FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid();
CREATE TRIGGER checkpoint_is_final BEFORE UPDATE ON ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION ledger_keep();
CREATE TRIGGER checkpoint_is_kept BEFORE DELETE ON ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION ledger_forbid();
CREATE TRIGGER checkpoint_stays BEFORE TRUNCATE ON ledger_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid();
CREATE TRIGGER head_rises BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_rise();
CREATE TRIGGER head_is_kept BEFORE DELETE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_forbid();
CREATE TRIGGER head_stays BEFORE TRUNCATE ON ledger_head FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid();
"""
BACKWARD = """
DROP FUNCTION ledger_grow() CASCADE;
DROP FUNCTION ledger_keep() CASCADE;
DROP FUNCTION ledger_rise() CASCADE;
DROP TRIGGER tile_is_kept ON ledger_tile;
DROP TRIGGER tile_stays ON ledger_tile;
DROP TRIGGER checkpoint_is_kept ON ledger_checkpoint;
DROP TRIGGER checkpoint_stays ON ledger_checkpoint;
DROP TRIGGER head_is_kept ON ledger_head;
DROP TRIGGER head_stays ON ledger_head;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append")]
    operations = [
        migrations.AddField("checkpoint", "fresh", models.TextField(default="")),
        migrations.AddField("checkpoint", "is_published", models.BooleanField(default=False)),
        migrations.AddField("checkpoint", "is_witnessed", models.BooleanField(default=False)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
