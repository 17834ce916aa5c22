"""Debian's Chromium, driven by Playwright: how it is started and how a window is opened."""

import os
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Playwright

from accounts.models import User

CHROMIUM = Path("/usr/bin/chromium")
# Without these Chromium looks for its makers' servers, which nothing here may need.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {1280: 900, 390: 844}
"""A desk and a phone, each with its height."""
PATIENCE = 15_000  # milliseconds; the machine may be busy with other things


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=FLAGS,
        chromium_sandbox=os.geteuid() != 0,  # it does not start for root
    )


def open_context(
    browser: Browser,
    address: str,
    user: User | None = None,
    *,
    width: int = 1280,
    javascript: bool = True,
    scale: float = 1,
) -> BrowserContext:
    """Windows of one person, who is signed in by the cookie of a session."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": WIDTHS[width]},
        java_script_enabled=javascript,
        device_scale_factor=scale,
        locale="cs-CZ",
        timezone_id=settings.TIME_ZONE,
    )
    context.set_default_timeout(PATIENCE)
    if user:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return context
