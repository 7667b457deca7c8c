"""Files beside the pages, and what leaves the site: data, feeds, calendars, the report, what hosts
and the form editor read, and findings as a terminal, GitHub and GitLab show them. No page is made
here and nothing is judged: what such a file says, the layers below know.
"""
