"""Paths of the review, below `/redaktion/pruefen/`."""

from django.urls import path

from portal.editorial.review import changing, noting, sentences, trusting, views

app_name = "review"
urlpatterns = [
    path("redaktion/pruefen/kenntnis/", noting.noted_list, name="noted"),
    path("redaktion/pruefen/kenntnis/<int:pk>/", noting.noted, name="noted_one"),
    path("redaktion/pruefen/saetze/", sentences.sentences, name="sentences"),
    path("redaktion/pruefen/vertrauen/", trusting.trusted, name="trusted"),
    path("redaktion/pruefen/vertrauen/<int:pk>/", trusting.trust, name="trust"),
    path("redaktion/pruefen/zurueckholen/<int:pk>/", views.undo, name="undo"),
    path("redaktion/pruefen/<int:pk>/", views.review, name="review"),
    path("redaktion/pruefen/<int:pk>/vorschau/", views.preview, name="preview"),
    path("redaktion/pruefen/<int:pk>/freigeben/", views.approve, name="approve"),
    path("redaktion/pruefen/<int:pk>/aendern/", changing.change, name="change"),
    path("redaktion/pruefen/<int:pk>/zurueckgeben/", views.send_back, name="send_back"),
]
