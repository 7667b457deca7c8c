"""From folders to pages or findings: reading, checking, repairing, and what would be better. It
looks at all pages where one refers to another, is advised on or is written by hand. What pages
have in common, and how they look, comes later.
"""
