"""axe-core, from the package that carries it, on a page as it is shown."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map((one) => `${one.impact}: ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 90)).join(" | ")}`);
}"""


def faults(page: Page) -> list[str]:
    """Every rule of axe, whatever its weight; the page's own policy lets no script in, so it is evaluated."""
    page.evaluate(_AXE)
    return list(page.evaluate(_RUN))
