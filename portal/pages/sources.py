"""What of a page can be translated."""

from portal.pages.models import Page
from portal.translation.sources import Source, Text, texts_of

TRANSLATED = ("title", "body")


def page_texts(page: Page) -> list[Text]:
    """Its title and its text."""
    return texts_of("seite", page, ["title"], markup=["body"])


def page_source(pk: int) -> Source | None:
    """A public page by its id."""
    page = Page.objects.public().filter(pk=pk).first()
    return Source(page.get_absolute_url(), page_texts(page)) if page else None
