from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0019_moves")]

    operations = [
        migrations.AddField(
            model_name="municipalityfigures",
            name="span_differences",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="mended times of being public"),
        ),
    ]
