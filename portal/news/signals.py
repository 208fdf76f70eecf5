"""What other rooms may wish to know of the news."""

from django.dispatch import Signal

# The first item of a municipality was released. Sent within the transaction.
begun = Signal()
