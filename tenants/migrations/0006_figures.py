"""What each municipality amounts to, night by night."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="MunicipalityFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("night", models.DateField(help_text="The day that began.", verbose_name="night")),
                ("offers", models.PositiveIntegerField(default=0, verbose_name="offers")),
                ("published_offers", models.PositiveIntegerField(default=0, verbose_name="published offers")),
                ("providers", models.PositiveIntegerField(default=0, verbose_name="providers")),
                ("users", models.PositiveIntegerField(default=0, verbose_name="users")),
                ("database_bytes", models.PositiveBigIntegerField(default=0, verbose_name="bytes in the database")),
                ("file_bytes", models.PositiveBigIntegerField(default=0, verbose_name="bytes of files")),
                ("last_activity", models.DateTimeField(blank=True, null=True, verbose_name="last activity")),
                ("measured_at", models.DateTimeField(verbose_name="measured")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="figures",
                        to="tenants.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "figures of a municipality",
                "verbose_name_plural": "figures of municipalities",
                "ordering": ("-night", "municipality"),
                "indexes": [models.Index(fields=["night"], name="figures_night")],
                "constraints": [models.UniqueConstraint(fields=("municipality", "night"), name="figures_once_a_night")],
            },
        ),
    ]
