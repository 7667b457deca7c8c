"""From folders to pages or findings: reading, checking, repairing. Knows nothing of other pages
than what a reference needs.
"""
