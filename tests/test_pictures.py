"""What comes along when somebody shares a page: its title, description and picture."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import material
import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page

from building import FROZEN, ROOT, SITE, SUB_PATH, platform_of, read
from kennisplatform.model.platform import Settings
from kennisplatform.publish.colours import read_colours
from kennisplatform.publish.pictures import SIZE, icon_mask, picture_files

ICONS = Path(material.__file__).parent / "templates" / ".icons"
EVERY_COMMAND = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
<path d="M2 2h6v6H2z
m1 1.5v3h4V4zM10 2l6 0-.5.5L16 8c-1 2-2-2-3-1s-2 2-3 1zm8 3q2-4 4 0t0 4L18 9zM2 16a4 3 20 015-4 4 4
0 1 1-5 4z"/><path d="M12 12A5 5 0 0 1 22 14 3 3 0 1 0 16 20V22H12Q10 20 12 18T12 14Z"/></svg>"""


def shared(site: Path, address: str) -> dict[str, str]:
    """Give what a page says of itself to who shares it."""
    tags = read(site / address / "index.html").tags
    return {m["property"]: m["content"] for tag, m in tags if tag == "meta" and "property" in m}


@pytest.mark.parametrize(
    ("address", "picture"),
    [
        ("", "site"),
        ("over/", "site"),
        ("aandachtsvelden/", "site"),
        ("aandachtsvelden/buurten-aan-zet/", "buurten-aan-zet"),
        ("praktijken/pagina/2/", "praktijken"),
        ("agenda/", "agenda"),
        ("praktijken/stille-avond-in-de-raadzaal/", "heldere-besluiten"),
        ("praktijken/een-euro-per-bewoner/", "praktijken"),
    ],
)
def test_a_page_has_a_title_a_description_and_a_picture(
    below: Path, address: str, picture: str
) -> None:
    said = shared(below, address)
    tags = read(below / address / "index.html").tags
    described = [
        m["content"] for tag, m in tags if tag == "meta" and m.get("name") == "description"
    ]
    assert said["og:title"] and [said["og:description"]] == described
    assert said["og:url"] == SUB_PATH + address
    assert said["og:image"] == f"{SUB_PATH}assets/deel/{picture}.png"


def test_every_picture_is_small_and_there(below: Path, site: Path) -> None:
    named = {
        shared(below, page.parent.relative_to(below).as_posix()).get("og:image")
        for page in below.glob("*/*/index.html")
    }
    there = {f"{SUB_PATH}assets/deel/{f.name}": f for f in below.glob("assets/deel/*")}
    assert named <= there.keys() | {None} and len(there) == 10
    for file in there.values():
        with Image.open(file) as picture:
            assert picture.size == SIZE
        assert file.stat().st_size < 30_000
    assert len({f.read_bytes() for f in there.values()}) == len(there)
    assert not (site / "assets" / "deel").exists(), "a picture needs an address to be found at"
    assert "og:image" not in shared(site, "")


def test_no_name_runs_into_another_or_off_the_picture() -> None:
    """However long: what is above the name of the platform and beside the edges stays empty."""
    platform = platform_of(SITE)
    docs = ROOT / "docs"
    name = "Ontwikkelingsorganisatievernieuwing en nog heel veel meer woorden dan er ooit passen"
    field = replace(platform.terms["aandachtsveld"][0], naam=name, icoon="")
    long = replace(platform, settings=Settings(site_url=SUB_PATH))
    long.__dict__["terms"] = platform.terms | {"aandachtsveld": (field,)}
    drawn = next(picture_files(long, read_colours(docs), docs, str))
    with Image.open(io.BytesIO(drawn.content)) as picture:
        grey = picture.convert("L")
    for box in ((0, 505, 1200, 530), (0, 20, 70, 630), (1140, 20, 1200, 630)):
        assert len(grey.crop(box).getcolors() or ()) == 1, box


def test_an_icon_is_drawn_as_a_browser_does(page: Page) -> None:
    names = {t.icoon for f in ("aandachtsveld", "pijler") for t in platform_of(FROZEN).terms[f]}
    icons = [(ICONS / f"{name}.svg").read_text("utf-8") for name in sorted(names)]
    assert len(icons) == 10
    page.goto("about:blank")  # of a site that was there before, an icon would be asked for
    for icon in (*icons, EVERY_COMMAND):
        page.set_content(icon.replace("<svg", '<svg width="144" height="144"'))
        seen = Image.open(io.BytesIO(page.locator("svg").screenshot())).convert("L")
        apart = ImageChops.difference(ImageChops.invert(seen), icon_mask(icon, 144))
        assert ImageStat.Stat(apart).mean[0] < 2, icon
