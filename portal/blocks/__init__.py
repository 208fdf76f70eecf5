"""What a page is made of: the kinds of blocks, how they are drawn and edited, drafts, previews, schedules."""
