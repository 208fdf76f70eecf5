"""What becomes of one's offers: views, contacts, bookmarks and calendar files over time, beside what is usual here.

The figures are those of `portal.usage`: counts of a day, never of a person. What is usual is the median of comparable
public offers of other organisations, and is told only where there are enough of them that nobody's own figures can be
read out of it.
"""
