"""Signatures of webhooks, ours and others'."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from courier.signing import (
    TOLERANCE,
    SignatureError,
    check_digest,
    check_standard,
    is_key,
    new_secret,
    signed,
)

# The examples of the specification and of its libraries.
EXAMPLES = [
    (
        "whsec_plJ3nmyCDGBKInavdOK15jsl",
        "msg_loFOjxBNrRLzqYUf",
        1731705121,
        b'{"event_type":"ping","data":{"success":true}}',
        "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    ),
    (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
]
NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
BODY = b'{"a":1}'


@pytest.mark.parametrize(("secret", "message", "moment", "body", "signature"), EXAMPLES)
def test_we_sign_as_the_examples_of_the_specification(secret, message, moment, body, signature):
    at = datetime.fromtimestamp(moment, UTC)
    assert signed(message, at, body, secret) == {
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature,
    }
    assert check_standard(signed(message, at, body, secret), body, secret, at) == message


def test_keys_are_fresh_and_known_as_such():
    assert new_secret() != new_secret()
    assert is_key(new_secret())
    assert not is_key("whsec_zu-kurz")
    assert not is_key("whsec_ä")
    assert not is_key("geheim")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"webhook-id": "msg_2"}, "wrong"),
        ({"webhook-id": ""}, "not signed"),
        ({"webhook-timestamp": str(int(NOW.timestamp()) + 1)}, "wrong"),
        ({"webhook-timestamp": "²"}, "not signed"),
        ({"webhook-timestamp": "9" * 400}, "not signed"),
        ({"webhook-signature": ""}, "wrong"),
        ({"webhook-signature": "v1,ä v2,x"}, "wrong"),
    ],
)
def test_what_was_changed_on_the_way_is_refused(change, why):
    secret = new_secret()
    headers = {**signed("msg_1", NOW, BODY, secret), **change}
    with pytest.raises(SignatureError, match=why):
        check_standard(headers, BODY, secret, NOW)


def test_another_body_or_key_is_refused():
    secret = new_secret()
    headers = signed("msg_1", NOW, BODY, secret)
    for body, key in ((b'{"a":2}', secret), (BODY, new_secret())):
        with pytest.raises(SignatureError, match="wrong"):
            check_standard(headers, body, key, NOW)


def test_one_good_signature_among_several_is_enough_for_keys_that_change():
    old, new = new_secret(), new_secret()
    headers = signed("msg_1", NOW, BODY, old)
    headers["webhook-signature"] = (
        f"v1a,x {signed('msg_1', NOW, BODY, new)['webhook-signature']} " + headers["webhook-signature"]
    )
    assert check_standard(headers, BODY, old, NOW) == check_standard(headers, BODY, new, NOW) == "msg_1"


@pytest.mark.parametrize("seconds", [TOLERANCE + 1, -TOLERANCE - 1])
def test_an_old_one_and_one_from_the_future_are_refused(seconds):
    secret = new_secret()
    headers = signed("msg_1", NOW, BODY, secret)
    with pytest.raises(SignatureError, match="old"):
        check_standard(headers, BODY, secret, NOW + timedelta(seconds=seconds))
    assert check_standard(headers, BODY, secret, NOW + timedelta(seconds=TOLERANCE)) == "msg_1"


def test_a_digest_is_the_senders_and_of_this_body():
    right = hmac.new(b"geheim", BODY, hashlib.sha256).hexdigest()
    assert check_digest(f"sha256={right}", BODY, "geheim") == check_digest(right, BODY, "geheim") == right
    for given, body, secret in (("", BODY, "geheim"), (right, b"{}", "geheim"), (right, BODY, "x"), ("ä", BODY, "x")):
        with pytest.raises(SignatureError):
            check_digest(given, body, secret)


def test_the_example_of_github():
    """From GitHub's page “Validating webhook deliveries”."""
    given = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert check_digest(given, b"Hello, World!", "It's a Secret to Everybody")
