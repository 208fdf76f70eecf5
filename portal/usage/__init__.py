"""Daily figures of views and searches; no person, no single event is kept.

What visitors without an account get is counted in memory (`counting`) where the page cache answers, so pages from
memory count too, and is added to the day's figures half a second later (`adding`). No cookie, no address of a computer
and nothing of the browser is kept, and there are no raw rows: not even for a moment is it written down what one visitor
did. A killed process loses at most its last second.
"""
