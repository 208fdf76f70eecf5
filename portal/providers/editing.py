"""Everything that is done with the text and the state of a provider's profile (see `portal.offers.editing`)."""

from portal.providers.kind import KIND
from portal.revisions.verbs import Verbs

verbs = Verbs(KIND)
begin, autosave, submit = verbs.begin, verbs.autosave, verbs.submit
withdraw, approve, send_back, restore = verbs.withdraw, verbs.approve, verbs.send_back, verbs.restore
discard_working, put_aside = verbs.discard_working, verbs.put_aside
differences, missing, content_of = verbs.differences, verbs.missing, verbs.content_of
history, waiting_for, returned_to, working_of = verbs.history, verbs.waiting_for, verbs.returned_to, verbs.working_of
