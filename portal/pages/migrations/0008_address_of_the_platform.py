"""A page of the editors that stood where the pages of the pooled tracker are now moves beside them; what leads to it by
its number follows."""

from typing import Any

from django.db import migrations

TAKEN, BESIDE = "plattform", "plattform-seite"


def move_page(apps: Any, schema_editor: Any) -> None:
    """Menus point to the row and lead on; where both addresses are taken, the page keeps its own and is not reached."""
    pages = apps.get_model("pages", "Page").objects
    if not pages.filter(slug=BESIDE).exists():
        pages.filter(slug=TAKEN).update(slug=BESIDE)


class Migration(migrations.Migration):
    dependencies = [("pages", "0007_for_professionals")]

    operations = [migrations.RunPython(move_page, migrations.RunPython.noop)]
