"""Password hashes of a TYPO3 installation, so that the users of a portal taken over keep their passwords.

`adopt` turns what TYPO3 wrote into what Django's password column holds: an algorithm's name before it. The
classes below verify it; list them in settings.PASSWORD_HASHERS after the preferred one. As their algorithm is
not the preferred one, Django itself writes its own hash at the first successful sign-in. They make no hashes
for storage. Formats: TYPO3 10.4 `core/Classes/Crypto/PasswordHashing/`, PHC string format, passlib's ab64.
"""

import base64
import binascii
import hashlib
import re
from typing import Any

import bcrypt
from django.contrib.auth.hashers import Argon2PasswordHasher, BasePasswordHasher, mask_hash
from django.utils.crypto import constant_time_compare

# The bounds on rounds and memory keep a crafted dump from turning a sign-in into a denial of service.
_PBKDF2 = re.compile(r"\$pbkdf2-sha256\$([1-9]\d{2,6})\$[A-Za-z0-9./]{8,64}\$[A-Za-z0-9./]{43}")
_ARGON2 = re.compile(r"\$argon2(?:i|id)\$v=19\$m=\d{1,6},t=\d{1,2},p=\d{1,2}\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+")
_BCRYPT = re.compile(r"\$2y\$(?:0[4-9]|1[0-6])\$[A-Za-z0-9./]{53}")


def adopt(foreign: str) -> str | None:
    """The value for `User.password` that lets TYPO3's hash `foreign` go on working; None for other hashes.

    None means the account needs a new password: MD5-based hashes of TYPO3 8 and older (`$1$`, `$P$`) are
    not worth carrying, and nothing else is TYPO3's.
    """
    for pattern, algorithm in (
        (_PBKDF2, TYPO3PBKDF2Hasher.algorithm),
        (_ARGON2, TYPO3Argon2Hasher.algorithm),
        (_BCRYPT, TYPO3BCryptHasher.algorithm),
    ):
        if pattern.fullmatch(foreign):
            return algorithm + foreign
    return None


class ForeignHasher(BasePasswordHasher):
    """Verifies hashes of somebody else's; asked to make one, it refuses."""

    algorithm: str

    def encode(self, password: str, salt: str) -> str:
        raise NotImplementedError(f"{self.algorithm} only verifies hashes taken over from TYPO3")

    def salt(self) -> str:
        raise NotImplementedError(f"{self.algorithm} only verifies hashes taken over from TYPO3")

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to do: Django asks only hashers that are the preferred one, which these never are."""

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        *_method, salt, checksum = encoded.split("$")
        return {
            "algorithm": self.algorithm,
            "salt": mask_hash(salt),
            "hash": mask_hash(checksum),
        }


class TYPO3PBKDF2Hasher(ForeignHasher):
    """`$pbkdf2-sha256$25000$salt$hash`. Django's own wants the salt as text; here it is 16 raw bytes."""

    algorithm = "typo3_pbkdf2_sha256"

    def verify(self, password: str, encoded: str) -> bool:
        _algorithm, _method, rounds, salt, checksum = encoded.split("$")
        derived = hashlib.pbkdf2_hmac("sha256", password.encode(), from_ab64(salt), int(rounds))
        return constant_time_compare(derived, from_ab64(checksum))


class TYPO3Argon2Hasher(ForeignHasher):
    """`$argon2i$…` and `$argon2id$…`: verified by Django's hasher, under a name never preferred."""

    algorithm = "typo3_argon2"

    def verify(self, password: str, encoded: str) -> bool:
        django = Argon2PasswordHasher()
        return django.verify(password, "argon2" + encoded.removeprefix(self.algorithm))


class TYPO3BCryptHasher(ForeignHasher):
    """`$2y$…` of the Base64 of SHA-384 of the password: TYPO3's way past bcrypt's 72 bytes."""

    algorithm = "typo3_bcrypt_sha384"

    def verify(self, password: str, encoded: str) -> bool:
        prepared = base64.b64encode(hashlib.sha384(password.encode()).digest())
        return bool(bcrypt.checkpw(prepared, encoded.removeprefix(self.algorithm).encode()))


def from_ab64(text: str) -> bytes:
    """passlib's Base64: "." for "+", no padding."""
    return binascii.a2b_base64(text.replace(".", "+") + "=" * (-len(text) % 4))
