"""What is sought: words, filters, topics and districts, what was not found, and what became of it (views, contacts).

All numbers come from `portal.usage.few.told`: nothing that fewer than five people may have done is told, and times are
made of thirds of months that are over, so that no two tables differ by one person. Pages and files ask the same
functions (`figures`), registered as tables of the room.
"""
