"""What German words are: how a text is cut, what a word is a form of, what a compound is made of.

The same for what is searched and for what somebody types (`words_in`), so that both are understood alike and every
PostgreSQL, of whatever locale, gives the same answer.
"""
