"""A part of a picture knows the whole it was cut from, so that another part can be cut later."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="mediafile",
            name="original",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="media.mediafile",
            ),
        ),
        migrations.AddField(
            model_name="mediafile",
            name="crop",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
    ]
