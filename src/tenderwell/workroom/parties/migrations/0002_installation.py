"""The one row of the installation itself, so that nobody who reads has to make it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    installation = apps.get_model("parties", "Installation")
    installation.objects.get_or_create(name="here", defaults={"state": "active", "procedure_key": "house_1"})


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
