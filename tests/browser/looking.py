"""What is wrong with a page: for axe, for the console, off the origin, wider than the screen."""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PICTURES = Path(__file__).parents[2] / "test-results" / "pages"
# What is pressed on a phone and lower than 44 px; boxes to tick have their label or cell around.
SMALL = """() => window.innerWidth >= 768 ? [] : [...document.querySelectorAll(
  "main .button, main summary, main select, main textarea, main .chips a, " +
  "main input:not([type=hidden], [type=checkbox], [type=radio])"
)].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .slice(0, 5).map((one) => `${one.tagName}.${one.className} ${one.textContent.trim()}`)"""

_complaints: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def watch(page: Page, origin: str) -> None:
    """Note from now on what the page complains about and whom else it asks."""
    found: list[str] = []
    _complaints[page] = found

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.append(f"console: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((origin, "data:", "blob:"))
            else found.append(f"another origin: {request.url}")
        ),
    )


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands; [] for a good one."""
    found = list(_complaints[page])
    _complaints[page].clear()
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wider > 0:
        found.append(f"{wider} px wider than the screen")
    found += [f"too small for a thumb: {one}" for one in page.evaluate(SMALL)]
    # Evaluated through the debugger: the page's own content security policy stays in force.
    page.evaluate(AXE.read_text())
    report: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES
    )
    for violation in report["violations"]:
        places = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"axe {violation['id']}: {violation['help']} ({places})")
    return found


def assert_page_is_good(page: Page) -> None:
    wrong = faults(page)
    assert not wrong, f"{page.url}\n" + "\n".join(wrong)


def take_picture(page: Page, name: str) -> None:
    """Keep what the page looks like, for people to see."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
