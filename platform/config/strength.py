"""Secrets that anybody could guess: outside of the demo nothing starts with them.

A short key signs every link and session and seals second factors; a database open to the word “postgres” needs no hole
of ours. Said in one sentence with the way on, never with the secret itself.
"""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# As Django's own check of deployments (security.W009), which nobody runs on the machine that serves.
KEY_LENGTH, KEY_SIGNS = 50, 10
_NOT_OURS = ("django-insecure-", "demo-only-", "for-tests-only-", "changeme", "change-me", "bitte-aendern")
PASSWORD_LENGTH = 16
TOKEN_LENGTH = 20
_NEW = "python3 -c 'import secrets; print(secrets.token_urlsafe(60))'"


def refuse_weak_key(key: str, variable: str = "SECRET_KEY") -> None:
    """Raise ImproperlyConfigured for a key that is short, monotonous or one from an example."""
    if len(key) < KEY_LENGTH:
        why = f"has {len(key)} characters, at least {KEY_LENGTH} are needed"
    elif len(set(key)) < KEY_SIGNS:
        why = f"consists of {len(set(key))} different characters, at least {KEY_SIGNS} are needed"
    elif key.lower().startswith(_NOT_OURS):
        why = "is one of an example, which everybody knows"
    else:
        return
    raise ImproperlyConfigured(f"{variable} {why}. Make one: {_NEW}")


def refuse_weak_keys(key: str, fallbacks: list[str]) -> None:
    """The same for the key and those of before: what they signed is good as long as they stand there."""
    refuse_weak_key(key)
    for number, each in enumerate(fallbacks, 1):
        refuse_weak_key(each, f"Key {number} of SECRET_KEY_FALLBACKS")


def refuse_weak_password(variable: str, url: str) -> None:
    """The same for the password in a database's URL; none at all is the server's own way to know us (peer)."""
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and (len(password) < PASSWORD_LENGTH or len(set(password)) < PASSWORD_LENGTH // 2):
        raise ImproperlyConfigured(
            f"The password of {user or 'the account'} in {variable} is weak: at least {PASSWORD_LENGTH} characters, "
            f"half of them different. Make one ({_NEW}) and set it with ALTER ROLE … PASSWORD."
        )


def refuse_weak_token(variable: str, token: str) -> None:
    """The same for a token that opens something; empty closes it."""
    if token and len(token) < TOKEN_LENGTH:
        raise ImproperlyConfigured(
            f"{variable} has {len(token)} characters, at least {TOKEN_LENGTH} are needed. Make one: {_NEW}"
        )


def refuse_missing_password(variable: str, password: str, wanted_by: str, wanted: str) -> None:
    """A password that another setting needs; the other server judges whether it is strong."""
    if wanted and not password:
        raise ImproperlyConfigured(f"{wanted_by} is set and {variable} is not: set both or none.")
