from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    name = "portal.offers"
    verbose_name = _("Offers")

    def ready(self) -> None:
        from portal.offer_fields import services as offer_fields
        from portal.offers import addresses, effects, extras, go_live, kind, own_data, pictures, receivers  # noqa: F401 - connect to the engine and to what is saved
        from portal.offers.models import Offer
        from portal.offers.sources import offer_source
        from portal.translation.sources import register
        from tenants.running import figures

        offer_fields.counted_by(extras.uses, extras.filled)
        register("angebot", offer_source)
        pictures.register()
        figures.register(figures.Figure.OFFERS, Offer.objects.count)
        figures.register(figures.Figure.PUBLISHED_OFFERS, lambda: Offer.objects.current().count())
        figures.register(figures.Figure.FREE_OFFERS, lambda: Offer.objects.current().filter(cost_kind="free").count())
        figures.register(
            figures.Figure.ACCESSIBLE_OFFERS, lambda: Offer.objects.current().filter(accessibility="yes").count()
        )
