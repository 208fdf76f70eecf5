"""A provider may be trusted, keep its members to drafts, lie in the bin; a draft may have no name yet."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_initial"),
        ("providers", "0004_german_order"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="provider",
            name="provider_name_given",
        ),
        migrations.RemoveConstraint(
            model_name="provider",
            name="provider_state_known",
        ),
        migrations.AddField(
            model_name="provider",
            name="members_may_publish",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="If not, members hand in what they wrote to the administrators of the provider.",
                verbose_name="members may publish",
            ),
        ),
        migrations.AddField(
            model_name="provider",
            name="state_before",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name="provider",
            name="trashed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="provider",
            name="trusted",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="What this provider publishes needs no approval; the editors can look at it afterwards.",
                verbose_name="trusted",
            ),
        ),
        migrations.AddField(
            model_name="providerimage",
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
            model_name="provider",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "waiting for approval"),
                    ("published", "public"),
                    ("paused", "approved, at present not public"),
                    ("blocked", "blocked by the editors"),
                    ("archived", "archived"),
                    ("trashed", "in the bin"),
                ],
                default="draft",
                max_length=12,
                verbose_name="state",
            ),
        ),
        AddConstraintNotValid(
            model_name="provider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), ("state__in", ["draft", "trashed"]), _connector="OR"
                ),
                name="provider_name_given",
            ),
        ),
        AddConstraintNotValid(
            model_name="provider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "submitted", "published", "paused", "blocked", "archived", "trashed"])
                ),
                name="provider_state_known",
            ),
        ),
    ]
