"""Hold what happens to an image on its way to the site: judged by its bytes, turned upright, made
small, stripped.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin
from pillow_heif import HeifImagePlugin  # noqa: F401  # lets Pillow write .heic

from building import SITE, build_site, pages, read
from kennisplatform.content.images import MAX_IMAGE, MAX_LENGTH, MAX_SCANS, read_image
from kennisplatform.content.load import load_library
from kennisplatform.model.library import MAX_SIDE

SECRET = b"KANARIE-BEELD"
PAGE = """---
titel: Een pagina met beeld
samenvatting: Kort.
aandachtsveld: [Buurten aan zet]
datum: 2026-03-09
---

![Een vlak in twee kleuren](../afbeeldingen/foto.jpg)
"""


def photo(width: int = 2400, height: int = 1000) -> Image.Image:
    """An image that is red at the left and blue at the right."""
    image = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill="blue")
    return image


def saved(file: Path, image: Image.Image, **options: Any) -> Path:
    image.save(file, **options)
    return file


def published(file: Path) -> tuple[bytes, Image.Image]:
    """Give what the site would show, checked against the size that the check told."""
    beeld, findings = read_image(file, file.name)
    assert findings == []
    assert beeld is not None
    shown = Image.open(BytesIO(beeld.content))
    assert (shown.width, shown.height) == (beeld.width, beeld.height)
    return beeld.content, shown


def tagged(turned: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turned, SECRET.decode()
    exif.get_ifd(0x8825)[29] = "2026:03:09"
    return exif


def test_a_photograph_is_turned_upright_made_small_and_stripped(tmp_path: Path) -> None:
    file = saved(
        tmp_path / "a.jpg", photo(), exif=tagged(6), comment=SECRET, icc_profile=SECRET * 20
    )
    assert SECRET in file.read_bytes()
    data, shown = published(file)
    assert SECRET not in data
    assert not shown.getexif()
    assert set(shown.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert (shown.height, shown.format) == (MAX_SIDE, "JPEG")
    top, bottom = shown.getpixel((300, 10)), shown.getpixel((300, MAX_SIDE - 10))
    assert top[0] > 200 > 100 > top[2]
    assert bottom[2] > 200 > 100 > bottom[0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_drawing_keeps_its_colours_and_loses_its_texts(mode: str, tmp_path: Path) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode() + "<script>", zip=False)
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    image = (
        photo(64, 32).convert("L").convert("I;16")
        if mode == "I;16"
        else photo(64, 32).convert(mode)
    )
    file = saved(tmp_path / "a.png", image, pnginfo=text, exif=tagged())
    file.write_bytes(file.read_bytes() + b"<script>" + SECRET)
    data, shown = published(file)
    assert SECRET not in data
    assert (shown.size, shown.format, shown.info) == ((64, 32), "PNG", {})


def test_a_webp_keeps_its_transparency(tmp_path: Path) -> None:
    image = photo(64, 32).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize((64, 32)))
    data, shown = published(saved(tmp_path / "a.webp", image, exif=tagged(), xmp=SECRET))
    assert SECRET not in data
    assert (shown.mode, shown.format) == ("RGBA", "WEBP")


def test_of_a_camera_with_more_photographs_in_a_file_the_first_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "foto.jpg"
    photo(400, 200).save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20))])
    _, shown = published(file)
    assert (shown.format, shown.size, getattr(shown, "n_frames", 1)) == ("JPEG", (400, 200), 1)
    assert shown.getpixel((10, 10)) == pytest.approx((254, 0, 0), abs=3)


@pytest.mark.parametrize("turned", [1, 6])
def test_a_photograph_of_a_telephone_is_shown_as_browsers_can(turned: int, tmp_path: Path) -> None:
    options: dict[str, Any] = {"exif": tagged(turned).tobytes(), "xmp": SECRET, "quality": 95}
    file = saved(tmp_path / "a.heic", photo(400, 200), **options)
    assert SECRET in file.read_bytes()
    data, shown = published(file)
    assert SECRET not in data
    size, right = {1: ((400, 200), (390, 100)), 6: ((200, 400), (100, 390))}[turned]
    assert (shown.format, shown.size, shown.info.keys() & {"exif", "xmp"}) == ("WEBP", size, set())
    assert shown.getpixel((10, 10)) == pytest.approx((254, 0, 0), abs=6)
    assert shown.getpixel(right) == pytest.approx((0, 0, 254), abs=6)


def test_a_scan_of_16_bits_keeps_its_tones(tmp_path: Path) -> None:
    tones = [0, 257, 20_000, 40_000, 65_535]
    scan = Image.new("I;16", (len(tones), 1))
    for place, tone in enumerate(tones):
        scan.putpixel((place, 0), tone)
    _, shown = published(saved(tmp_path / "scan.png", scan))
    found = [shown.getpixel((place, 0)) for place in range(len(tones))]
    assert found == [(grey, grey, grey) for grey in (0, 1, 78, 156, 255)]


def test_colours_of_another_profile_become_those_of_a_screen(tmp_path: Path) -> None:
    """In this profile red is what a screen calls blue, and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    usual: bytes = profile.tobytes()  # type: ignore[no-untyped-call]  # Pillow gives it no types
    places = {}
    for entry in range(struct.unpack(">I", usual[128:132])[0]):
        name, start = struct.unpack(">4sI", usual[132 + 12 * entry : 140 + 12 * entry])
        places[name] = slice(start, start + 20)  # a type, and three numbers
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    swapped = bytearray(usual)
    swapped[red], swapped[blue] = usual[blue], usual[red]
    theirs = bytes(swapped)
    _, shown = published(saved(tmp_path / "a.png", photo(40, 20), icc_profile=theirs))
    assert shown.getpixel((2, 2)) == pytest.approx((0, 0, 255), abs=2)
    _, shown = published(
        saved(tmp_path / "a.jpg", photo(400, 200), icc_profile=theirs, exif=tagged(6))
    )
    assert shown.size == (200, 400)
    assert shown.getpixel((20, 20)) == pytest.approx((0, 0, 255), abs=4)
    faint = photo(40, 20).convert("RGBA")
    faint.putalpha(100)
    _, shown = published(saved(tmp_path / "c.webp", faint, icc_profile=theirs, lossless=True))
    assert shown.getpixel((2, 2)) == pytest.approx((0, 0, 255, 100), abs=4)
    _, shown = published(saved(tmp_path / "b.png", photo(40, 20), icc_profile=usual[:100]))
    assert shown.getpixel((2, 2)) == (255, 0, 0)


