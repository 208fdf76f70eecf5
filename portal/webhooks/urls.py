from django.urls import path

from portal.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("redaktion/webhooks/", views.show, name="list"),
    path("redaktion/webhooks/neu/", views.add, name="add"),
    path("redaktion/webhooks/<int:pk>/", views.edit, name="edit"),
    path("redaktion/webhooks/<int:pk>/probe/", views.try_it, name="try"),
    path("redaktion/webhooks/<int:pk>/schluessel/", views.renew, name="renew"),
    path("redaktion/webhooks/<int:pk>/loeschen/", views.delete, name="delete"),
    path("redaktion/webhooks/<int:pk>/<int:delivery>/erneut/", views.resend, name="resend"),
]
