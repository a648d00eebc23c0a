"""Answers that may be kept for a while: with their age and a tag, so that an unchanged one is not sent again."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja import Schema


def cached(request: HttpRequest, out: Schema | list[Any], *, seconds: int, private: bool = False) -> HttpResponse:
    """The answer with its tag; 304 where the caller already has it."""
    plain = [one.model_dump(mode="json") for one in out] if isinstance(out, list) else out.model_dump(mode="json")
    body = json.dumps(plain, ensure_ascii=False)
    tag = f'"{hashlib.sha256(_lasting(plain).encode()).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json; charset=utf-8", headers={"ETag": tag})
    response.headers["Cache-Control"] = f"{'private' if private else 'public'}, max-age={seconds}"
    patch_vary_headers(response, ["Authorization", "Accept-Language"])
    return get_conditional_response(request, etag=tag, response=response) or response


def _lasting(plain: Any) -> str:
    """What is tagged: everything but the moment of the answer."""
    kept = {key: value for key, value in plain.items() if key != "counted_at"} if isinstance(plain, dict) else plain
    return json.dumps(kept, ensure_ascii=False)
