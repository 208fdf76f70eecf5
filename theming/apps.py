"""Registration of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemingConfig(AppConfig):
    """Fills the one row of a new municipality."""

    name = "theming"
    verbose_name = _("appearance")

    def ready(self) -> None:
        from mail import look
        from tenants.signals import provisioned
        from theming import go_live  # noqa: F401 - registers itself
        from theming.mailing import WARDROBE
        from theming.receivers import set_up

        look.said_by(WARDROBE)
        provisioned.connect(set_up, dispatch_uid="theming.set_up")