def test_an_image_that_only_a_draft_shows_is_not_published(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "afbeeldingen").mkdir(parents=True)
    for name in ("foto", "geheim", "los"):
        saved(content / "afbeeldingen" / f"{name}.jpg", photo(40, 20))
    pages(
        content,
        {
            "instruments/af.md": PAGE,
            "instruments/nog-niet.md": PAGE.replace("datum:", "concept: ja\ndatum:").replace(
                "foto", "geheim"
            ),
        },
    )
    names = [image.file.name for image in load_library(content, "content", SITE).images]
    assert names == ["foto.jpg", "los.jpg"]


def test_a_printers_jpeg_becomes_one_for_screens(tmp_path: Path) -> None:
    _, shown = published(saved(tmp_path / "a.jpeg", photo(64, 32).convert("CMYK")))
    assert shown.mode == "RGB"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def drawn_over(scans: int) -> bytes:
    """Give a JPEG that goes over its pixels once more, so often."""
    out = BytesIO()
    photo(64, 32).convert("L").save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    return whole[:-2] + whole[whole.rindex(b"\xff\xda") : -2] * scans + whole[-2:]


def moving(file: Path, **options: object) -> bytes:
    saved(file, photo(8, 8), save_all=True, append_images=[photo(8, 8).rotate(90)], **options)
    return file.read_bytes()


