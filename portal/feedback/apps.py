from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "portal.feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        from portal.feedback import effects, go_live, mails, own_data, receivers, spoken_mails, task_cards, work  # noqa: F401 - connects to provisioned, register themselves
