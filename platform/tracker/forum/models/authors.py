"""Who wrote something: a municipality, and a number that means a person there and nowhere else."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.tickets.models import Participant


class Written(models.Model):
    """By a municipality, or by the operator (without one). Names of people are never kept here."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("municipality"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.PositiveBigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        abstract = True


class Searched(models.Model):
    """What `tracker.forum.words` writes for the search whenever the texts change."""

    search = SearchVectorField(null=True, editable=False)

    class Meta:
        abstract = True
