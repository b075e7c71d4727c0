"""The most words of the answer to a requirement; those written before keep the jurisdiction's figure."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tendering", "0001_initial")]

    operations = [
        migrations.AddField(model_name="requirement", name="words", field=models.PositiveIntegerField(null=True)),
    ]
