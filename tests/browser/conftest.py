"""A real site with the demo's data, and a real Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.browser.looking import watch

CHROMIUM = os.environ.get("LIANSHANG_CHROMIUM") or shutil.which("chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
COMMAND = [sys.executable, "-c", "from lianshang.cli import main; main()"]
DATABASE = f"demo_browser_{os.environ.get('LIANSHANG_DATABASE', 'lianshang')}"
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test here drives the browser; without one they are left out.

    They come last: the driver's event loop stays with the process, and Django's ORM refuses to work
    beside one.
    """
    here = [item for item in items if item.path.is_relative_to(os.path.dirname(__file__))]
    items[:] = [item for item in items if item not in here] + here
    for item in here:
        item.add_marker("browser")
    if here and CHROMIUM is None:
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if item not in here]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.write_line(
            "No Chromium: the browser tests were left out (install it, or set LIANSHANG_CHROMIUM)."
        )


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a running demo of size S, with the data of today."""
    environment = {**os.environ, "LIANSHANG_DEMO_DATABASE": DATABASE}
    subprocess.run(
        [*COMMAND, "demo", "--size", "S", "--once"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=600,
    )
    port = free_port()
    environment |= {"LIANSHANG_DATABASE": DATABASE, "LIANSHANG_DEMO": "1"}
    server = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://localhost:{port}"
        wait_until_it_answers(f"{address}/ui/offline/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        if server.poll() is not None:
            pytest.fail(f"The site ended with exit code {server.returncode}.")
        try:
            urllib.request.urlopen(url, timeout=5)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("The site did not answer within 30 seconds.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in(site: str, browser: Browser) -> Callable[[str], StorageState]:
    """The cookies of a demo account, entered once by the door of the demo."""
    known: dict[str, StorageState] = {}

    def enter(username: str) -> StorageState:
        if username not in known:
            context = browser.new_context(base_url=site)
            page = context.new_page()
            page.goto("/account/login/")
            page.locator(f"button[value='{username}']").click()
            page.wait_for_load_state()
            known[username] = context.storage_state()
            context.close()
        return known[username]

    return enter


@pytest.fixture
def open_page(
    site: str, browser: Browser, signed_in: Callable[[str], StorageState]
) -> Iterator[OpenPage]:
    """A fresh page: `open_page("demo.officer", width=390, language="en", theme="dark")`."""
    contexts = []

    def opened(
        username: str = "", *, width: int = 1440, language: str = "zh-hans", theme: str = ""
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            locale="zh-CN",
            viewport={"width": width, "height": 844 if width < 768 else 900},
            has_touch=width < 768,
            storage_state=signed_in(username) if username else None,
        )
        chosen = {"django_language": language, "theme": theme}
        context.add_cookies(
            [{"name": name, "value": value, "url": site} for name, value in chosen.items()]
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, site)
        return page

    yield opened
    for context in contexts:
        context.close()
