"""Daily counts. `source` keeps figures taken over from an old portal apart from our own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields

FEW = 5
"""From so many results on they are many."""


class _Daily(models.Model):
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("count"))
    source = fields.CharField(_("source"), max_length=20, blank=True, default="")

    class Meta:
        abstract = True


class _Search(_Daily):
    """How often something was searched. Of how many it is known what was found, and how much: nothing, fewer than
    `FEW` offers, or more; the rest is from before that was counted."""

    nothing = models.IntegerField(_("of which without a result"), db_default=0)
    few = models.IntegerField(_("of which with few results"), db_default=0)
    many = models.IntegerField(_("of which with many results"), db_default=0)

    class Meta:
        abstract = True


class DailySearch(_Search):
    """How often a term was searched on a day."""

    term = fields.CharField(_("term"), max_length=200)

    class Meta:
        verbose_name = _("searches of a day")
        verbose_name_plural = _("searches by day")
        constraints = (models.UniqueConstraint(fields=("day", "term", "source"), name="daily_search_once"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.term} {self.count}"


class DailyCategorySearch(_Search):
    """How often a category was searched on a day; the id stays when the category goes."""

    category_id = models.BigIntegerField(_("category"))

    class Meta:
        verbose_name = _("category searches of a day")
        verbose_name_plural = _("category searches by day")
        constraints = (
            models.UniqueConstraint(fields=("day", "category_id", "source"), name="daily_category_search_once"),
        )

    def __str__(self) -> str:
        return f"{self.day}: {self.category_id} {self.count}"


class DailyFilter(_Search):
    """How often a filter was used in searches of a day, by its name in the address; an empty value is any value.

    An empty name is every search. “kategorie+ortsteil” is a category together with a district, by their two ids.
    """

    name = fields.CharField(_("filter"), max_length=20, blank=True)
    value = fields.CharField(_("value"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("filter of a day")
        verbose_name_plural = _("filters by day")
        constraints = (models.UniqueConstraint(fields=("day", "name", "value", "source"), name="daily_filter_once"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.name}={self.value} {self.count}"


class Act(models.TextChoices):
    """What somebody does with an offer besides looking at it."""

    PHONE = "phone", _("telephone number pressed")
    MAIL = "mail", _("mail address pressed")
    WEBSITE = "website", _("website or registration opened")
    FORM = "form", _("contact form opened")
    BOOKMARK = "bookmark", _("remembered")
    CALENDAR = "calendar", _("dates taken into a calendar")
    ROUTE = "route", _("way there looked up")
    SHARE = "share", _("passed on")


CONTACTS = (Act.PHONE, Act.MAIL, Act.WEBSITE, Act.FORM)
"""The ways to whoever offers something."""


class DailyOfferAct(_Daily):
    """How often on a day somebody did one of these things with an offer; the id stays when the offer goes."""

    offer_id = models.BigIntegerField(_("offer"))
    act = fields.CharField(_("what was done"), max_length=10, choices=Act.choices)

    class Meta:
        verbose_name = _("use of an offer on a day")
        verbose_name_plural = _("use of offers by day")
        constraints = (
            models.UniqueConstraint(fields=("day", "offer_id", "act", "source"), name="daily_offer_act_once"),
        )
        indexes = (models.Index(fields=["offer_id", "day"], name="offer_act_by_offer"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.offer_id} {self.act} {self.count}"


class OfferMonth(models.Model):
    """What an offer came to in a month that is over; made from the days, and only to be quicker than they are."""

    offer_id = models.BigIntegerField(_("offer"))
    month = models.DateField(_("first day of the month"))
    views = models.PositiveIntegerField(_("views"))
    contacts = models.PositiveIntegerField(_("contacts"))
    bookmarks = models.PositiveIntegerField(_("bookmarks"))
    calendar = models.PositiveIntegerField(_("calendar files"))

    class Meta:
        verbose_name = _("use of an offer in a month")
        verbose_name_plural = _("use of offers by month")
        constraints = (models.UniqueConstraint(fields=("month", "offer_id"), name="offer_month_once"),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.offer_id} {self.views}"


class Span(models.IntegerChoices):
    """How long a stretch of time is; each consists of whole ones of the kind before."""

    THIRD = 1, _("third of a month")
    MONTH = 2, _("month")
    QUARTER = 3, _("quarter")
    YEAR = 4, _("year")


class Sought(models.Model):
    """What was sought or used in a stretch of time that is over, as it may be shown to planners (`portal.usage.few`).

    Made every night from the days. A row whose `what` is empty says that the stretch is done.
    """

    span = models.SmallIntegerField(_("length"), choices=Span.choices)
    first = models.DateField(_("first day"))
    what = fields.CharField(_("what was counted"), max_length=20, blank=True)
    which = fields.CharField(_("which one"), max_length=100, blank=True)
    shown = models.IntegerField(_("as it may be shown"))
    slack = models.SmallIntegerField(_("how many more it may be"))

    class Meta:
        verbose_name = _("what was sought, as it may be shown")
        verbose_name_plural = _("what was sought, as it may be shown")
        constraints = (models.UniqueConstraint(fields=("what", "span", "first", "which"), name="sought_once"),)

    def __str__(self) -> str:
        return f"{self.first} {self.get_span_display()}: {self.what} {self.which} {self.shown}"


class DailyOfferView(_Daily):
    """How often an offer was opened on a day; the id stays when the offer goes."""

    offer_id = models.BigIntegerField(_("offer"))

    class Meta:
        verbose_name = _("offer views of a day")
        verbose_name_plural = _("offer views by day")
        constraints = (models.UniqueConstraint(fields=("day", "offer_id", "source"), name="daily_offer_view_once"),)
        indexes = (models.Index(fields=["offer_id", "day"], name="offer_view_by_offer"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.offer_id} {self.count}"
