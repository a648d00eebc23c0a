"""An identity provider for tests: speaks OpenID Connect over loopback (discovery, authorisation code with PKCE, RS256, userinfo)."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, KEY = "motcua", "bi-mat", "khoa-1"


@dataclass
class Provider:
    """Whom it vouches for, and how it is to misbehave."""

    claims: dict[str, Any] = field(default_factory=dict)
    token: dict[str, Any] = field(default_factory=dict)
    """What the identity token says otherwise than it should."""
    denies: bool = False
    """The person says no on the page of the provider."""
    url: str = ""
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @property
    def app(self) -> dict[str, Any]:
        """The entry of OIDC_PROVIDERS."""
        return {
            "provider_id": "vneid",
            "name": "VNeID",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": f"{self.url}/.well-known/openid-configuration"},
        }


class _Talk(BaseHTTPRequestHandler):
    server: "_Server"

    def log_message(self, *_args: Any) -> None:
        """Silent."""

    def do_GET(self) -> None:
        provider, parts = self.server.provider, urlsplit(self.path)
        provider.asked.append(parts.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                self._json(
                    {
                        "issuer": provider.url,
                        "authorization_endpoint": f"{provider.url}/authorize",
                        "token_endpoint": f"{provider.url}/token",
                        "userinfo_endpoint": f"{provider.url}/userinfo",
                        "jwks_uri": f"{provider.url}/jwks",
                        "response_types_supported": ["code"],
                        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                        "code_challenge_methods_supported": ["S256"],
                    }
                )
            case "/authorize":
                self._authorize({name: values[0] for name, values in parse_qs(parts.query).items()})
            case "/jwks":
                key = json.loads(RSAAlgorithm.to_jwk(provider.key.public_key()))
                self._json({"keys": [{**key, "kid": KEY, "use": "sig", "alg": "RS256"}]})
            case "/userinfo" if self.headers.get("Authorization") == "Bearer the-vao":
                self._json(provider.claims)
            case _:
                self._json({"error": "invalid_token"}, 401)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        sent = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        provider = self.server.provider
        provider.asked.append(self.path)
        asked = provider.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != proof or not self._knows_secret(sent):
            self._json({"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        token = {"iss": provider.url, "aud": CLIENT, "iat": now, "exp": now + 300, **provider.claims, **provider.token}
        if "nonce" in asked:
            token["nonce"] = asked["nonce"]
        signed = jwt.encode(token, provider.key, algorithm="RS256", headers={"kid": KEY})
        self._json({"access_token": "the-vao", "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    def _knows_secret(self, sent: dict[str, str]) -> bool:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        return sent.get("client_secret") == SECRET or self.headers.get("Authorization") == f"Basic {basic}"

    def _authorize(self, asked: dict[str, str]) -> None:
        provider = self.server.provider
        answer = {"state": asked["state"]}
        if provider.denies:
            answer["error"] = "access_denied"
        else:
            assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
            answer["code"] = f"ma-{len(provider.asked)}"
            provider.codes[answer["code"]] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def _json(self, value: Any, status: int = 200) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    provider: Provider


@contextmanager
def identity_provider(**claims: Any) -> Iterator[Provider]:
    """A provider that vouches for a person with these claims, for the time of the block."""
    server = _Server(("127.0.0.1", 0), _Talk)
    server.provider = Provider(
        claims={"sub": "051185000777", **claims}, url=f"http://127.0.0.1:{server.server_address[1]}"
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
