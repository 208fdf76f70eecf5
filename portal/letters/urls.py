"""Paths of the room."""

from django.urls import path

from portal.letters import addresses, log
from portal.letters.texts import views as texts

app_name = "letters"
_AT = "redaktion/mails/"
urlpatterns = [
    path(_AT, texts.texts, name="texts"),
    path(f"{_AT}texte/<slug:key>/", texts.text, name="text"),
    path(f"{_AT}texte/<slug:key>/vorschau/", texts.preview, name="preview"),
    path(f"{_AT}texte/<slug:key>/vorgabe/", texts.back_to_shipped, name="back_to_shipped"),
    path(f"{_AT}texte/<slug:key>/versenden/", texts.choose, name="choose"),
    path(f"{_AT}texte/<slug:key>/probe/", texts.try_it, name="try_it"),
    path(f"{_AT}versand/", log.log, name="log"),
    path(f"{_AT}versand/liste.<str:kind>", log.log_file, name="log_file"),
    path(f"{_AT}erneut/", log.resend_failed, name="resend_failed"),
    path(f"{_AT}<int:pk>/erneut/", log.resend_mail, name="resend_mail"),
    path(f"{_AT}adressen/", addresses.addresses, name="addresses"),
    path(f"{_AT}adressen/liste.<str:kind>", addresses.addresses_file, name="addresses_file"),
    path(f"{_AT}adressen/<int:pk>/geht-wieder/", addresses.works_again, name="works_again"),
]
