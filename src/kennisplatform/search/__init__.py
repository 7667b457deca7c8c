"""What search and filters in the browser load: an index and lists of values. What a page says for
search, the page itself knows; which facets there are, and what else a script loads, is elsewhere.
"""
