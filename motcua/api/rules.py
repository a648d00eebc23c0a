"""Decisions about keys: what a secret looks like, how it is kept, in which of a person's posts it acts."""

import hashlib
from collections.abc import Sequence
from typing import Final

MARK: Final = "motcua_"
"""How every secret begins, so that scanners of leaked secrets know it."""
LONGEST_SECRET: Final = 200


def hash_of(secret: str) -> str:
    """The secret holds 256 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_in(header: str) -> str:
    """The secret in an Authorization header; `""` where there is none of ours."""
    kind, _space, secret = header.strip().partition(" ")
    secret = secret.strip()
    ours = kind.lower() == "bearer" and secret.startswith(MARK) and secret.isascii() and len(secret) <= LONGEST_SECRET
    return secret if ours else ""


def post_used(posts: Sequence[tuple[int, str]], agency: int | None) -> tuple[int | None, frozenset[str]]:
    """The agency and roles in which a key acts: those it was made for, else those of the post held longest."""
    if agency is None and posts:
        agency = posts[0][0]
    roles = frozenset(role for place, role in posts if place == agency)
    return (agency, roles) if roles else (None, frozenset())
