"""Signing in with the institution's account at Microsoft or Google, where the environment configures it."""

import os
from typing import Any
from urllib.parse import urlsplit

MICROSOFT = "https://login.microsoftonline.com/{tenant}/v2.0"
GOOGLE = "https://accounts.google.com"


def openid_apps() -> list[dict[str, Any]]:
    """The apps of allauth for the providers that the environment names.

    `PREGON_MICROSOFT_CLIENT_ID`, `PREGON_MICROSOFT_CLIENT_SECRET` and `PREGON_MICROSOFT_TENANT`;
    `PREGON_GOOGLE_CLIENT_ID` and `PREGON_GOOGLE_CLIENT_SECRET`.

    Microsoft does not say whether an address was verified; with the tenant named, the addresses are the institution's
    own directory's, and count as verified. Without a tenant, anybody's directory would: then there is no Microsoft.
    """
    apps = []
    tenant = os.environ.get("PREGON_MICROSOFT_TENANT", "")
    if tenant and os.environ.get("PREGON_MICROSOFT_CLIENT_ID"):
        settings = {"server_url": MICROSOFT.format(tenant=tenant), "verified_email": True}
        apps.append(_app("microsoft", "Microsoft", "PREGON_MICROSOFT", settings))
    if os.environ.get("PREGON_GOOGLE_CLIENT_ID"):
        apps.append(_app("google", "Google", "PREGON_GOOGLE", {"server_url": GOOGLE}))
    return apps


def _app(provider_id: str, name: str, prefix: str, settings: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": provider_id,
        "name": name,
        "client_id": os.environ[f"{prefix}_CLIENT_ID"],
        "secret": os.environ.get(f"{prefix}_CLIENT_SECRET", ""),
        "settings": {"uid_field": "sub", **settings},
    }


def origins_of(apps: list[dict[str, Any]]) -> list[str]:
    """Where the browser is sent to sign in: the only addresses besides our own that a form may lead to."""
    places = (urlsplit(app["settings"]["server_url"]) for app in apps)
    return [f"{place.scheme}://{place.netloc}" for place in places]
