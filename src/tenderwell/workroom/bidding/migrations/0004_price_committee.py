"""Which envelope a committee opens; committees named before open all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bidding", "0003_envelopes_and_rehearsal")]

    operations = [
        migrations.AddField(
            model_name="committeerecord",
            name="stage",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
    ]
