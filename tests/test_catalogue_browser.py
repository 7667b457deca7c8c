"""Lists as a visitor filters them, catalogues and what lies under a term or in an overview: by mouse and keyboard, by address, and without JavaScript."""
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


def test_all_of_a_list_is_within_reach(page: Page, server: str) -> None:
    """The links to a next sheet go when the filters come."""
    for address in ("instrumenten/", "instrumenten/pagina/2/", "instrumenten/soort/instrument/pagina/2/"):
        opened(page, f"{server}/{address}")
        expect(page.locator("[data-card]")).to_have_count(20)
        assert "blad" not in page.inner_text("h1") + page.title()
        more = page.get_by_role("button", name="Toon meer")
        while more.count():
            shown = len(slugs(page))
            more.click()
            expect(page.locator("[data-card]")).to_have_count(min(shown + 20, count(page)))
        assert len(set(slugs(page))) == count(page)


def test_a_heading_says_what_is_in_the_list(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/status/lopend/?utm_source=brief")
    expect(page.locator("h1")).to_have_text("Praktijken: lopend")
    one = count(page)
    page.get_by_role("button", name="lopend weghalen").click()
    expect(page).to_have_url(f"{server}/praktijken/")
    expect(page.locator("h1")).to_have_text("Praktijken")
    assert page.title().startswith("Praktijken – ")
    assert "lopend" not in page.inner_text(".inleiding")
    assert count(page) > one
    page.go_back()
    expect(page.locator("h1")).to_have_text("Praktijken: lopend")
    assert count(page) == one


def test_a_card_says_the_same_before_and_after_sorting(page: Page, server: str) -> None:
    facts = """() => Object.fromEntries([...document.querySelectorAll('[data-card]')]
        .map((c) => [c.dataset.slug, [...c.querySelectorAll('.kaart__feiten span')].map((s) => s.innerText)]))"""
    opened(page, f"{server}/praktijken/")
    before = page.evaluate(facts)
    page.select_option("#kp-sorteer", "titel")
    page.wait_for_function("last => [...document.querySelectorAll('[data-card]')].at(-1).dataset.slug !== last", arg=list(before)[-1])
    assert page.evaluate(facts) == before


@pytest.mark.parametrize(("typed", "slug"), [("Den Haag", "s-gravenhage"), ("nuenen", "nuenen-gerwen-en-nederwetten"), ("Landerd", "maashorst")])
def test_a_municipality_is_known_by_all_its_names(page: Page, server: str, typed: str, slug: str) -> None:
    opened(page, f"{server}/praktijken/")
    page.locator("summary", has_text="Gemeente").first.press("Enter")
    page.get_by_label("Typ en kies een gemeente").fill(typed)
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    expect(page).to_have_url(f"{server}/praktijken/?gemeente={slug}")


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
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, f"{server}/praktijken/")
    page.select_option("#kp-zoals", "velsen")
    expect(page).to_have_url(f"{server}/praktijken/?zoals=velsen")
    expect(page.locator(".kaart__waarom").first).to_have_text("uit Velsen zelf")
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"
    page.check("#kp-f-aandachtsveld-beter-betrokken-inwoners")
    expect(page.locator("[data-card]")).to_have_count(count(page))
    expect(page.locator(".kaart__waarom").first).to_have_text("uit Velsen zelf")
    assert asked.count(f"{server}/filter/zoals/velsen.json") == 1, "it is the same for every filter"


