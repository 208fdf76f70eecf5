from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from django.apps import apps

        from core import checks  # noqa: F401 - registers the system checks
        from core.entering import clean_what_enters

        clean_what_enters(apps.get_models())
