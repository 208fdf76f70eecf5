"""What text search looks at."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from core import fields
from portal.offers.models.offer import Offer


class SearchDocument(models.Model):
    """The searchable text of one offer, made by `portal.offers.documents.refresh_search_text`.

    A row of its own, and a narrow one: a search looks at thousands of them. What the lexemes of the vectors mean is
    told there.
    """

    offer = models.OneToOneField(Offer, primary_key=True, on_delete=models.CASCADE, related_name="document")
    # Kept within the row, unpacked (migration 0019): each search reads it for thousands of offers.
    title_vector = SearchVectorField()
    vector = SearchVectorField()
    words = fields.TextField()
    # Which way of writing lexemes it was made in: documents of another one are made anew (`portal.offers.tasks`).
    edition = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        indexes = (
            models.Index(fields=("edition",), name="document_edition"),
            GinIndex(fields=("vector",), name="document_vector"),
            # The different words of four letters and more as written: where a mistyped word finds what was meant.
            GinIndex(fields=("words",), opclasses=("gin_trgm_ops",), name="document_words"),
        )

    def __str__(self) -> str:
        return f"SearchDocument {self.pk}"
