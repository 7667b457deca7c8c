"""From pages to what follows from them: relations, lists, progress, maps. Knows nothing of
addresses on disk, templates or browsers.
"""
