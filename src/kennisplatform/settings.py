"""What the owner of the site may fill in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What the owner of the site may fill in; what is empty is left out of the site."""

    site_url: str = ""
    """With a slash at the end."""
    repo_url: str = ""
    contact: str = ""
    gitlab_app_id: str = ""
    """The application that GitLab knows the editor by; only with a repository on GitLab."""

    @classmethod
    def read(cls, extra: Mapping[str, object] | None = None) -> Settings:
        """Take SITE_URL, REPO_URL, CONTACT and GITLAB_APP_ID from the environment, else from
        `extra`.
        """

        def value(name: str) -> str:
            return os.environ.get(name) or str((extra or {}).get(name) or "")

        site = value("SITE_URL").rstrip("/")
        return cls(
            f"{site}/" if site else "",
            value("REPO_URL").rstrip("/").removesuffix(".git"),
            value("CONTACT"),
            value("GITLAB_APP_ID"),
        )

    @property
    def op_github(self) -> bool:
        """Whether the repository is on GitHub; any other host is taken for GitLab."""
        return self.repo_url.startswith("https://github.com/")

    def edit_url(self, path: str) -> str:
        """Give the address where a file of the repository is edited, or nothing without a
        repository.
        """
        return (
            f"{self.repo_url}/{'' if self.op_github else '-/'}edit/main/{path}"
            if self.repo_url
            else ""
        )

    @property
    def issue_url(self) -> str:
        """Give the address where a visitor tells of a practice or a mistake, or nothing without a
        repository.
        """
        return (
            f"{self.repo_url}/{'issues/new/choose' if self.op_github else '-/issues/new'}"
            if self.repo_url
            else ""
        )

    def missing(self) -> list[str]:
        """Say of each empty setting what that means."""
        return [
            f"{name} is niet ingevuld; wat dat nodig heeft, staat niet op de site."
            for name, value in (
                ("SITE_URL", self.site_url),
                ("REPO_URL", self.repo_url),
                ("CONTACT", self.contact),
            )
            if not value
        ]
