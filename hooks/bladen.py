"""Give MkDocs what lies ready for the site (assets, documents, images and the form editor), and
write all that is made.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from kennisplatform.content.kept import Kept, sum_of_files
from kennisplatform.content.sources import left_behind
from kennisplatform.loading import CACHE
from kennisplatform.model.platform import Platform
from kennisplatform.site.earlier import Earlier, outline, spare_of


class _Started:
    command: ClassVar[str] = "build"


def on_startup(*, command: str, dirty: bool) -> None:
    """Note what MkDocs was started for; it says so only here."""
    _Started.command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Publish no form editor without a repository; what is served saves in the working copy."""
    config.extra["serveert"] = _Started.command == "serve"
    if not config.extra["serveert"] and not config.extra["platform"].settings.repo_url:
        config.extra["redactie"] = ""
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every document and image of the platform and the form editor. Leave out what lies beside
    the templates, the pages, which MkDocs does not make, and what the library did not read.
    """
    platform: Platform = config.extra["platform"]
    for file in list(files):
        if (
            file.src_dir in config.theme.dirs
            or file.is_documentation_page()
            or any(map(left_behind, Path(file.src_uri).parts))
        ):
            files.remove(file)
    editor = config.extra["redactie"]
    for part in sorted(p for p in Path(editor).rglob("*") if p.is_file()) if editor else ():
        folder = Path(editor).parent
        path = part.relative_to(folder).as_posix()
        files.append(File(path, str(folder), config.site_dir, config.use_directory_urls))
    for document in platform.library.downloads.values():
        ready = str(document.ready)
        files.append(File.generated(config, document.address, abs_src_path=ready))
    for image in platform.library.images:
        files.append(File.generated(config, image.address, content=image.content))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Write all files; while serving, none before it is asked for. `vorige` names the old site."""
    extra, root = config.extra, Path(config.config_file_path).parent
    if extra["serveert"]:
        return
    before = extra["vorige"]
    kept = Kept(root / CACHE if before else None, Path(before))
    set_up = repr([config.strict, *((n, v) for n, v in extra.items() if isinstance(v, str))])
    code = sum_of_files(Path(__file__).parent, *map(Path, config.theme.dirs), Path(config.docs_dir))
    outlined = (outline(extra["platform"]), set_up.encode(), code)
    earlier = Earlier(Path(before), Path(config.site_dir), kept, *outlined)
    if before:
        earlier.begin(spare_of(Path(before), root / CACHE))
    extra["gemaakt"].write(earlier)
