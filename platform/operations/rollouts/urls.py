"""Paths of the room, all on the operator's host."""

from django.urls import path

from operations.rollouts import views

app_name = "rollouts"
_HERE = "betrieb/rollouts/"
urlpatterns = [
    path(_HERE, views.overview, name="overview"),
    path(f"{_HERE}plan/", views.ask_plan, name="ask_plan"),
    path(f"{_HERE}plan/<int:pk>/", views.plan, name="plan"),
    path(f"{_HERE}plan/<int:pk>/starten/", views.start, name="start"),
    path(f"{_HERE}abweichungen/", views.drift, name="drift"),
    path(f"{_HERE}abweichungen/pruefen/", views.ask_drift, name="ask_drift"),
    path(f"{_HERE}<int:pk>/", views.rollout, name="rollout"),
    path(f"{_HERE}<int:pk>/anhalten/", views.stop, name="stop"),
    path(f"{_HERE}<int:pk>/fortsetzen/", views.go_on, name="go_on"),
]
