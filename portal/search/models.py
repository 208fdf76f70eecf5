"""What the editors know of how people search."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.text import fold


class Synonyms(models.Model):
    """Words that mean the same to those who search: whoever looks for one finds offers with any of them."""

    words = ArrayField(
        fields.CharField(max_length=60),
        verbose_name=_("words"),
        help_text=_("Two or more, for example Kita, Kindergarten, Kindertagesstätte."),
    )

    class Meta:
        verbose_name = _("words of the same meaning")
        verbose_name_plural = _("words of the same meaning")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="synonyms_at_least_two",
                condition=models.Q(words__len__gte=2),
                violation_error_message=_("Please give at least two words."),
            ),
        )

    def __str__(self) -> str:
        return ", ".join(self.words)

    def clean(self) -> None:
        self.words = list({fold(word): " ".join(word.split()) for word in self.words or () if fold(word)}.values())
        if len(self.words) < 2:
            raise ValidationError({"words": _("Please give at least two words.")})


class Unanswered(models.Model):
    """Words that residents search and that find nothing today, without anybody's name (`portal.search.unanswered`)."""

    term = fields.CharField(_("search words"), max_length=100, unique=True)
    asked = models.PositiveIntegerField(_("how often"))
    last_day = models.DateField(_("last on"))
    # Words that find something and may be meant, the likeliest first.
    proposals = ArrayField(fields.CharField(max_length=100), default=list, blank=True)
    dismissed = models.BooleanField(_("left as it is"), default=False)

    class Meta:
        verbose_name = _("search words without results")
        verbose_name_plural = _("search words without results")
        ordering = ("-asked", "term")

    def __str__(self) -> str:
        return self.term
