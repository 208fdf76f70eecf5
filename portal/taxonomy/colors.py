"""The colours of categories, painted by theming into the municipality's style sheet."""

from collections.abc import Iterator

from portal.taxonomy.tree import class_name, load_tree
from theming.css import ColorClass, color_class


def category_classes() -> Iterator[ColorClass]:
    """One class for each category that has a colour of its own; those below use the class of the one above."""
    for node in load_tree():
        if node.category.color:
            yield color_class(class_name(node.id), node.category.color)
