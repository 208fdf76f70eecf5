"""Paths of the room. What is ours comes before names of newsletters (`models.newsletters.RESERVED`)."""

from django.urls import path

from portal.newsletter.views import desk, issues, lists, mailings, public, readers, subscribing

app_name = "newsletter"
_DESK = "redaktion/newsletter/"
urlpatterns = [
    path("newsletter/", public.overview, name="overview"),
    path("newsletter/gesendet/", subscribing.sent, name="sent"),
    path("newsletter/bestaetigen/<str:token>/", subscribing.confirm, name="confirm"),
    path("newsletter/abo/<str:token>/", subscribing.manage, name="manage"),
    path("newsletter/abo/<str:token>/abmelden/", subscribing.unsubscribe, name="unsubscribe"),
    path("newsletter/<slug:slug>/", public.newsletter, name="public"),
    path("newsletter/<slug:slug>/abonnieren/", subscribing.subscribe, name="subscribe"),
    path("newsletter/<slug:slug>/<int:pk>/", public.issue, name="public_issue"),
    path(_DESK, desk.home, name="desk"),
    path(f"{_DESK}neu/", desk.create, name="create"),
    path(f"{_DESK}<int:pk>/", desk.newsletter, name="newsletter"),
    path(f"{_DESK}<int:pk>/einstellungen/", desk.settings, name="settings"),
    path(f"{_DESK}<int:pk>/loeschen/", desk.remove, name="remove_newsletter"),
    path(f"{_DESK}<int:pk>/leser/", readers.readers, name="readers"),
    path(f"{_DESK}<int:pk>/leser/liste.<str:kind>", readers.readers_file, name="readers_file"),
    path(f"{_DESK}<int:pk>/leser/neu/", readers.enter, name="enter"),
    path(f"{_DESK}leser/<int:pk>/aufnehmen/", readers.admit, name="admit"),
    path(f"{_DESK}leser/<int:pk>/ablehnen/", readers.refuse, name="refuse"),
    path(f"{_DESK}leser/<int:pk>/entfernen/", readers.remove, name="remove"),
    path(f"{_DESK}<int:pk>/liste/", lists.send_list, name="send_list"),
    path(f"{_DESK}listen/<int:pk>/", lists.look, name="list"),
    path(f"{_DESK}listen/<int:pk>/verwerfen/", lists.discard, name="discard_list"),
    path(f"{_DESK}ausgaben/<int:pk>/", issues.issue, name="issue"),
    path(f"{_DESK}ausgaben/<int:pk>/vorschau/", issues.preview, name="preview"),
    path(f"{_DESK}ausgaben/<int:pk>/probe/", issues.try_it, name="try_it"),
    path(f"{_DESK}ausgaben/<int:pk>/loeschen/", issues.discard, name="discard"),
    path(f"{_DESK}ausgaben/<int:pk>/senden/", mailings.send, name="send"),
    path(f"{_DESK}ausgaben/<int:pk>/versand/", mailings.change, name="change_mailing"),
]
