"""A page of the editors that stood where the news are now moves beside them; what leads to it by its number follows."""

from typing import Any

from django.db import migrations

TAKEN, BESIDE = "aktuelles", "aktuelles-seite"


def move_page(apps: Any, schema_editor: Any) -> None:
    """Menus point to the row and lead on; where both addresses are taken, the page keeps its own and is not reached."""
    pages = apps.get_model("pages", "Page").objects
    if not pages.filter(slug=BESIDE).exists():
        pages.filter(slug=TAKEN).update(slug=BESIDE)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial"), ("pages", "0005_german_order")]

    operations = [migrations.RunPython(move_page, migrations.RunPython.noop)]
