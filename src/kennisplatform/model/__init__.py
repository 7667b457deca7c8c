"""What there is: texts, findings, names, fields, facets and collections, pages. Reads no file and
knows nothing of where anything came from.
"""
