from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "portal.surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from portal.surveys import notices, task_cards  # noqa: F401 - register themselves
        from portal.surveys.sources import KIND, survey_source
        from portal.translation.sources import register

        register(KIND, survey_source)
