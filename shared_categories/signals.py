"""What others hear of the catalogue."""

from django.dispatch import Signal

# A release is issued. Sent on the operator's side, in the transaction of the release, with `number`: whoever has to
# tell municipalities defers jobs. Receivers read it by `shared_categories.reading`.
released = Signal()
