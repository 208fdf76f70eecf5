"""Whose mails were given up, of all municipalities in one place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="GivenUpMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema_name", models.CharField(max_length=63, unique=True)),
                ("number", models.PositiveIntegerField(verbose_name="mails")),
                ("since", models.DateTimeField(verbose_name="the first of them given up")),
                ("counted_at", models.DateTimeField(verbose_name="counted")),
            ],
            options={
                "verbose_name": "count of mails given up",
                "verbose_name_plural": "counts of mails given up",
                "ordering": ("since", "schema_name"),
            },
        ),
    ]
