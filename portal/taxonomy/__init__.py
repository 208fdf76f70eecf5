"""The municipality's own order of things: category tree, target groups, districts, markers."""
