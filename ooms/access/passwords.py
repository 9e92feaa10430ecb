"""What makes a password acceptable: length and no guessable words, no rule of composition.

NIST SP 800-63B (section on passwords): a length, no composition rules, and a comparison with what
attackers try first, such as the service's and the user's own names.
"""

from __future__ import annotations

LEAST_PASSWORD = 10  # characters; NIST SP 800-63B asks for 8, single-factor for more
_LEAST_KINDS = 5  # different characters; fewer is a pattern such as "aaaaaaaaaa"
_WORTH_COMPARING = 4  # shorter parts of a name stand in honest passwords by chance
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789")
#: What attackers try first, as stems: digits and punctuation around them change little.
_STEMS = frozenset({"admin", "changeme", "customs", "iloveyou", "letmein", "password", "welcome"})


def weakness_of(password: str, *, login: str, name: str) -> str:
    """Tell why a password is too easy to guess; an empty text when it is not."""
    if len(password) < LEAST_PASSWORD:
        return f"needs at least {LEAST_PASSWORD} characters"
    lowered = password.casefold()
    if len(set(lowered)) < _LEAST_KINDS:
        return "repeats a few characters"
    letters = "".join(sign for sign in lowered if sign.isalpha())
    if letters in _STEMS or any(lowered in run or lowered in run[::-1] for run in _RUNS):
        return "is among the first that are tried"
    if any(_is_little_more(lowered, than=word) for word in (login, *name.split())):
        return "is the person's own name with little added"
    return ""


def _is_little_more(password: str, *, than: str) -> bool:
    word = than.casefold()
    added = len(password) - len(word)
    return len(word) >= _WORTH_COMPARING and word in password and added < _WORTH_COMPARING
