"""The area for professionals: their pages, the networks with who coordinates them, what is sent to them. No tables:
networks are blocks of pages (`portal.blocks`), so they have drafts, previews and versions like everything on a page."""
