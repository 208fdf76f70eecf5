"""The look had links of its own below the pages: they are entries of the bottom menu from here on, in their column."""

import json
from typing import Any

from django.db import connection, migrations

from portal.site.menus.services import carry_links


def carry(apps: Any, schema_editor: Any) -> None:
    """The column is in no model any more. A schema that is being made just now has no row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT footer_links FROM theming_theme")
        for (links,) in cursor.fetchall():
            carry_links(apps.get_model("site", "MenuItem"), json.loads(links))


class Migration(migrations.Migration):
    dependencies = [("site", "0002_menus_of_today"), ("theming", "0005_links_in_menus")]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop),
        migrations.RunSQL(
            "ALTER TABLE theming_theme DROP COLUMN footer_links",
            hints={"reviewed": "quick, and no release ever knew the column: it came after the last one"},
        ),
    ]
