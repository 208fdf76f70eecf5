"""Municipalities that were there before the start page could be composed get the usual one."""

from typing import Any

from django.db import migrations

from portal.start.defaults import compose


def give_usual_page(apps: Any, schema_editor: Any) -> None:
    """A schema without preferences is being made just now: it is filled when the municipality is provisioned."""
    section = apps.get_model("start", "Section")
    if apps.get_model("preferences", "Preferences").objects.exists() and not section.objects.exists():
        compose(section, apps.get_model("start", "Entry"))


class Migration(migrations.Migration):
    dependencies = [("start", "0001_initial"), ("preferences", "0001_initial")]

    operations = [migrations.RunPython(give_usual_page, migrations.RunPython.noop)]
