"""Paths of the platform's own host."""

from django.urls import path

from operations import views
from operations.logs import views as logs

app_name = "operations"
urlpatterns = [
    path("", views.start, name="start"),
    path("betrieb/", views.console, name="console"),
    path("betrieb/kommunen/<slug:slug>/ansehen/", views.look, name="look"),
    path("betrieb/mails/", views.mails, name="mails"),
    path("betrieb/mails/erneut/", views.resend_failed, name="resend_failed"),
    path("betrieb/mails/<int:pk>/erneut/", views.resend_mail, name="resend_mail"),
    path("betrieb/protokoll/", logs.log, name="log"),
    path("betrieb/protokoll/liste.csv", logs.log_table, name="log_table"),
    path("betrieb/protokoll/liste.jsonl", logs.log_lines, name="log_lines"),
    path("betrieb/protokoll/pruefen/", logs.look_over, name="log_look_over"),
    path("betrieb/postausgang/", views.postbox, name="postbox"),
]