ROWS = chunk(b"IDAT", zlib.compress(b"\0" * 20_000_000, 9))
BROKEN: dict[str, Callable[[Path], bytes]] = {
    "a bomb by its header.png": lambda file: png(60_000, 60_000, ROWS),
    "one pixel high and endless.png": lambda file: png(2_000_000_000, 1, ROWS),
    "no pixels.png": lambda file: png(0, 0),
    "a bomb in a text.png": lambda file: png(
        1,
        1,
        chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 20_000_000)),
        chunk(b"IDAT", zlib.compress(b"\0\0\0\0")),
    ),
    "cut off.png": lambda file: saved(file, photo(64, 32)).read_bytes()[:-40],
    "cut off.jpg": lambda file: saved(file, photo()).read_bytes()[:2_000],
    "cut off.webp": lambda file: saved(file, photo(), lossless=True).read_bytes()[:-20],
    "an svg.png": lambda file: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
    "html after a jpeg.jpg": lambda file: b"\xff\xd8\xff<script>x</script>",
    "drawn over and over.jpg": lambda file: drawn_over(MAX_SCANS),
    "drawn over behind a mark without a length.jpg": lambda file: (
        b"\xff\xd8\xff\x01" + drawn_over(MAX_SCANS)[2:]
    ),
    "tall.png": lambda file: png(1, MAX_LENGTH + 1),
    "of a telephone.jpg": lambda file: saved(file, photo(64, 32), format="HEIF").read_bytes(),
    "cut off.heic": lambda file: saved(file, photo()).read_bytes()[:-400],
    "a png.jpg": lambda file: png(1, 1, chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))),
    "moving.png": moving,
    "moving.webp": moving,
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_still_image_of_its_kind_is_a_finding(name: str, tmp_path: Path) -> None:
    data = BROKEN[name](tmp_path / f"source{Path(name).suffix}")
    file = tmp_path / name
    file.write_bytes(data)
    beeld, findings = read_image(file, "a")
    assert beeld is None
    assert [(f.path, f.line, f.code) for f in findings] == [("a", 1, "beeld-onbruikbaar")]


@pytest.mark.parametrize(
    ("name", "message", "repair"),
    [
        ("of a telephone.jpg", "dit is geen JPEG, maar een HEIC.", ".heic"),
        ("a bomb by its header.png", "60000 bij 60000 beeldpunten", "1600 breed"),
        ("tall.png", "langs een kant 20000", "1600 breed"),
        ("drawn over and over.jpg", "lagen opgeslagen, en 50 mag", "Sla haar opnieuw op"),
    ],
)
def test_the_message_says_what_is_the_matter(
    name: str, message: str, repair: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(BROKEN[name](file))
    _, [finding] = read_image(file, "a")
    assert message in finding.message
    assert repair in finding.repair


def test_a_file_of_too_many_bytes_is_told_how_many_pixels_are_allowed(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(bytes(MAX_IMAGE + 1))
    _, [finding] = read_image(file, "a")
    assert finding.code == "bestand-te-groot"
    assert finding.repair.startswith("Maak de afbeelding kleiner")
    assert "25 miljoen beeldpunten" in finding.repair


def test_the_site_shows_the_new_image_with_its_size_and_whose_it_is(tmp_path: Path) -> None:
    credit = "afbeeldingen: [{beeld: foto.jpg, maker: Wij & ik, licentie: CC BY-SA 4.0}]\n"
    text = PAGE.replace("datum:", f"{credit}datum:")
    content = pages(tmp_path / "content", {"instruments/a.md": text})
    (content / "afbeeldingen").mkdir()
    saved(content / "afbeeldingen" / "foto.jpg", photo(), exif=tagged())
    build_site(tmp_path / "site", content)
    image = {
        "src": "../../afbeeldingen/foto.jpg",
        "alt": "Een vlak in twee kleuren",
        "loading": "lazy",
        "width": "1600",
        "height": "667",
    }
    html = read(tmp_path / "site" / "instrumenten" / "a" / "index.html")
    assert image in html.all("img")
    assert {"class": "van-wie"} in html.all("p")
    file = tmp_path / "site" / "instrumenten" / "a" / "index.html"
    text = file.read_text(encoding="utf-8")
    assert ">Beeld: Wij &amp; ik, CC BY-SA 4.0</p>" in text
    said = json.loads(text.partition('<script type="application/ld+json">')[2].partition("<")[0])
    assert said["@graph"][0]["image"] == [
        {
            "@type": "ImageObject",
            "contentUrl": "../../afbeeldingen/foto.jpg",
            "creditText": "Wij & ik",
            "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        }
    ]
    shown = (tmp_path / "site" / "afbeeldingen" / "foto.jpg").read_bytes()
    assert Image.open(BytesIO(shown)).size == (1600, 667)
    assert SECRET not in shown
