"""Paths of the room on a municipality's host."""

from django.urls import URLPattern, path

from tracker.forum.views import contacts, examples, polls, talk

app_name = "forum"


def paths(base: str) -> list[URLPattern]:
    """Those that both hosts have, below `base`."""
    return [
        path(f"{base}", talk.topics, name="topics"),
        path(f"{base}themen/neu/", talk.add, name="add_topic"),
        path(f"{base}themen/<int:pk>/", talk.topic, name="topic"),
        path(f"{base}themen/<int:pk>/loeschen/", talk.remove_topic, name="remove_topic"),
        path(f"{base}antworten/<int:pk>/loeschen/", talk.remove_post, name="remove_post"),
        path(f"{base}beispiele/", examples.examples, name="examples"),
        path(f"{base}beispiele/neu/", examples.add, name="add_example"),
        path(f"{base}beispiele/<int:pk>/", examples.example, name="example"),
        path(f"{base}beispiele/<int:pk>/bearbeiten/", examples.edit, name="edit_example"),
        path(f"{base}beispiele/<int:pk>/loeschen/", examples.remove, name="remove_example"),
        path(f"{base}beispiele/<int:pk>/auch/", examples.use, name="use_example"),
        path(f"{base}beispiele/<int:pk>/dateien/<int:number>/", examples.file, name="file"),
        path(f"{base}beispiele/<int:pk>/texte/<int:number>/", examples.text, name="text"),
        path(f"{base}kontakte/", contacts.contacts, name="contacts"),
        path(f"{base}kontakte/<int:pk>/loeschen/", contacts.withdraw, name="withdraw_contact"),
        path(f"{base}umfragen/", polls.polls, name="polls"),
        path(f"{base}umfragen/<int:pk>/", polls.poll, name="poll"),
        path(f"{base}umfragen/<int:pk>/punkte/", polls.propose, name="propose"),
        path(f"{base}umfragen/punkte/<int:pk>/loeschen/", polls.take_back, name="take_back"),
    ]


urlpatterns = [
    *paths("plattform/austausch/"),
    path("plattform/austausch/kontakte/ich/", contacts.own, name="own_contact"),
]
