"""Why a draft contract was withdrawn, and whether its award is contracted anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_who_accepted_and_rejected")]
    operations = [
        migrations.AddField("contract", "withdrawal", models.TextField(blank=True, default=""), False),
        migrations.AddField("contract", "ends_award", models.BooleanField(default=False)),
    ]
