"""A municipality's editorial rules: what needs approval, how places are searched, what things are called."""
