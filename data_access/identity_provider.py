"""The district's own single sign-on, if it has one: an OpenID Connect provider named by OIDC_ISSUER, asked only when
somebody signs in.

Authorization code with PKCE, state and nonce. Nothing is asked of it at the start, and nothing but it is asked.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.single_sign_on import Asked, Vouched

SECONDS = 10  # to wait for the provider
HOUR = 3600
LEEWAY = 120  # seconds by which the two clocks may differ
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


class ProviderFailed(Exception):
    """The provider did not answer, or what it answered does not hold."""


def is_configured() -> bool:
    return bool(os.environ.get("OIDC_ISSUER") and os.environ.get("OIDC_CLIENT_ID"))


def provider_name() -> str | None:
    """Return what the button says; None where there is no provider."""
    return (os.environ.get("OIDC_NAME") or "统一认证") if is_configured() else None


def ask(redirect_to: str) -> tuple[str, Asked]:
    """Return the provider's address to send the browser to, and what it has to bring back. Raises ProviderFailed."""
    question = Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    address, _ = _client(redirect_to).create_authorization_url(
        _told("authorization_endpoint"), state=question.state, nonce=question.nonce, code_verifier=question.verifier
    )
    return str(address), question


def vouched_for(question: Asked, code: str, redirect_to: str) -> Vouched:
    """Return for whom the provider vouches in exchange for the code that the browser brought back. Raises
    ProviderFailed.
    """
    client = _client(redirect_to)
    try:
        token = client.fetch_token(_told("token_endpoint"), code=code, code_verifier=question.verifier, timeout=SECONDS)
        claims = _claims(token, question.nonce)
        name = claims.get("preferred_username") or _about(client).get("preferred_username")
    except (requests.RequestException, AuthlibBaseError, JoseError, KeyError, ValueError) as problem:
        raise ProviderFailed(str(problem)) from problem
    return Vouched(f"{_issuer()} {claims['sub']}", str(name or ""))


def _claims(token: Mapping[str, Any], nonce: str) -> CodeIDToken:
    """Signed by the provider, for us, for this very sign-in, and not expired."""
    keys = KeySet.import_key_set(_fetched(_told("jwks_uri")))
    signed = jwt.decode(token["id_token"], keys, algorithms=SIGNED_BY)
    client_id = os.environ["OIDC_CLIENT_ID"]
    claims = CodeIDToken(
        signed.claims,
        signed.header,
        {"iss": {"essential": True, "value": _issuer()}, "aud": {"essential": True, "value": client_id}},
        {"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")},
    )
    claims.validate(leeway=LEEWAY)
    return claims


def _about(client: OAuth2Session) -> dict[str, Any]:
    """What the provider tells of the person beside the identity token."""
    answer = client.get(_told("userinfo_endpoint"), timeout=SECONDS)
    answer.raise_for_status()
    return dict(answer.json())


def _client(redirect_to: str) -> OAuth2Session:
    return OAuth2Session(
        os.environ["OIDC_CLIENT_ID"],
        os.environ.get("OIDC_CLIENT_SECRET"),
        scope="openid profile",
        redirect_uri=redirect_to,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if os.environ.get("OIDC_CLIENT_SECRET") else "none",
    )


def _issuer() -> str:
    return os.environ["OIDC_ISSUER"].rstrip("/")


def _told(name: str) -> str:
    """From the provider's own description, kept for an hour. Raises ProviderFailed."""
    try:
        return str(_description(_issuer(), int(time.time() // HOUR))[name])
    except (requests.RequestException, KeyError, ValueError) as problem:
        raise ProviderFailed(str(problem)) from problem


@lru_cache(maxsize=2)
def _description(issuer: str, hour: int) -> dict[str, Any]:
    metadata: dict[str, Any] = _fetched(f"{issuer}/.well-known/openid-configuration")
    if str(metadata.get("issuer", "")).rstrip("/") != issuer:
        raise ValueError(f"the provider calls itself {metadata.get('issuer')}, not {issuer}")
    return metadata


def _fetched(address: str) -> Any:
    answer = requests.get(address, timeout=SECONDS)
    answer.raise_for_status()
    return answer.json()
