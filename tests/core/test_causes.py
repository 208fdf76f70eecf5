"""Whoever looks for what led to an error comes to an end."""

from core.causes import causes
from tenants.running.unavailable import will_pass


def _ring():
    first, second = ValueError("first"), KeyError("second")
    first.__cause__, second.__context__ = second, first
    return first, second


def test_each_error_of_a_ring_once():
    first, second = _ring()
    assert list(causes(first)) == [first, second]
    assert list(causes(second)) == [second, first]
    assert will_pass(first) is False


def test_what_it_was_raised_from_counts_before_what_it_was_raised_during():
    error = KeyError()
    error.__cause__, error.__context__ = OSError(), ValueError()
    assert [type(each) for each in causes(error)] == [KeyError, OSError]
    assert list(causes(None)) == []
