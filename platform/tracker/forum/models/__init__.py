"""What the municipalities tell one another."""

from tracker.forum.models.contacts import Contact
from tracker.forum.models.examples import Block, Example, ExampleFile, Use
from tracker.forum.models.polls import AgendaItem, Choice, DateAnswer, Option, Poll, PollDate, Question, Support
from tracker.forum.models.talk import Post, Topic

__all__ = [
    "AgendaItem",
    "Block",
    "Choice",
    "Contact",
    "DateAnswer",
    "Example",
    "ExampleFile",
    "Option",
    "Poll",
    "PollDate",
    "Post",
    "Question",
    "Support",
    "Topic",
    "Use",
]
