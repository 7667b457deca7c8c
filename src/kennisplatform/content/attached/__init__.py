"""Judge the documents that editors hand on as files by what is in them, and make them ready for the
site.
"""
