"""One index finds what is about some words, and what mentions them: a search weighs a tenth of the documents that have
a common word, and must not read the others for that. Built beside the one before, which serves until then.
"""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("neighbours", "0002_index")]

    operations = [
        AddIndexConcurrently(
            "indexeddocument",
            django.contrib.postgres.indexes.GinIndex(fields=["vector", "title_vector"], name="indexed_document_words"),
        ),
        RemoveIndexConcurrently("indexeddocument", "indexed_document_vector"),
    ]
