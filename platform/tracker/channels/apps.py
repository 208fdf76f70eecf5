from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "tracker.channels"
    verbose_name = _("Channels")

    def ready(self) -> None:
        from tracker.channels import exports_rows, feeds_tab, mails, own_data  # noqa: F401 - register themselves
        from tracker.channels import receivers, tabs, ticket_page  # noqa: F401, I001 - as above
