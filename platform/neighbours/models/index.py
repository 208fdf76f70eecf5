"""The index: of each municipality that shows its offers to others, what these search and show of them.

Written by the database alone (migrations/0002_index.py), at the end of the transaction that changes an offer. Nothing
stands here that is not public in the municipality itself, and no address it protects.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import Municipality


class IndexedTown(models.Model):
    """A municipality whose published offers are kept in the index; one without a row costs its editors nothing.

    Until it is `filled_at`, none of its offers is shown elsewhere.
    """

    municipality = models.OneToOneField(Municipality, primary_key=True, on_delete=models.CASCADE, related_name="+")
    schema_name = models.CharField(max_length=63, unique=True)
    filled_at = models.DateTimeField(_("filled"), null=True)
    compared_at = models.DateTimeField(_("compared"), null=True)
    healed = models.PositiveIntegerField(_("rows that were wrong at the last comparison"), default=0)

    class Meta:
        verbose_name = _("municipality in the index")
        verbose_name_plural = _("municipalities in the index")
        ordering = ("municipality",)

    def __str__(self) -> str:
        return self.schema_name


class IndexedOffer(models.Model):
    """What others search and show of one published offer (whether it is over, the moment of the search decides)."""

    # No index of its own: `indexed_offer_once` begins with it, and a planner without figures would take the other one
    # and read all offers of a municipality for one that changed.
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+", db_index=False)
    # Its number there, and what its address there ends with.
    number = models.BigIntegerField()
    slug = models.TextField()
    title = models.TextField()
    title_key = models.TextField(db_collation="C")
    summary = models.TextField()
    provider = models.TextField()
    ends_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    min_age = models.SmallIntegerField(null=True)
    max_age = models.SmallIntegerField(null=True)
    # Target groups: name, lowest and highest age, entry of the shared catalogue (or nothing).
    groups = models.JSONField()
    cost_kind = models.TextField()
    cost_amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    cost_text = models.TextField()
    venue = models.TextField()
    accessibility = models.TextField()
    volunteering = models.BooleanField()
    schedule_kind = models.TextField()
    languages = ArrayField(models.TextField())
    # The names of its topics and of all above them.
    topics = ArrayField(models.TextField())
    # The entries of the shared catalogue that these are.
    codes = ArrayField(models.TextField())
    # Places as the public may know them: latitude, longitude, whether exactly there, postcode, town, district, name.
    places = models.JSONField()
    # Its dates, 32 bytes each, by their end: first and last day (as date.toordinal counts), beginning and end of
    # the day in seconds (-1: none), as whole numbers of 4 bytes; beginning and end (seconds since 1970), floats of 8.
    dates = models.BinaryField()

    class Meta:
        verbose_name = _("offer in the index")
        verbose_name_plural = _("offers in the index")
        ordering = ("title_key", "pk")
        constraints = (models.UniqueConstraint(fields=("municipality", "number"), name="indexed_offer_once"),)

    def __str__(self) -> str:
        return self.title


class IndexedDocument(models.Model):
    """The searchable text of one of them, as its municipality keeps it (`portal.offers.documents`). Whose it is stands
    among the lexemes of `vector` (“#12”), so that one index finds words and municipality together; and what is about
    some words in the same walk, without reading all that only mention them."""

    offer = models.OneToOneField(IndexedOffer, primary_key=True, on_delete=models.CASCADE, related_name="document")
    title_vector = SearchVectorField()
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("document in the index")
        verbose_name_plural = _("documents in the index")
        indexes = (GinIndex(fields=("vector", "title_vector"), name="indexed_document_words"),)

    def __str__(self) -> str:
        return f"IndexedDocument {self.pk}"


class TouchedRow(models.Model):
    """What a transaction changed in an indexed municipality, until its end: then the index follows, and it is gone."""

    xact = models.BigIntegerField()
    schema_name = models.CharField(max_length=63)
    # The kind of row: an offer, a provider, or (number 0) anything.
    kind = models.CharField(max_length=1)
    number = models.BigIntegerField()

    class Meta:
        verbose_name = _("touched row")
        verbose_name_plural = _("touched rows")
        constraints = (
            models.UniqueConstraint(fields=("xact", "schema_name", "kind", "number"), name="touched_row_once"),
        )

    def __str__(self) -> str:
        return f"{self.schema_name} {self.kind}{self.number}"
