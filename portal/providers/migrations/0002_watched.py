"""Tell every process when something residents see changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("providers", "0001_initial")]

    operations = [
        watch(
            "providers_carrier",
            "providers_provider",
            "providers_provider_categories",
            "providers_openinghours",
            "providers_fact",
            "providers_providerimage",
        )
    ]
