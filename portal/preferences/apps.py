from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreferencesConfig(AppConfig):
    name = "portal.preferences"
    verbose_name = _("Preferences")

    def ready(self) -> None:
        from accounts import rules as signing_in
        from mail import answering
        from portal.preferences import go_live, own_effects, receivers, task_cards  # noqa: F401 - connect and register themselves
        from portal.preferences.rules import rules, sender

        signing_in.said_by(rules)
        answering.said_by(sender)
