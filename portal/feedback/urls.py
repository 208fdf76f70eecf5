"""Paths of the room."""

from django.urls import path, re_path

from portal.feedback import desk, statement, views

app_name = "feedback"
# As portal.offers.urls has them: at most 18 digits.
OFFER = r"^angebote/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/"
PROVIDER = r"^anbieter/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/"
EITHER = r"^(?P<thing>angebote|anbieter)/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/"
urlpatterns = [
    re_path(rf"{OFFER}kontakt/$", views.contact_offer, name="contact_offer"),
    re_path(rf"{PROVIDER}kontakt/$", views.contact_provider, name="contact_provider"),
    re_path(rf"{EITHER}kontakt/danke/$", views.contact_sent, name="contact_sent"),
    re_path(rf"{OFFER}melden/$", views.wrong_offer, name="wrong_offer"),
    re_path(rf"{PROVIDER}melden/$", views.wrong_provider, name="wrong_provider"),
    re_path(rf"{EITHER}melden/danke/$", views.wrong_sent, name="wrong_sent"),
    path("kontakt/schreiben/", views.question, name="question"),
    path("kontakt/schreiben/danke/", views.question_sent, name="question_sent"),
    path("barrierefreiheit/", statement.show, name="statement"),
    path("barrierefreiheit/melden/", views.barrier, name="barrier"),
    path("barrierefreiheit/melden/danke/", views.barrier_sent, name="barrier_sent"),
    path("redaktion/barrierefreiheit/", statement.edit, name="statement_edit"),
    path("redaktion/meldungen/", desk.cases, name="cases"),
    path("redaktion/meldungen/<int:pk>/", desk.case, name="case"),
    path("redaktion/meldungen/<int:pk>/antworten/", desk.answer, name="answer"),
    path("redaktion/meldungen/<int:pk>/stand/", desk.move, name="move"),
    path("redaktion/meldungen/<int:pk>/notiz/", desk.note, name="note"),
]
