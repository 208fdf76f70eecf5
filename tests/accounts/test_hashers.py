"""Hashes made by passlib 1.7.4, argon2-cffi 25.1 and bcrypt 5.0, so by none of the code under test."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from accounts import hashers

PASSWORD = "geheim-Ä-2018"
PBKDF2 = "$pbkdf2-sha256$25000$8PHy8/T19vf4.fr7/P3./w$43XXwLt88a/5okJfjwvTxVnUVVznLemDUcsGraJDeVY"
ARGON2I = "$argon2i$v=19$m=65536,t=16,p=2$MDEyMzQ1Njc4OWFiY2RlZg$yqtDIl//N3Krm8UEmfFt/mPmpOrxEB0hMUkzMxEgPFc"
BCRYPT = "$2y$04$abcdefghijklmnopqrstuu4cD51wM36f87ZpeSFK9MPui8.8lE1wi"
FOREIGN = [PBKDF2, ARGON2I, BCRYPT]


@pytest.fixture(autouse=True)
def our_hashers(settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "accounts.hashers.TYPO3PBKDF2Hasher",
        "accounts.hashers.TYPO3Argon2Hasher",
        "accounts.hashers.TYPO3BCryptHasher",
    ]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_an_adopted_hash_knows_its_password_and_no_other(foreign):
    encoded = hashers.adopt(foreign)

    assert len(encoded) <= 128, "Django's column"
    assert check_password(PASSWORD, encoded)
    assert not check_password("geheim-A-2018", encoded)
    assert not check_password("", encoded)


@pytest.mark.parametrize("foreign", FOREIGN)
def test_the_first_right_password_replaces_the_hash_and_a_wrong_one_does_not(foreign):
    encoded = hashers.adopt(foreign)
    stored = []

    assert not check_password("falsch", encoded, setter=lambda raw: stored.append(make_password(raw)))
    assert stored == []
    assert check_password(PASSWORD, encoded, setter=lambda raw: stored.append(make_password(raw)))
    assert [encoded.split("$")[0] for encoded in stored] == ["pbkdf2_sha256"]
    assert check_password(PASSWORD, stored[0])


@pytest.mark.parametrize("foreign", FOREIGN)
def test_the_summary_shows_neither_salt_nor_hash(foreign):
    encoded = hashers.adopt(foreign)
    shown = " ".join(identify_hasher(encoded).safe_summary(encoded).values())

    assert foreign.split("$")[-1] not in shown
    assert "*" in shown


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "geheim",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "$P$BabcdefghKQ4Q1kcfSeTGDpE6Q3oZc.",
        "$1$abcdefgh$G9x7UGmcJ7RUMbDDzzJNt0",
        "pbkdf2_sha256$1000$salt$hash",
        PBKDF2.replace("25000", "99999999"),
        ARGON2I.replace("m=65536", "m=99999999"),
        BCRYPT.replace("$04$", "$31$"),
        PBKDF2 + "\n",
        PBKDF2[:-1],
    ],
)
def test_hashes_that_are_unknown_or_would_cost_too_much_are_not_adopted(foreign):
    assert hashers.adopt(foreign) is None


def test_these_hashers_make_no_new_hashes():
    with pytest.raises(NotImplementedError):
        make_password("x", hasher="typo3_pbkdf2_sha256")
