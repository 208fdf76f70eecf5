"""Each municipality's yearly budget of votes over wishes, at a square-root price."""
