"""What is retired is not offered any more; what was merged leads on for ever; markers may be internal."""

from django.db import migrations, models

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [
        ("taxonomy", "0004_german_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="retired",
            field=models.BooleanField(db_default=False, default=False, verbose_name="retired"),
        ),
        migrations.AddField(
            model_name="district",
            name="retired",
            field=models.BooleanField(db_default=False, default=False, verbose_name="retired"),
        ),
        migrations.AddField(
            model_name="marker",
            name="internal",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Only the editorial team sees it; residents do not.",
                verbose_name="internal",
            ),
        ),
        migrations.AddField(
            model_name="marker",
            name="retired",
            field=models.BooleanField(db_default=False, default=False, verbose_name="retired"),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="retired",
            field=models.BooleanField(db_default=False, default=False, verbose_name="retired"),
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("old", models.BigIntegerField(verbose_name="former number")),
                ("new", models.BigIntegerField(verbose_name="number today")),
                ("name", models.CharField(max_length=160, verbose_name="former name")),
            ],
            options={
                "verbose_name": "former number",
                "verbose_name_plural": "former numbers",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "old"), name="alias_once"),
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True), name="alias_leads_elsewhere"
                    ),
                ],
            },
        ),
        watch("taxonomy_alias"),
    ]
