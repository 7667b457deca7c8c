"""Make the templates escape everything they show, and give them icons and the words and numbers of
Dutch.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2
import material
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from kennisplatform.content.kept import Kept
from kennisplatform.loading import CACHE
from kennisplatform.model import text


class _Compiled(jinja2.BytecodeCache):
    """What Jinja made of each template, by its text and by how it is set below: most are as they
    were the last time. It is code, and runs only with the seal of this environment.
    """

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        named = bucket.key.encode(), bucket.checksum.encode()
        return self._kept.key(Path(__file__).read_bytes(), *named)

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if code := self._kept.take(self._key(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._kept.keep(self._key(bucket), bucket.bytecode_to_string())
        self._kept.add()


@event_priority(100)
def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Turn on escaping, which MkDocs leaves off, before any template is read."""
    # Material’s folder is no theme here, for MkDocs looks at all 14,000 files of a theme.
    icons = jinja2.FileSystemLoader(Path(material.__file__).parent / "templates")
    env.loader = jinja2.ChoiceLoader([env.loader, icons]) if env.loader else icons
    env.autoescape = True
    env.undefined = jinja2.StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.policies["json.dumps_kwargs"] = {"sort_keys": False}  # fields keep the order of the schema
    root, templates = Path(config.config_file_path).parent, Path(config.theme.dirs[0])
    env.bytecode_cache = _Compiled(Kept(root / CACHE, templates))

    @cache
    def once(template: str, basis: str = "") -> Markup:
        """Show what is the same on every page with the same way to the root of the site."""
        return Markup(env.get_template(template).render(basis=basis))

    env.globals |= {"aantal": text.count, "eens": once}
    env.filters |= {
        "getal": text.number,
        "in_woorden": text.in_words,
        "dag": text.date,
        "opsomming": text.enumerate_nl,
        "slug": text.slugify,
        "moment": text.moment,
    }
    return env
