"""Pages in Debian's Chromium, looked at by eye of the machine: layout, axe, and a picture for people."""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (1280, 390)
_LATER = pytest.mark.slow
LOOKS = (
    (1280, "light"),
    pytest.param(390, "dark", marks=_LATER),
    pytest.param(1280, "dark", marks=_LATER),
    pytest.param(390, "light", marks=_LATER),
)
"""How the pages of an app are looked at, with its own furniture: on the desk every time, the rest in the slow tests."""
SLOW_LOOKS = tuple(pytest.param(width, scheme, marks=_LATER) for width in WIDTHS for scheme in ("light", "dark"))
"""For pages that `test_every_page` looks at each time too: with their own furniture in the slow tests."""
EVERY_LOOK = (
    (390, "dark"),
    pytest.param(1280, "light", marks=_LATER),
    pytest.param(1280, "dark", marks=_LATER),
    pytest.param(390, "light", marks=_LATER),
)
"""How every page is looked at: on the phone in the dark every time."""
# Where the pictures go that a person looks at: PREGON_PICTURES, or nowhere.
PICTURES = os.environ.get("PREGON_PICTURES", "")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def open_page(browser: Browser, width: int, scheme: str, complaints: list[str], *, scripts: bool = True) -> Page:
    """A page of that width and theme, in a context of its own; what the browser complains of is added."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def check_layout(page: Page) -> None:
    """Nothing sticks out sideways; one main landmark, one h1, a language; no heading level is skipped."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "es-CO"
    nameless = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
        ".filter(field => !field.labels.length && !field.getAttribute('aria-label')).length"
    )
    assert nameless == 0
    repeated = page.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map(each => each.id);"
        " return ids.filter((id, place) => ids.indexOf(id) !== place); })()"
    )
    assert repeated == []


@cache
def axe_script() -> str:
    """axe-core, as its Python package carries it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def find_barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, each with its places: WCAG 2.0 to 2.2, A and AA, and its best practices, every fold open.

    It is evaluated from outside the page, which the page's own policy does not forbid.
    """
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(each => { each.open = true; })")
    page.evaluate(axe_script())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)
    return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found["violations"]]


def keep_picture(page: Page, name: str) -> None:
    """The whole page as a picture, where somebody asked for them."""
    if PICTURES:
        safe = re.sub(r"[^a-z0-9-]+", "-", name.casefold())
        page.screenshot(path=Path(PICTURES) / f"{safe}.png", full_page=True)
