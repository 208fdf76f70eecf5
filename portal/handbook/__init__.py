"""The handbook at `/hilfe/`: what providers, editors and planners can do here, in pages with pictures of the service.

Texts are Markdown files below `texts/<language>/<for whom>/`; a file is a page, and dropping it drops the page.
Pictures are made by the browser tests (`make handbook`), which fail when what a picture shows has changed since.
The handbook speaks German and English; whoever has chosen another language reads English. It also has the tour of a
provider's first visit.
"""
