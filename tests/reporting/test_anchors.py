"""Links of a report lead to places it has, and each of those places has its words."""

import re

from reporting.anchors import anchor_names
from reporting.renderers import html
from tests.reporting.filled import filled_report


def test_every_place_a_link_leads_to_is_there_and_has_words() -> None:
    report = filled_report()
    page = html.body(report)

    places = set(re.findall(r' id="([^"]+)"', page))
    names = anchor_names(report)

    assert set(names) <= places
    assert all(names.values())
    led = set(re.findall(r'href="#([^"]+)"', page))
    kinds = ("zdroj-", "priloha-", "doporuceni-", "cil-", "kriterium-")
    assert {one for one in led & places if one.startswith(kinds)} <= set(names)
