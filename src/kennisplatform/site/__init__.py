"""Every page of the site: its address, template and data. How a template looks and what lies beside
the pages is elsewhere.
"""
