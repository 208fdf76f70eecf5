from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = _("Applications and setting up")

    def ready(self) -> None:
        from onboarding import go_live, mails, receivers, task_cards  # noqa: F401 - register and connect themselves
