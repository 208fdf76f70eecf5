"""How one municipality's portal presents itself. One row; the columns are the choices a municipality has."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import HEX_COLOR, hex_color_validator, upload_name
from core.ordering import ByName
from core.singleton import Singleton, singleton_constraint
from theming.css import Look, Stylesheet, registered_classes, stylesheet


class Font(models.TextChoices):
    FIRA = "fira", _("Fira Sans (clear, friendly)")
    ATKINSON = "atkinson", _("Atkinson Hyperlegible (for poor eyesight)")
    SYSTEM = "system", _("the font of the visitor's device (fastest)")


class Corner(models.TextChoices):
    SHARP = "eckig", _("square")
    SLIGHT = "leicht", _("slightly rounded")
    ROUND = "rund", _("round")


class HeaderLayout(models.TextChoices):
    BESIDE = "neben", _("name and menu side by side")
    BELOW = "unter", _("menu in a line of its own below the name")
    CENTRED = "mitte", _("everything in the middle")


class FooterLayout(models.TextChoices):
    COLUMNS = "spalten", _("columns on a dark ground")
    LIGHT = "hell", _("columns on a light ground")
    SLIM = "schmal", _("short, in lines, on a dark ground")


class Theme(Singleton):
    """The single row of a municipality; read it through `theming.services.current_theme`."""

    portal_name = fields.CharField(_("name of the portal"), max_length=80, default="Chancenportal")
    claim = fields.CharField(
        _("line below the name"),
        max_length=120,
        blank=True,
        help_text=_("Shown beside the logo on large screens."),
    )
    hero_title = fields.CharField(_("title of the start page"), max_length=120, blank=True)
    hero_text = fields.CharField(_("introduction on the start page"), max_length=400, blank=True)
    hero_image = models.ImageField(
        _("picture of the start page"),
        upload_to=upload_name,
        blank=True,
        width_field="hero_image_width",
        height_field="hero_image_height",
        help_text=_("Without one, coloured shapes are shown. Hidden on phones."),
    )
    hero_image_width = models.PositiveIntegerField(null=True, editable=False)
    hero_image_height = models.PositiveIntegerField(null=True, editable=False)
    hero_image_alt = fields.CharField(
        _("description of the picture"),
        max_length=200,
        blank=True,
        help_text=_("For people who cannot see it."),
    )
    hero_image_copyright = fields.CharField(_("copyright of the picture"), max_length=200, blank=True)
    logo = models.ImageField(
        _("logo"), upload_to=upload_name, blank=True, width_field="logo_width", height_field="logo_height"
    )
    logo_width = models.PositiveIntegerField(null=True, editable=False)
    logo_height = models.PositiveIntegerField(null=True, editable=False)
    logo_alt = fields.CharField(_("description of the logo"), max_length=200, blank=True)
    favicon = models.ImageField(
        _("icon of the browser tab"),
        upload_to=upload_name,
        blank=True,
        help_text=_("Square, PNG, at least 64 pixels."),
    )
    brand_color = fields.CharField(
        _("main colour"),
        max_length=7,
        default=Look().brand,
        validators=[hex_color_validator],
        help_text=_("Buttons and links use it, darkened where that is needed to stay readable."),
    )
    accent_color = fields.CharField(
        _("second colour"),
        max_length=7,
        default=Look().accent,
        validators=[hex_color_validator],
        help_text=_("For ornaments."),
    )
    font = fields.CharField(_("font"), max_length=10, choices=Font, default=Font.FIRA)
    corner = fields.CharField(_("corners"), max_length=6, choices=Corner, default=Corner.SLIGHT)
    dark_mode_allowed = models.BooleanField(
        _("dark display allowed"),
        default=False,
        help_text=_("Visitors whose device is set to dark then see light text on a dark ground."),
    )
    header_layout = fields.CharField(
        _("head of the pages"),
        max_length=10,
        choices=HeaderLayout,
        default=HeaderLayout.BESIDE,
        db_default=HeaderLayout.BESIDE,
    )
    footer_layout = fields.CharField(
        _("foot of the pages"),
        max_length=10,
        choices=FooterLayout,
        default=FooterLayout.COLUMNS,
        db_default=FooterLayout.COLUMNS,
    )
    footer_text = fields.CharField(_("text at the end of each page"), max_length=400, blank=True)
    social_image = models.ImageField(
        _("picture beside shared links"),
        upload_to=upload_name,
        blank=True,
        db_default="",
        width_field="social_image_width",
        height_field="social_image_height",
        help_text=_("Shown where somebody shares the portal. Without one, a picture in your colours is drawn."),
    )
    social_image_width = models.PositiveIntegerField(null=True, editable=False)
    social_image_height = models.PositiveIntegerField(null=True, editable=False)
    social_image_alt = fields.CharField(
        _("description of the picture beside shared links"), max_length=200, blank=True, db_default=""
    )
    organisation = fields.CharField(_("organisation"), max_length=120, blank=True)
    street = fields.CharField(_("street and number"), max_length=120, blank=True)
    postcode = fields.CharField(_("postcode"), max_length=5, blank=True)
    city = fields.CharField(_("town"), max_length=80, blank=True)
    phone = fields.CharField(_("telephone"), max_length=40, blank=True)
    email = fields.EmailField(_("e-mail"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearance")
        constraints = [
            singleton_constraint("theme_one_row"),
            models.CheckConstraint(
                name="theme_colours_are_hex",
                condition=models.Q(brand_color__regex=HEX_COLOR) & models.Q(accent_color__regex=HEX_COLOR),
                violation_error_message=_("A colour is # and six hexadecimal digits, for example #1d5a8f."),
            ),
            models.CheckConstraint(
                name="theme_font_known",
                condition=models.Q(font__in=Font.values),
                violation_error_message=_("Choose one of the fonts offered."),
            ),
            models.CheckConstraint(
                name="theme_corner_known",
                condition=models.Q(corner__in=Corner.values),
                violation_error_message=_("Choose one of the corners offered."),
            ),
            models.CheckConstraint(
                name="theme_picture_credited",
                condition=models.Q(hero_image="") | ~models.Q(hero_image_copyright=""),
                violation_error_message=_("Please say who made the picture of the start page."),
            ),
            models.CheckConstraint(
                name="theme_postcode_five_digits",
                condition=models.Q(postcode="") | models.Q(postcode__regex=r"^[0-9]{5}$"),
                violation_error_message=_("A postcode has five digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.portal_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Colours in lower case: the constraint wants it, and equal looks then give the equal sheet."""
        self.brand_color = self.brand_color.lower()
        self.accent_color = self.accent_color.lower()
        super().save(*args, **kwargs)

    @property
    def look(self) -> Look:
        return Look(self.brand_color, self.accent_color, self.font, self.corner, self.dark_mode_allowed)

    @property
    def has_contact(self) -> bool:
        return any((self.organisation, self.street, self.city, self.phone, self.email))

    def stylesheet(self) -> Stylesheet:
        """Its own colours and those of every room that registered some."""
        return stylesheet(self.look, registered_classes())


class PartnerLogo(models.Model):
    """Who stands behind the portal: shown above the footer on every page, so keep them few."""

    MOST = 12

    name = fields.CharField(_("name"), max_length=120, unique=True)
    image = models.ImageField(_("logo"), upload_to=upload_name, width_field="width", height_field="height")
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    url = fields.URLField(_("website"), blank=True)
    order = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("partner logo")
        verbose_name_plural = _("partner logos")
        ordering = ("order", ByName("name"), "id")

    def __str__(self) -> str:
        return self.name
