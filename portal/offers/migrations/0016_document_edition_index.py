"""Outdated searchable texts are found at once."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("offers", "0015_document_edition")]

    operations = [
        AddIndexConcurrently("searchdocument", models.Index(fields=("edition",), name="document_edition")),
    ]
