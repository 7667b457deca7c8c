"""Turn folders of Dutch Markdown pages on local democracy into a cross-linked knowledge platform.

The library knows no site generator: it reads files and gives data. `hooks/` hands
that data to MkDocs, and `templates` are the only place with HTML.
"""
