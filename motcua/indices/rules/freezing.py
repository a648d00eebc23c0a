"""The words of published results: the same text is hashed, signed, and checked later."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

SIGNATURE: Final = "signature"


def body_of(results: Mapping[str, Any]) -> bytes:
    """Results without their signature as the one text that is hashed and signed."""
    plain = {key: value for key, value in results.items() if key != SIGNATURE}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def hash_of(results: Mapping[str, Any]) -> str:
    """SHA-256 of that text."""
    return hashlib.sha256(body_of(results)).hexdigest()
