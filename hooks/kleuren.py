"""Give the stylesheets, the icon and the templates the colours of docs/assets/css/tokens.css."""

from __future__ import annotations

from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from kennisplatform.model.findings import Refused
from kennisplatform.publish.colours import STYLED, TOKENS, read_colours


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Fill in the colours; the file that has them is no part of the site."""
    try:
        colours = read_colours(Path(config.docs_dir))
    except Refused as refused:
        raise PluginError(str(refused)) from None
    for file in [f for f in files if f.src_uri in (*STYLED, TOKENS)]:
        if file.src_uri == TOKENS:
            files.remove(file)
        else:
            file.content_string = colours.styled(file.src_uri, file.content_string)
    return files


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    env.globals["kleuren"] = read_colours(Path(config.docs_dir))
    return env
