"""Whom one may call in another municipality: people who agreed to it, each by their own hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.forum.models.authors import Searched
from tracker.tickets.models import Participant


class Contact(Searched, models.Model):
    """The one place with names in the shared schema: each written by the person themselves, gone when they say so."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    # Who agreed: the number of their account in that municipality.
    person = models.PositiveBigIntegerField()
    name = fields.CharField(_("your name"), max_length=120)
    about = fields.CharField(
        _("what one may ask you"), max_length=200, help_text=_("For example: winning clubs, plain language, calendars.")
    )
    email = fields.EmailField(_("e-mail address"), max_length=254, blank=True)
    phone = fields.CharField(_("telephone"), max_length=60, blank=True)
    agreed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ("participant__name", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=("participant", "person"), name="forum_contact_once"),
            models.CheckConstraint(name="forum_contact_named", condition=~Q(name="") & ~Q(about="")),
            models.CheckConstraint(
                name="forum_contact_reachable",
                condition=~Q(email="", phone=""),
                violation_error_message=_("Please give an e-mail address or a telephone number."),
            ),
        )

    def __str__(self) -> str:
        return self.name
