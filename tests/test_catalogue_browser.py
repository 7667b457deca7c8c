"""The catalogue as a visitor filters it: by mouse and keyboard, by address, and without JavaScript."""
from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("#kp-sorteer")
    return page


def count(page: Page) -> int:
    return int(page.inner_text("[data-count]").split()[0])


def slugs(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-card]", "cards => cards.map(c => c.dataset.slug)")


def test_or_within_a_facet_and_between_facets(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/")
    everything = count(page)
    page.check("#kp-f-aandachtsveld-beter-betrokken-inwoners")
    expect(page).to_have_url(f"{server}/praktijken/?aandachtsveld=beter-betrokken-inwoners")
    one = count(page)
    page.check("#kp-f-aandachtsveld-een-weerbaar-lokaal-bestuur")
    two = count(page)
    assert one < two < everything
    page.locator("summary", has_text="Soort").click()
    page.check("#kp-f-soort-leerkring")
    expect(page.locator("[data-card]")).to_have_count(count(page))
    assert count(page) < two


def test_counts_are_those_of_the_other_facets(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?aandachtsveld=beter-betrokken-inwoners")
    shown = {box: int(page.locator(f"li:has(> #{box}) .telling").text_content() or "")
             for box in ("kp-f-aandachtsveld-een-weerbaar-lokaal-bestuur", "kp-f-soort-leerkring")}
    for box, number in shown.items():
        facet, value = box.removeprefix("kp-f-").split("-", 1)
        more = f"aandachtsveld={value}" if facet == "aandachtsveld" else f"aandachtsveld=beter-betrokken-inwoners&{facet}={value}"
        opened(page, f"{server}/praktijken/?{more}")
        assert count(page) == number


def test_address_and_back_button_restore_the_choice(page: Page, server: str) -> None:
    opened(page, f"{server}/instrumenten/")
    page.check("#kp-f-aandachtsveld-een-krachtige-gemeenteraad")
    chosen = count(page)
    page.select_option("#kp-sorteer", "titel")
    page.wait_for_load_state("networkidle")  # the cards of the choice are there
    address, order = page.url, slugs(page)
    page.go_back()
    page.go_back()
    expect(page.locator("#kp-f-aandachtsveld-een-krachtige-gemeenteraad")).not_to_be_checked()
    opened(page, address)
    expect(page.locator("#kp-f-aandachtsveld-een-krachtige-gemeenteraad")).to_be_checked()
    page.wait_for_load_state("networkidle")
    assert (count(page), slugs(page)) == (chosen, order)


def test_a_choice_is_a_button_that_takes_it_away(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?provincie=utrecht&aandachtsveld=beter-betrokken-inwoners")
    page.get_by_role("button", name="Utrecht weghalen").press("Enter")
    expect(page).to_have_url(f"{server}/praktijken/?aandachtsveld=beter-betrokken-inwoners")
    assert page.evaluate("document.activeElement.className") == "weg"


def test_nothing_found_says_what_to_drop(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?provincie=utrecht&aandachtsveld=een-krachtige-gemeenteraad")
    assert count(page) == 0
    page.get_by_role("link", name="Zonder ‘Utrecht’").click()
    page.wait_for_selector("#kp-sorteer")
    assert count(page) > 0
    opened(page, f"{server}/praktijken/?provincie=utrecht&status=gepland&bewijs=geevalueerd&jaar=1999")
    assert count(page) == 0
    page.get_by_role("link", name="Zonder al deze keuzes").click()
    expect(page).to_have_url(f"{server}/praktijken/")


def test_a_municipality_is_typed_not_ticked(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/")
    page.locator("summary", has_text="Gemeente").first.press("Enter")
    page.get_by_label("Typ en kies een gemeente").fill("Maashors")
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    assert "staat niet bij deze lijst" in page.get_by_label("Typ en kies een gemeente").evaluate("e => e.validationMessage")
    page.get_by_label("Typ en kies een gemeente").fill("Maashorst")
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    expect(page).to_have_url(f"{server}/praktijken/?gemeente=maashorst")
    expect(page.locator("[data-card]")).to_have_count(1)
    assert slugs(page) == ["leeratelier-right-to-challenge"]


def test_municipalities_like_mine_come_first_and_say_why(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/")
    page.select_option("#kp-zoals", "velsen")
    expect(page).to_have_url(f"{server}/praktijken/?zoals=velsen")
    expect(page.locator(".kaart__waarom").first).to_have_text("uit Velsen zelf")
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"


def test_a_static_list_is_the_same_choice(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/provincie/utrecht/")
    assert count(page) == len(slugs(page))
    page.get_by_role("button", name="Utrecht weghalen").click()
    expect(page).to_have_url(f"{server}/praktijken/")


def test_unknown_values_in_the_address_find_nothing_and_harm_nothing(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?aandachtsveld=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&sorteer=__proto__&zoals=constructor")
    assert count(page) == 0
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filters_are_accessible(browser: Browser, server: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = opened(context.new_page(), f"{server}/praktijken/?aandachtsveld=beter-betrokken-inwoners&zoals=velsen")
    page.locator(".facetten__alle > summary").click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert violations == []
    assert wide == 390


def test_without_javascript_facets_are_links_to_static_lists(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/praktijken/")
    page.get_by_role("link", name="Een weerbaar lokaal bestuur").click()
    expect(page).to_have_url(f"{server}/praktijken/aandachtsveld/een-weerbaar-lokaal-bestuur/")
    expect(page.locator("[data-card]")).to_have_count(int(page.inner_text("[data-count]").split()[0]))
    context.close()
