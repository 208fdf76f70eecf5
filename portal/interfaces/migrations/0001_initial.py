from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("offer", "offer"), ("provider", "provider")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("object_id", models.BigIntegerField(verbose_name="number")),
                ("public", models.BooleanField(verbose_name="public")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
            ],
            options={
                "verbose_name": "change for other programs",
                "verbose_name_plural": "changes for other programs",
                "indexes": [models.Index(fields=["kind", "changed_at", "object_id"], name="interfaces_change_since")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="interfaces_change_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["offer", "provider"])), name="interfaces_change_kind_known"
                    ),
                ],
            },
        ),
    ]
