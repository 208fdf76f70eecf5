"""Topics of editors, and what others answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.forum.models.authors import Searched, Written

TITLE, TEXT = 120, 8000


class Topic(Searched, Written):
    """A question or an idea that is about the work, not about the software: “How do you win providers?”."""

    title = fields.CharField(_("title"), max_length=TITLE)
    text = fields.CharField(_("text"), max_length=TEXT)
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("-moved_at", "-id")
        constraints = (models.CheckConstraint(name="forum_topic_title_given", condition=~Q(title="")),)
        indexes = (models.Index(fields=("-moved_at", "-id"), name="forum_topic_moved"),)

    def __str__(self) -> str:
        return self.title


class Post(Written):
    """An answer to a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    text = fields.CharField(_("answer"), max_length=TEXT)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.topic}: {self.text[:60]}"
