"""Load the whole platform: from a content folder, what its owner filled in and the day of the last
commit.
"""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kennisplatform.content.load import load_library
from kennisplatform.derive.relations import relate
from kennisplatform.model.findings import Refused
from kennisplatform.model.library import Library
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.model.text import visible

CACHE = ".cache"
"""Folder of the project for what need not be read again; it may go at any time."""


def load_platform(
    content: Path,
    shown: str,
    settings: Settings,
    today: datetime.date | None,
    defaults: Path | None = None,
    drafts: bool = False,
    cache: Path | None = None,
    copy_of: Path | None = None,
) -> Platform:
    """Load a content folder and derive everything from it. Without `today` that is the newest day
    on which a page was checked. `cache` is a folder for what need not be read again, `copy_of` the
    folder of which that is known when this is a copy of it. Raises FileNotFoundError without the
    content folder.
    """
    library = load_library(content, shown, defaults, drafts, cache, copy_of)
    return Platform(library, relate(library), settings, today or _last_checked(library))


def read_settings(extra: Mapping[str, object] | None = None) -> Settings:
    """Take SITE_URL, REPO_URL, CONTACT and GITLAB_APP_ID from the environment, else from
    `extra`.
    """

    def value(name: str) -> str:
        return os.environ.get(name) or str((extra or {}).get(name) or "")

    site = value("SITE_URL").rstrip("/")
    return Settings(
        f"{site}/" if site else "",
        value("REPO_URL").rstrip("/").removesuffix(".git"),
        value("CONTACT"),
        value("GITLAB_APP_ID"),
    )


def reference_day(root: Path, content: Path) -> datetime.date:
    """Give the day the site calls today, the same for every build of one commit: that of the
    commit, else the newest day on which a page in `content` was checked. Raises as commit_day.
    """
    return commit_day(root) or _last_checked(
        load_library(content, str(content), root / "content", True, root / CACHE)
    )


def _last_checked(library: Library) -> datetime.date:
    pages = (*library.pages, *library.drafts)
    dates = (page.velden.laatst_gecontroleerd for page in pages)
    return max(dates, default=datetime.date(2026, 1, 1))


def commit_day(root: Path) -> datetime.date | None:
    """Give the day of SOURCE_DATE_EPOCH (seconds since 1970, UTC), else of the last commit of the
    project in `root`; None without either. Raises Refused for a value of it that is no number.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        except (ValueError, OverflowError, OSError):
            raise Refused(
                "SOURCE_DATE_EPOCH moet een aantal seconden sinds 1970 zijn, en is "
                f"‘{visible(epoch)}’."
            ) from None
    # A repository around the project may not name another day.
    said = git(root, "log", "-1", "--no-show-signature", "--format=%ct", ceiling=root.parent)
    return datetime.datetime.fromtimestamp(int(said), datetime.UTC).date() if said else None


def git(folder: Path, *arguments: str, ceiling: Path | None = None) -> str | None:
    """Give what Git says about the repository around a folder, or None when it refuses; in a
    `ceiling` and above it no repository is looked for. It refuses too when it takes a minute.
    """
    # In a hook, Git's own variables name another repository or index than that of the folder.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    if ceiling:
        environment["GIT_CEILING_DIRECTORIES"] = str(ceiling)
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            env=environment,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