def test_a_static_list_is_the_same_choice(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/provincie/utrecht/")
    assert count(page) == len(slugs(page))
    page.get_by_role("button", name="Utrecht weghalen").click()
    expect(page).to_have_url(f"{server}/praktijken/")


def test_unknown_values_in_the_address_find_nothing_and_harm_nothing(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?aandachtsveld=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&sorteer=__proto__&zoals=constructor")
    assert count(page) == 0
    assert page.locator("main img").count() == 0


FIELD = "aandachtsvelden/beter-betrokken-inwoners"


def test_a_term_is_a_filter_that_stays(page: Page, server: str) -> None:
    opened(page, f"{server}/{FIELD}/")
    everything, shown = count(page), set(slugs(page))
    assert everything == len(shown)
    assert page.locator("[data-filter=aandachtsveld]").count() == 0
    page.locator("summary", has_text="Soort").press("Enter")
    page.locator("#kp-f-soort-leerkring").press("Space")
    expect(page).to_have_url(f"{server}/{FIELD}/?soort=leerkring")
    expect(page.locator("[data-card]")).to_have_count(count(page))
    assert 0 < count(page) < everything
    assert set(slugs(page)) < shown
    opened(page, f"{server}/praktijken/?aandachtsveld=beter-betrokken-inwoners&soort=leerkring")
    practices = count(page)
    opened(page, f"{server}/{FIELD}/?soort=leerkring&collectie=praktijken&aandachtsveld=een-krachtige-gemeenteraad")
    assert count(page) == practices, "the field in the address is not a filter here"


def test_a_list_of_all_collections_is_under_their_names_until_it_is_sorted(page: Page, server: str) -> None:
    opened(page, f"{server}/{FIELD}/?bewijs=uitgevoerd")
    expect(page.locator("[data-kaarten] > h2").first).to_have_text("Praktijken")
    assert page.locator("[data-kaarten] > h2").all_inner_texts() == ["Praktijken", "Instrumenten", "Agenda"]
    assert page.locator("[data-kaarten] article h3").count() == count(page)
    page.select_option("#kp-sorteer", "titel")
    expect(page.locator("[data-kaarten] article h2")).to_have_count(count(page))
    titles = page.locator("[data-card] a").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)


@pytest.mark.parametrize("term", ["onderwerpen/opleiding", "organisaties/bzk", "doelgroepen/raadslid", "pijlers/leren-van-elkaar"])
def test_what_lies_under_a_term_can_be_filtered(page: Page, server: str, term: str) -> None:
    opened(page, f"{server}/{term}/")
    everything = count(page)
    page.select_option("#kp-sorteer", "titel")
    expect(page.locator("[data-kaarten] article h2")).to_have_count(min(20, everything))
    assert page.locator("[data-filter][type=checkbox]").count() > 5


def test_what_can_be_seen_at_once_needs_no_filters(page: Page, server: str) -> None:
    page.goto(f"{server}/provincies/groningen/")
    assert 0 < page.locator("[data-card]").count() <= 4
    assert page.locator("[data-lijst], [data-filter]").count() == 0


def terms(page: Page) -> dict[str, str]:
    """Give the terms that an overview shows, each with the number behind it."""
    shown = "e => [...e].filter(li => li.checkVisibility()).map(li => [li.dataset.term, li.querySelector('.telling, .thema__aantal')?.textContent ?? '0'])"
    return dict(page.eval_on_selector_all("[data-term]", shown))


def test_an_overview_is_filtered_by_municipality(page: Page, server: str) -> None:
    opened(page, f"{server}/onderwerpen/")
    everything = terms(page)
    page.locator(".facetten__alle > summary").click()
    page.locator(".facet summary").get_by_text("Gemeente", exact=True).click()
    page.get_by_label("Typ en kies een gemeente").fill("Den Haag")
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    expect(page).to_have_url(f"{server}/onderwerpen/?gemeente=s-gravenhage")
    assert 0 < len(terms(page)) < len(everything)


def test_an_overview_counts_the_pages_that_are_left(page: Page, server: str) -> None:
    opened(page, f"{server}/aandachtsvelden/?doelgroep=griffier")
    found = terms(page)
    assert page.inner_text("[data-count]") == f"{len(found)} aandachtsvelden"
    assert found
    for field, number in found.items():
        opened(page, f"{server}/aandachtsvelden/{field}/?doelgroep=griffier")
        assert number == page.inner_text("[data-count]")
    opened(page, f"{server}/aandachtsvelden/")
    assert len(terms(page)) == 7
    page.locator(".facetten__alle > summary").press("Enter")
    page.locator("summary", has_text="Voor wie").press("Enter")
    box = page.locator("#kp-f-doelgroep-griffier")
    assert box.locator("xpath=..").locator(".telling").inner_text() == str(len(found)), "a value counts terms, not pages"
    box.press("Space")
    expect(page).to_have_url(f"{server}/aandachtsvelden/?doelgroep=griffier")
    assert terms(page) == found
    page.go_back()
    expect(page.locator("[data-count]")).to_have_text("7 aandachtsvelden")
    assert len(terms(page)) == 7


def test_a_municipality_lies_in_its_own_province_and_needs_no_page_for_it(page: Page, server: str) -> None:
    opened(page, f"{server}/gemeenten/?provincie=drenthe")
    found = terms(page)
    assert len(found) == 12
    assert page.locator(".letters").is_hidden()
    assert sum(int(n) for n in found.values()) > 0
    assert "emmen" in found
    opened(page, f"{server}/gemeenten/?provincie=drenthe&collectie=praktijken&collectie=instrumenten")
    assert terms(page) == {slug: number for slug, number in found.items() if number != "0"}


def test_an_overview_can_be_put_in_the_order_of_most_pages_and_back(page: Page, server: str) -> None:
    opened(page, f"{server}/onderwerpen/")
    alphabet = list(terms(page))
    page.select_option("#kp-sorteer", "meest")
    numbers = [int(n) for n in terms(page).values()]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == len(alphabet)
    page.select_option("#kp-sorteer", "")
    assert list(terms(page)) == alphabet
    expect(page).to_have_url(f"{server}/onderwerpen/")


def test_an_overview_without_anything_left_says_what_to_drop(page: Page, server: str) -> None:
    opened(page, f"{server}/gemeenten/?provincie=drenthe&aandachtsveld=beter-betrokken-inwoners")
    assert terms(page) == {}
    page.get_by_role("link", name="Zonder ‘Beter betrokken inwoners’: 12 gemeenten").click()
    page.wait_for_selector("#kp-sorteer")
    assert len(terms(page)) == 12


def test_a_list_that_cannot_load_its_cards_says_so_and_tries_again(browser: Browser, server: str) -> None:
    page = opened(browser.new_page(), f"{server}/{FIELD}/")
    page.route("**/zoek/k/*", lambda route: route.abort())
    page.check("#kp-f-collectie-kennisbank")
    expect(page.locator("[data-kaarten]")).to_have_text("Dat lukt nu niet. Is er verbinding met internet?")
    page.unroute("**/zoek/k/*")
    page.check("#kp-f-collectie-agenda")
    expect(page.locator("[data-card]")).to_have_count(count(page))
    page.close()


@pytest.mark.parametrize("address", [
    "praktijken/?aandachtsveld=beter-betrokken-inwoners&zoals=velsen", f"{FIELD}/?soort=leerkring", "gemeenten/?provincie=drenthe"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filters_are_accessible(browser: Browser, server: str, scheme: str, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = opened(context.new_page(), f"{server}/{address}")
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


@pytest.mark.parametrize(("address", "link", "leads_to"), [
    (FIELD, "Praktijken", f"{FIELD}/#praktijken"), ("gemeenten", "Drenthe", "provincies/drenthe/"),
    ("pijlers/instrumenten-voor-lokaal-maatwerk", "Instrumenten", "instrumenten/pijler/instrumenten-voor-lokaal-maatwerk/")])
def test_without_javascript_terms_lead_to_static_lists(browser: Browser, server: str, address: str, link: str, leads_to: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/{address}/")
    if address == "gemeenten":
        page.locator("summary", has_text="Filter de lijst").click()
    page.locator("[aria-label=Filters]").get_by_role("link", name=link).click()
    expect(page).to_have_url(f"{server}/{leads_to}")
    context.close()
