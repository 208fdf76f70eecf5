"""An offer may be blocked or lie in the bin, a draft may have no title yet, its pictures come from the library."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_initial"),
        ("offers", "0004_german_order"),
        ("providers", "0005_editing"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="offer",
            name="offer_title_given",
        ),
        migrations.RemoveConstraint(
            model_name="offer",
            name="offer_state_known",
        ),
        migrations.AddField(
            model_name="offer",
            name="state_before",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name="offer",
            name="trashed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="offerimage",
            name="media",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="media.mediafile",
            ),
        ),
        migrations.AlterField(
            model_name="offer",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "waiting for approval"),
                    ("returned", "returned with a reason"),
                    ("published", "public"),
                    ("paused", "approved, at present not public"),
                    ("archived", "archived"),
                    ("blocked", "blocked by the editors"),
                    ("trashed", "in the bin"),
                ],
                default="draft",
                max_length=12,
                verbose_name="state",
            ),
        ),
        AddConstraintNotValid(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    ("state__in", ["draft", "returned", "trashed"]),
                    _connector="OR",
                ),
                name="offer_title_given",
            ),
        ),
        AddConstraintNotValid(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["draft", "submitted", "returned", "published", "paused", "archived", "blocked", "trashed"],
                    )
                ),
                name="offer_state_known",
            ),
        ),
    ]
