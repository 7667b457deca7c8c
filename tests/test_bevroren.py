"""Related pages, held on a copy of the real content that does not move: bevroren/README.md."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from building import FROZEN, platform_of

TESTS = Path(__file__).parent
RELATED = yaml.safe_load((TESTS / "golden_related.yml").read_text(encoding="utf-8"))


def test_the_copy_has_no_findings() -> None:
    assert [str(f) for f in platform_of(FROZEN).findings] == []


@pytest.mark.parametrize("slug", RELATED)
def test_related_pages_and_their_reasons(slug: str) -> None:
    related = platform_of(FROZEN).relations.of(slug).verwant
    assert [[v.page.slug, list(v.reasons)] for v in related] == RELATED[slug]


def test_related_pages_of_ten() -> None:
    assert len(RELATED) == 10
