"""From pages to what follows from them: relations, lists, progress. It is given data and
gives data: no file, environment or program is read here, and no template or browser is known.
"""
