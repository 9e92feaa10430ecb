"""Recovery codes: saved on paper, each takes the place of a lost second factor once.

Look-up secrets in the words of NIST SP 800-63B.  A code has 120 random bits, more than the 112
from which on a plain digest keeps it (SP 800-63B-3, 5.1.2.2); wrong ones count as wrong log-ins.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

CODES = 10
CODE_BYTES = 15  # 24 letters and digits when written down
_GROUP = 4
#: What people read for letters that look like them; neither is in the alphabet (RFC 4648, 6).
_MISREAD = str.maketrans({"0": "O", "8": "B", "-": "", " ": ""})


def drawn(noise: Callable[[int], bytes]) -> tuple[str, ...]:
    """Draw fresh codes, as they are written down."""
    return tuple(_written(noise(CODE_BYTES)) for _ in range(CODES))


def digest_of(code: str, *, owner: str) -> str:
    """Digest a code, however it is spaced, so that two owners' alike codes are not alike."""
    bare = code.upper().translate(_MISREAD)
    return hashlib.sha256(f"{owner}:{bare}".encode()).hexdigest()


def _written(noise: bytes) -> str:
    text = base64.b32encode(noise).decode()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
