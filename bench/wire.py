"""A request of the wire by itself, without wrk: to look at its answer and count its statements."""

import http.client
from urllib.parse import urlsplit
from uuid import uuid4

from bench.counting import ASKED, TOLD
from bench.scenes.scene import Request, Turn
from motcua.base.errors import Refused


def call(address: str, request: Request) -> tuple[int, bytes]:
    """One request of the wire by itself: the number of its statements and its answer."""
    method, path, headers, body = parsed(request)
    headers[ASKED] = "1"
    where = urlsplit(address)
    link = http.client.HTTPConnection(where.hostname or "", where.port or 80, timeout=30)
    link.request(method, path, body or None, headers)
    answer = link.getresponse()
    text = answer.read()
    if answer.status not in (200, 201):
        raise Refused(f"{method} {path}: {answer.status} {text[:500].decode(errors='replace')}")
    told = answer.getheader(TOLD)
    link.close()
    return int(told or 0), text


def parsed(request: Request) -> tuple[str, str, dict[str, str], str]:
    """Method, path, headers and body of a request of the wire, with a key and a version of its own."""
    text = request.first.replace("@V@", str(request.version)) if isinstance(request, Turn) else request
    head, _blank, body = text.replace("@KEY@", uuid4().hex).partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    headers.pop("Content-Length", None)
    method, path, _version = first.split(" ")
    return method, path, headers, body
