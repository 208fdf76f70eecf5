from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfessionalsConfig(AppConfig):
    name = "portal.professionals"
    verbose_name = _("For professionals")

    def ready(self) -> None:
        from portal.professionals import links  # noqa: F401 - registers itself
