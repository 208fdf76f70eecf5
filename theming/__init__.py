"""Theme: how one municipality's portal looks, and the page frame and components every page is made of."""
