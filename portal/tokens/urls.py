from django.urls import path

from portal.tokens import views

app_name = "tokens"
urlpatterns = [
    path("redaktion/zugaenge/", views.show, name="list"),
    path("redaktion/zugaenge/neu/", views.add, name="add"),
    path("redaktion/zugaenge/<int:pk>/sperren/", views.revoke, name="revoke"),
]
