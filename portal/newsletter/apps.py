from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "portal.newsletter"
    verbose_name = _("Newsletter")

    def ready(self) -> None:
        from portal.newsletter import own_data, places, spoken_mails, task_cards, work  # noqa: F401 - register themselves
