"""Files beside the pages, and what leaves the site: data, feeds, calendars, the report, what hosts
and the form editor read.
"""
