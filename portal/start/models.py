"""The sections of the start page, as the editors put them one below the other."""

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import upload_name
from core.phones import phone_uri
from portal.taxonomy.models import OLDEST, TargetGroup

SAFE_LINK = r"^(/([^/\\]|$)|https?://|mailto:|tel:)[^\s]*$"
safe_link = RegexValidator(
    SAFE_LINK, _("Please begin the link with / for a page of this portal, or with https://, tel: or mailto:.")
)


class Kind(models.TextChoices):
    """What a section shows."""

    HERO = "hero", _("welcome with search")
    TOPICS = "topics", _("topics")
    NEWS = "news", _("news")
    EVENTS = "events", _("the next days")
    COMING = "coming", _("offers coming up next")
    NEW = "new", _("newest offers")
    AGES = "ages", _("ages of life")
    TILES = "tiles", _("own tiles with picture")
    PROVIDERS = "providers", _("providers")
    LETTERS = "letters", _("from A to Z")
    NOTICE = "notice", _("important notice")
    EMERGENCY = "emergency", _("help in an emergency")
    PARTNER = "partner", _("about us or a partner")


# Made of offers and categories: a second one of the same kind would show the same again.
ONCE = (Kind.HERO, Kind.TOPICS, Kind.NEWS, Kind.EVENTS, Kind.COMING, Kind.NEW, Kind.PROVIDERS, Kind.LETTERS)
# Made of entries the editors write.
WITH_ENTRIES = frozenset({Kind.AGES, Kind.TILES, Kind.EMERGENCY})


class Section(models.Model):
    """One section. Without a title of its own it has the usual one of its kind."""

    kind = fields.CharField(_("kind"), max_length=10, choices=Kind)
    position = models.PositiveIntegerField(_("position"), default=0)
    visible = models.BooleanField(_("shown"), default=False)
    title = fields.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Leave empty for the usual one of this kind.")
    )
    text = fields.TextField(_("text"), max_length=1000, blank=True)
    link = fields.CharField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[safe_link],
        help_text=_("For example /ueber-uns/ or https://www.example.org/"),
    )
    link_label = fields.CharField(_("text of the link"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("section of the start page")
        verbose_name_plural = _("sections of the start page")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(name="start_section_kind_known", condition=Q(kind__in=Kind.values)),
            models.UniqueConstraint(
                fields=("kind",),
                condition=Q(kind__in=[kind.value for kind in ONCE]),
                name="start_section_once",
                violation_error_message=_("The start page already has a section of this kind."),
            ),
            models.CheckConstraint(
                name="start_section_link_safe",
                condition=Q(link="") | Q(link__regex=SAFE_LINK),
                violation_error_message=_("Please begin the link with /, https://, tel: or mailto:."),
            ),
            models.CheckConstraint(
                name="start_section_link_complete",
                condition=Q(link="", link_label="") | ~Q(link="") & ~Q(link_label=""),
                violation_error_message=_("A link needs both its address and its text."),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def has_entries(self) -> bool:
        """Whether the editors fill it with entries."""
        return self.kind in WITH_ENTRIES

    @property
    def has_pictures(self) -> bool:
        """Whether its entries may have pictures."""
        return self.kind == Kind.TILES

    @property
    def move_url(self) -> str:
        """Where the editors' arrows are sent."""
        return f"/redaktion/startseite/{self.pk}/verschieben/"

    @property
    def anchor(self) -> str:
        """The name by which a link finds the section on the page."""
        return f"abschnitt-{self.pk}"


class Entry(models.Model):
    """A tile, an age of life or an emergency number within a section."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField(_("position"), default=0)
    title = fields.CharField(_("title"), max_length=120)
    text = fields.CharField(_("text"), max_length=300, blank=True)
    icon = fields.CharField(_("icon"), max_length=40, blank=True)
    age = models.PositiveSmallIntegerField(
        _("search for this age"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(OLDEST)],
        help_text=_("The tile then leads to everything that suits this age."),
    )
    target_group = models.ForeignKey(
        TargetGroup,
        verbose_name=_("search for this target group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = fields.CharField(_("link"), max_length=500, blank=True, validators=[safe_link])
    image = models.ImageField(
        _("picture"), upload_to=upload_name, blank=True, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    alt_text = fields.CharField(
        _("description of the picture"),
        max_length=300,
        blank=True,
        help_text=_("For people who cannot see it. Leave empty if it is only decoration."),
    )
    copyright = fields.CharField(
        _("copyright"),
        max_length=300,
        blank=True,
        help_text=_("Who made the picture, for example: Photo: Maria Muster"),
    )

    class Meta:
        verbose_name = _("entry of a section")
        verbose_name_plural = _("entries of sections")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(name="start_entry_title_given", condition=~Q(title="")),
            models.CheckConstraint(
                name="start_entry_link_safe",
                condition=Q(link="") | Q(link__regex=SAFE_LINK),
                violation_error_message=_("Please begin the link with /, https://, tel: or mailto:."),
            ),
            models.CheckConstraint(
                name="start_entry_picture_credited",
                condition=Q(image="") | ~Q(copyright=""),
                violation_error_message=_("Please say who made the picture."),
            ),
            models.CheckConstraint(name="start_entry_age_possible", condition=Q(age__isnull=True) | Q(age__lte=OLDEST)),
            models.CheckConstraint(
                name="start_entry_one_target",
                condition=Q(link="", target_group__isnull=True)
                | Q(link="", age__isnull=True)
                | Q(age__isnull=True, target_group__isnull=True),
                violation_error_message=_("Please choose one: an age, a target group or a link."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where it leads, to a telephone number by itself; empty for an entry that only says something."""
        if self.age is not None:
            return f"/angebote/?alter={self.age}"
        return (
            f"/angebote/?zielgruppe={self.target_group_id}"
            if self.target_group_id
            else self.link or phone_uri(self.text)
        )

    @property
    def move_url(self) -> str:
        """Where the editors' arrows are sent."""
        return f"/redaktion/startseite/eintraege/{self.pk}/verschieben/"
