"""Every page of the site, a module a kind: its address, template and data, how search finds it,
what it is to machines and what its own script loads. How a template looks is in `overrides/`;
files that belong to no page are elsewhere.
"""
