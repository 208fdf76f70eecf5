"""Give the pages that are there their texts in Leichte Sprache, and the portal its page that explains it."""

from django.db import migrations

from portal.pages import easy


def fill(apps, schema_editor):
    Page = apps.get_model("pages", "Page")
    for slug, text in easy.VARIANTS.items():
        Page.objects.filter(slug=slug, easy_body="").update(easy_body=text)
    # A municipality without any page is just being made: it gets all of them from its receiver.
    if Page.objects.exists():
        Page.objects.get_or_create(
            slug=easy.SLUG, defaults={"title": easy.TITLE, "menu": "none", "position": 90, "body": easy.WELCOME}
        )


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_easy_language")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
