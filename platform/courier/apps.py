from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CourierConfig(AppConfig):
    name = "courier"
    verbose_name = _("Messages to other programs")
