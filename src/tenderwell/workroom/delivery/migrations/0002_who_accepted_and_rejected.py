"""Who accepted an invoice; when and why a change was rejected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]
    operations = [
        migrations.AddField("invoice", "accepted_by", models.CharField(blank=True, default="", max_length=60), False),
        migrations.AddField("change", "rejected_at", models.DateTimeField(null=True)),
        migrations.AddField("change", "rejection", models.TextField(blank=True, default=""), False),
    ]
