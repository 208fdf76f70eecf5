from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreferencesConfig(AppConfig):
    name = "portal.preferences"
    verbose_name = _("Preferences")

    def ready(self) -> None:
        from accounts.rules import said_by
        from portal.preferences import receivers, task_cards  # noqa: F401 - connect and register themselves
        from portal.preferences.rules import rules

        said_by(rules)
