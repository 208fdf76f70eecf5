"""Municipalities from before there were menus have theirs made of what their pages say: readers see the same."""

from typing import Any

from django.db import migrations

from portal.site.menus.services import usual


def give_menus(apps: Any, schema_editor: Any) -> None:
    """A schema without pages is being made just now: it is filled when the municipality is provisioned."""
    pages = list(apps.get_model("pages", "Page").objects.order_by("position", "pk"))
    if pages:
        usual(apps.get_model("site", "MenuItem"), pages)


class Migration(migrations.Migration):
    dependencies = [("site", "0001_initial")]

    operations = [migrations.RunPython(give_menus, migrations.RunPython.noop)]
