from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DifferencesConfig(AppConfig):
    name = "portal.differences"
    verbose_name = _("Differences")
