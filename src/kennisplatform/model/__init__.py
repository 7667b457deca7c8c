"""What there is: texts, findings, names, fields, facets and collections, pages, the platform as a
whole and what can be said of it at once. Reads no file, except which icons are installed, and does
not compare pages.
"""
