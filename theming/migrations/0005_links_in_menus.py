"""The links below the pages are entries of the menus (`site.0003` carries them over, and takes the column away)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("theming", "0004_layouts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="theme", name="footer_links")]
        )
    ]
