"""Every page of the site, a module a kind: its address, template and data, how search finds it and
what it is to machines. How a template looks and what lies beside the pages is elsewhere.
"""
