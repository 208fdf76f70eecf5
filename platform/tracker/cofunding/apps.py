from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CofundingConfig(AppConfig):
    name = "tracker.cofunding"
    verbose_name = _("Paying together")

    def ready(self) -> None:
        from tracker.cofunding import doors  # noqa: F401 - registers itself
