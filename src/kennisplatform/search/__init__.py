"""What search and filters in the browser load. What a page says for search, the page itself
knows.
"""
