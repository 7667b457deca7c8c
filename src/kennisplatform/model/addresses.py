"""Addresses on other sites: which may be linked, and whether the words of a link lead there."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from pydantic_core import PydanticCustomError

from kennisplatform.model.findings import Meant

HTTPS = r"[hH][tT][tT][pP][sS]://((?![xX][nN]--)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}(:[0-9]{1,5})?([/?#][^\s<>\"`\\]*)?"
"""A host of plain letters, so that it reads as what it is, and nothing before it
(https://gemeente.nl@elders.nl leads elsewhere).
"""
LAW = r"https://wetten\.overheid\.nl/[^\s<>\"`\\]+"
MAILBOX = r"[a-zA-Z0-9][a-zA-Z0-9._+-]{0,63}@([a-zA-Z0-9-]{1,63}\.)+[a-zA-Z]{2,63}"
"""Like HTTPS, each means the same in JavaScript."""
NO_HTTPS = "is geen adres dat met https:// begint"
DETOUR = "leidt via een bedrijf dat ziet wie de link volgt"
NO_LAW = "is geen adres van een wet op wetten.overheid.nl"
NO_MAILBOX = "is geen mailadres"
"""What is said of a value that is none, by the check and by the form."""
_LEADS_TO = re.compile(r"(?:https://|mailto:[^@]*@)([a-z0-9.-]+)(?![^/?#]*@)")
_HOST = re.compile(
    r"(?:(?:https?:|(?<=[a-z]):(?=[/\\]{2}))[/\\\s]{0,4}|(?<=\w@)|(?<![\w.-])(?=www\.))((?:[\w-]+\.)+[\w-]+)"
)
_ONLY_A_HOST = re.compile(
    r"((?:[\w-]+\.)*(?:[\w-]{2,}\.[^\W\d_]{2,}|[\w-]\.(?:nl|eu|com|org)))(?:[/?#:]\S*)?"
)
_FIRST_A_HOST = re.compile(r"((?:[\w-]+\.)+(?:nl|eu|com|org|net|be))(?=[\s:,;–—-])")
_ARCHIVES = {
    "web.archive.org",
    "archive.org",
    "archive.ph",
    "archive.today",
    "archiefweb.eu",
    "webarchief.nl",
    "nationaalarchief.nl",
}
"""Hosts that keep copies of other sites, with the address of a site in that of its copy."""
_FILE_ENDS = (
    ".pdf",
    ".doc",
    ".docx",
    ".odt",
    ".xls",
    ".xlsx",
    ".ods",
    ".odp",
    ".pptx",
    ".rtf",
    ".csv",
    ".json",
    ".xml",
    ".html",
    ".md",
    ".txt",
    ".zip",
    ".ics",
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".heic",
    ".svg",
    ".js",
)
"""Ends of file names, which are no domains."""


def is_https(address: str) -> bool:
    """Tell whether this is an address on another site that may be linked."""
    port = re.match(r"https://[^/?#:]*:(\d+)", address)
    return re.fullmatch(HTTPS, address) is not None and (not port or int(port[1]) <= LAST_PORT)


LAST_PORT = 65_535
_LOOKS_LIKE = str.maketrans(
    {
        "∶": ":",
        "꞉": ":",
        "ː": ":",
        "⁄": "/",
        "∕": "/",
        "⧸": "/",
        "。": ".",
        "ꓸ": ".",
        "․": ".",
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), ""),
    }
)
"""Signs that look like those of an address, and spaces that are hardly seen (Unicode, confusables).
"""


def other_host(text: str, address: str) -> str:
    """Give the host that the text of a link names when the link itself leads to another one, or an
    empty text.

    Text names a host after ://, www. or @, or by being nothing but a domain. What lies below that
    host is its own, and so is a copy of it in an archive.
    """
    if (found := _LEADS_TO.match(address.lower())) is None:
        return ""
    plain = unicodedata.normalize(
        "NFKC", text.translate(_LOOKS_LIKE)
    ).casefold()  # as a reader sees it: full-width letters and dots too
    named = _HOST.findall(plain)
    words = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", plain)  # utrecht.nl (veilig)
    for said in dict.fromkeys((plain, words)):
        bare = said.strip("".join({sign for sign in said if not sign.isalnum()}))
        if (alone := _ONLY_A_HOST.fullmatch(bare)) and not alone[1].endswith(_FILE_ENDS):
            named.append(alone[1])
        if first := _FIRST_A_HOST.match(bare):
            named.append(first[1])
    own = address.lower() if found[1].removeprefix("www.") in _ARCHIVES else found[1]
    return next((host for host in named if not _leads_to(own, host.removeprefix("www."))), "")


def _leads_to(address: str, host: str) -> bool:
    """Tell whether a host lies below another, or the address of a copy in an archive names it."""
    below = rf"(?:^|[./@]){re.escape(host)}"
    return re.search(below + r"(?=[:/?#]|$)", address) is not None


_WRAPPED = re.compile(
    r"https://(?:[\w.-]+\.safelinks\.protection\.outlook\.com/|statics\.teams\.cdn\.office\.net/[^?]*"
    r"|(?:www\.)?google\.(?:com|nl)/url|lm?\.(?:facebook|instagram)\.com/(?:l\.php)?"
    r"|(?:www\.)?linkedin\.com/(?:safety/go|redir/redirect)|slack-redir\.net/link)/?"
    r"\?(?:[^#]*&)?(?:url|u|q)=(https?(?::|%3A)[^&#\s]+)",
    re.IGNORECASE,
)
"""Addresses that programs for mail and search make of one, to see who follows it."""


def unwrapped(address: str) -> str:
    """Give the address that another one leads to by way of a company, or nothing."""
    found = _WRAPPED.match(address)
    inner = unquote(found[1]) if found else ""
    return inner if is_https(inner) else ""


def https_meant(typed: str) -> Meant | None:
    """Give the address of a site as it must be written: www.gemeente.nl, https//gemeente.nl,
    http://gemeente.nl.

    Of a name without www. or http it may be something else.
    """
    bare = typed.strip(" <>")
    likely = f"https://{re.sub(r'^(https?:?/{1,3}|https?:|//)+', '', bare, flags=re.IGNORECASE)}"
    if likely == typed or not is_https(likely):
        return None
    return Meant(likely, certain=bare.lower().startswith(("www.", "http", "//")))


def as_https(value: str) -> str:
    """Take only an address on another site; raises PydanticCustomError, as all checks of values
    do.
    """
    if not is_https(value):
        spaced = value.replace(" ", "%20")
        bare = re.sub(r"^\[[^\[\]]*\]\((.*)\)$", r"\1", value)  # a link as the text has them
        linked = Meant(bare, certain=True) if is_https(bare) else None
        likely = linked or https_meant(value) or (Meant(spaced) if is_https(spaced) else None)
        raise PydanticCustomError(
            "geen-https-adres",
            NO_HTTPS,
            {
                "meant": likely,
                "repair": "Een spatie in het adres schrijft u als %20." if " " in value else "",
            },
        )
    if inner := unwrapped(value):
        raise PydanticCustomError("adres-met-omweg", DETOUR, {"meant": Meant(inner, certain=True)})
    return value


def as_law(value: str) -> str:
    """Take only the address of a law in the register of the state (https://wetten.overheid.nl)."""
    if not re.fullmatch(LAW, value):
        plain = re.sub(r"^https://(www\.)?wetten\.overheid\.nl(?=/)", _REGISTER, value, flags=re.I)
        likely = Meant(plain, certain=True) if re.fullmatch(LAW, plain) else None
        repair = "Zoek de wet op wetten.overheid.nl, en neem het adres van die pagina over."
        raise PydanticCustomError("geen-wetsadres", NO_LAW, {"meant": likely, "repair": repair})
    return value


_REGISTER = "https://wetten.overheid.nl"


def as_mail(value: str) -> str:
    """Take only one mail address; a link to one, and what mail programs write around it, are told
    with what is meant.
    """
    if not re.fullmatch(MAILBOX, value):
        typed = re.sub(r"\s?[(\[](at|apenstaartje)[)\]]\s?", "@", value)
        bare = re.sub(r"^(<|mailto:)+|>$", "", typed.strip(), flags=re.IGNORECASE)
        found = re.search(MAILBOX, bare) if bare.count("@") == 1 else None
        likely = Meant(found[0], certain=found[0] == bare) if found else None
        repair = "Schrijf bijvoorbeeld griffie@gemeente.nl."
        raise PydanticCustomError("geen-mailadres", NO_MAILBOX, {"meant": likely, "repair": repair})
    return value
