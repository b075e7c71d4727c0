"""What members hand over to deputies."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bidding", "0004_price_committee")]

    operations = [
        migrations.CreateModel(
            name="HandedOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=32)),
                ("body", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "deputy",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="bidding.memberkey"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_over",
                        to="bidding.committeemember",
                    ),
                ),
            ],
            options={"unique_together": {("member", "stage")}},
        ),
    ]
