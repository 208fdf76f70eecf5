"""What the operator decides about the board. One row, in the shared schema."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.singleton import Singleton, singleton_constraint


class BoardSettings(Singleton):
    """The switches of the board."""

    public_roadmap = models.BooleanField(
        _("Everybody may see the roadmap"),
        default=False,
        help_text=_(
            "At /fahrplan/ on this host: titles, states and numbers of wishes you have confirmed; nobody's name."
        ),
    )

    class Meta:
        verbose_name = _("settings of the board")
        verbose_name_plural = _("settings of the board")
        ordering = ("pk",)
        constraints = (singleton_constraint("board_settings_one_row"),)

    def __str__(self) -> str:
        return "board"
