"""Passwords: the rule for a new one, Argon2 to keep and compare them, and one-time passwords."""

from __future__ import annotations

import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.access.refusal import RefusedRequest

SHORTEST, LONGEST = 10, 128
FEWEST_CHARACTERS = 5  # different ones: “1111111111” is long and no password
ROWS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
COMMON = frozenset(
    (
        "password123",
        "password1234",
        "passw0rd123",
        "p@ssw0rd123",
        "password12345",
        "passwordpassword",
        "iloveyou123",
        "letmein1234",
        "welcome1234",
        "administrator",
        "administrator1",
        "admin12345",
        "admin123456",
        "adminadmin",
        "admin@123456",
        "root123456",
        "test123456",
        "user123456",
        "1q2w3e4r5t",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "qazwsxedcrfv",
        "1qazxsw23edc",
        "qwer123456",
        "qwerty12345",
        "qwerty123456",
        "asdf123456",
        "zxcvbnm123",
        "abc1234567",
        "abcd123456",
        "abc123456789",
        "a123456789",
        "aa123456789",
        "a1234567890",
        "123456789a",
        "1234567890a",
        "123456789abc",
        "123123123a",
        "112233445566",
        "1122334455",
        "5201314520",
        "woaini1314",
        "woaini1314520",
        "woaini520520",
        "zhengwu123",
        "zwfw123456",
        "zwfw@123456",
        "huawei12#$",
        "changeme123",
        "changeme1234",
    )
)
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is taken for something else on paper

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def plain(password: str) -> str:
    """Return the one form of a password however the keyboard composed it."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    return _hasher.hash(plain(password))


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return hashed(secrets.token_urlsafe())


def matches(stored: str | None, password: str) -> bool:
    """Takes the same time where there is nothing to compare with."""
    try:
        right = len(password) <= LONGEST and _hasher.verify(stored or _nobodys(), plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Return whether a password was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def one_time_password() -> str:
    """Return a password of twelve characters in three groups, some 59 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))


def check_new(password: str, account: str) -> None:
    """Refuse a password that is too short or a known one, as NIST SP 800-63B has it; there is no rule about kinds of
    characters. Raises RefusedRequest.
    """
    typed = plain(password).casefold()
    if len(typed) < SHORTEST:
        raise RefusedRequest(f"密码至少 {SHORTEST} 个字符，可以用几个词连成一句。")
    if len(typed) > LONGEST:
        raise RefusedRequest(f"密码最多 {LONGEST} 个字符。")
    if account.casefold() in typed and len(account) * 2 > len(typed):
        raise RefusedRequest("密码不能由账号名简单变化而来，请换一个。")
    if typed in COMMON or len(set(typed)) < FEWEST_CHARACTERS or any(typed in row for row in ROWS):
        raise RefusedRequest("这个密码过于常见，容易被猜到，请换一个。")
