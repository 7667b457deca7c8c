"""From a text that somebody sent (an issue form, a mail, a Word document) to a draft that a
reviewer can finish.
"""
