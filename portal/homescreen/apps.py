from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomescreenConfig(AppConfig):
    name = "portal.homescreen"
    verbose_name = _("The portal on the home screen")
