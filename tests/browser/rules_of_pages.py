"""What every page keeps to: nothing axe finds, no sideways scrolling, and a weight that a slow line carries."""

import gzip
import re
from functools import cache
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override

from tests.browser.visitor import Visitor

HTML, CSS, JS, NODES = 15 * 1024, 8 * 1024, 25 * 1024, 1_200
POLICY = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"}
A4_LANDSCAPE = (842, 595)
axe = Axe()


def words(language: str, english: str) -> str:
    """How the site says it in this language."""
    with override(language):
        return gettext(english)


def faults_axe_finds(visitor: Visitor, *only: str) -> list[str]:
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(only)} if only else {})
    found = axe.run(visitor.page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})" for one in found for node in one["nodes"]]


def sideways(visitor: Visitor) -> list[str]:
    """What reaches past the right edge of the screen; nothing when the page cannot be pushed sideways."""
    return visitor.page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1)
            .map((one) => one.outerHTML.slice(0, 120));
        }"""
    )


def in_two_rows(visitor: Visitor) -> list[str]:
    """Labels of the bar that fell into a second row of a desk."""
    return visitor.page.evaluate(
        """() => {
          const shown = [...document.querySelectorAll(".nav > ul > li")].filter((one) => one.offsetParent !== null);
          const first = Math.min(...shown.map((one) => one.getBoundingClientRect().top));
          return shown.filter((one) => one.getBoundingClientRect().top > first + 5).map((one) => "second row: " + one.innerText);
        }"""
    )


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@cache
def weight_of_file(address: str) -> int:
    with urlopen(address) as answer:
        return weight(answer.read())


def too_heavy(visitor: Visitor, html: bytes, most_nodes: int = NODES) -> list[str]:
    linked = {"css": 0, "js": 0}
    for path in re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html):
        told = path.decode()
        linked[told.rsplit(".", 1)[1]] += weight_of_file(visitor.site.address + told)
    nodes = visitor.page.evaluate("document.querySelectorAll('*').length")
    measured = (("HTML", weight(html), HTML), ("CSS", linked["css"], CSS), ("JS", linked["js"], JS), ("nodes", nodes, most_nodes))
    return [f"{what}: {found}, at most {most}" for what, found, most in measured if found > most]


def paper_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height of each page in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return {(round(float(width)), round(float(height))) for width, height in boxes}
