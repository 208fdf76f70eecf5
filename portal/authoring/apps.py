from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthoringConfig(AppConfig):
    name = "portal.authoring"
    verbose_name = _("Writing")

    def ready(self) -> None:
        from portal.authoring import letters, mails, receipts, task_cards  # noqa: F401 - connects and registers itself
        from portal.authoring.profile import letters as profile_letters  # noqa: F401 - connects itself
        from portal.authoring.profile import task_cards as profile_cards  # noqa: F401 - registers itself
