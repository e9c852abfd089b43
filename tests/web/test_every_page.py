"""Every address that answers a page, by itself: read from the URLconf, filled with the furniture of the access tests.

On the phone in the dark every time, on the desk and in the light in the slow tests: it fits, axe finds nothing, the
browser complains of nothing, and every control can be reached and seen with the keyboard. A new page is looked at
without anybody naming it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from pregon_web.accounts.models import Role
from tests.web.browsing import CHROMIUM, EVERY_LOOK, check_layout, find_barriers, keep_picture, open_page
from tests.web.sweep import CANARIES, World, addresses, arguments_of
from tests.web.towns import Town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]
READERS = (Role.EDITOR, Role.ADMINISTRATOR, Role.APPROVER, Role.REQUESTER, None)
PARTS = 3
FEWEST = 25
"""Pages of a part: they are looked at in parts, side by side."""
# A control under the keyboard's focus that looks as it did before cannot be found again by who does not use a mouse.
UNSEEN_FOCUS = """
() => {
  const shown = each => each.checkVisibility() && each.tabIndex >= 0 && !each.disabled && each.type !== 'hidden';
  const look = each => {
    const style = getComputedStyle(each);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor].join();
  };
  const unseen = [];
  const controls = 'a[href], button, input, select, textarea, summary';
  for (const each of [...document.querySelectorAll(controls)].filter(shown)) {
    document.activeElement.blur();
    const before = look(each);
    each.focus({focusVisible: true});
    if (document.activeElement !== each || look(each) === before) unseen.push(each.outerHTML.slice(0, 120));
  }
  return unseen;
}
"""


def pages_by_reader(world: World, slug: str) -> dict[Role | None, dict[str, str]]:
    """The path of every page by the first reader who is shown it, None being who has not signed in."""
    town = world.towns[slug]
    clients = {role: _client(town, role) for role in READERS}
    found: dict[Role | None, dict[str, str]] = {role: {} for role in READERS}
    for address in addresses():
        try:
            path = reverse(address.name, kwargs=arguments_of(world, address, slug))
        except NoReverseMatch:
            continue
        for role, client in clients.items():
            answer = client.get(path)
            if answer.streaming:
                list(answer)  # a file that is handed over is open until it is read
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                found[role][address.name] = path
                break
    return found


def _client(town: Town, role: Role | None) -> Client:
    client = Client(raise_request_exception=False)
    if role is not None:
        client.force_login(town.people[role])
    return client


def _come_in(page: Page, server: LiveServer, town: Town, role: Role | None) -> None:
    if role is not None:
        cookies = _client(town, role).cookies
        page.context.add_cookies(
            [{"name": name, "value": morsel.value, "url": server.url} for name, morsel in cookies.items()]
        )


def test_a_control_whose_focus_does_not_show_is_found(browser: Browser) -> None:
    page = open_page(browser, 1280, "light", [])
    page.set_content("<style>.a:focus { outline: none }</style><a class=a href=/>una</a><a href=/>otra</a>")
    assert page.evaluate(UNSEEN_FOCUS) == ['<a class="a" href="/">una</a>']
    page.context.close()


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("width", "scheme"), EVERY_LOOK)
def test_every_page_fits_is_plain_to_axe_and_shows_where_the_keyboard_is(
    browser: Browser, live_server: LiveServer, width: int, scheme: str, part: int
) -> None:
    world = World()
    slug = next(iter(CANARIES))
    world.settle(slug)
    wrong: list[object] = []
    seen = 0
    for role, paths in pages_by_reader(world, slug).items():
        complaints: list[str] = []
        page = open_page(browser, width, scheme, complaints)
        _come_in(page, live_server, world.towns[slug], role)
        for name, path in list(paths.items())[part::PARTS]:
            page.goto(live_server.url + path)
            page.evaluate("window.stop()")  # a page that comes again by itself stays while it is looked at
            try:
                check_layout(page)
            except AssertionError as error:
                wrong.append((name, str(error).splitlines()[0]))
            keep_picture(page, f"{name}-{width}-{scheme}")
            wrong += [(name, *barrier) for barrier in find_barriers(page)]
            wrong += [(name, "focus", unseen) for unseen in page.evaluate(UNSEEN_FOCUS)]
            wrong += [(name, complaint) for complaint in complaints]
            complaints.clear()
            seen += 1
        page.context.close()
    assert wrong == []
    assert seen >= FEWEST
