"""Paths of the room on a municipality's host."""

from django.urls import path

from tracker.tickets.views import acting, listing, reporting, ticket

app_name = "tickets"
urlpatterns = [
    path("plattform/melden/", reporting.report, name="report"),
    path("plattform/melden/aehnlich/", reporting.look_alikes, name="look_alikes"),
    path("plattform/melden/<int:pk>/", reporting.draft, name="draft"),
    path("plattform/melden/<int:pk>/bild/", reporting.draft_picture, name="draft_picture"),
    path("plattform/melden/<int:pk>/pruefen/", reporting.check, name="check"),
    path("plattform/melden/<int:pk>/verwerfen/", reporting.discard, name="discard"),
    path("plattform/meldungen/", listing.mine, name="mine"),
    path("plattform/meldungen/unsere-kommune/", listing.settings, name="settings"),
    path("plattform/meldungen/bild/<int:pk>/", ticket.picture, name="picture"),
    path("plattform/meldungen/<int:pk>/", ticket.ticket, name="ticket"),
    path("plattform/meldungen/<int:pk>/kommentar/", acting.comment, name="comment"),
    path("plattform/meldungen/<int:pk>/kommentar/<int:comment>/zurueck/", acting.withdraw, name="withdraw"),
    path("plattform/meldungen/<int:pk>/notiz/", acting.note, name="note"),
    path("plattform/meldungen/<int:pk>/auch/", acting.concern, name="concern"),
    path("plattform/meldungen/<int:pk>/folgen/", acting.watch, name="watch"),
    path("plattform/meldungen/<int:pk>/wieder-oeffnen/", acting.reopen, name="reopen"),
    path("plattform/meldungen/<int:pk>/text/", acting.reword, name="reword"),
]
