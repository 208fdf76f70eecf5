"""The closed lists an offer chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Venue(models.TextChoices):
    """Where people take part."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    BOTH = "both", _("on site and online")


# People can take part from anywhere.
REMOTE = frozenset({Venue.ONLINE, Venue.BOTH})


class CostKind(models.TextChoices):
    """What it costs."""

    UNKNOWN = "unknown", _("not stated")
    FREE = "free", _("free of charge")
    AMOUNT = "amount", _("a fixed amount")
    TEXT = "text", _("depends (see text)")


class Access(models.TextChoices):
    """Who may come."""

    UNKNOWN = "unknown", _("not stated")
    OPEN = "open", _("open to everybody")
    MEMBERS = "members", _("for members")


class Accessibility(models.TextChoices):
    """Whether people with disabilities can take part."""

    UNKNOWN = "unknown", _("not stated")
    YES = "yes", _("barrier-free")
    PARTLY = "partly", _("partly barrier-free")
    NO = "no", _("not barrier-free")


class ScheduleKind(models.TextChoices):
    """In which way the provider gave the dates; the rules themselves stand in `Schedule`."""

    NONE = "none", _("without date")
    DATES = "dates", _("single dates")
    PERIOD = "period", _("period")
    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")
    MONTHLY = "monthly", _("monthly")


# After so long nobody can be sure that an offer is still right.
