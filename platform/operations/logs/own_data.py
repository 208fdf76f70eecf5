"""What somebody of the operator did, in their own data in the words of the platform's log."""

from audit.reading import deeds_of
from core.own_data import reword
from operations.logs.book import BOOK

reword("protokoll", lambda user: deeds_of(user, BOOK), in_municipality=False)
