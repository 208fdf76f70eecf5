from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SwitchesConfig(AppConfig):
    name = "switches"
    verbose_name = _("Switches")

    def ready(self) -> None:
        from switches import task_cards  # noqa: F401 - registers itself
        from switches.models import Setting
        from tenants.carried import carry

        carry(Setting)
