"""Less typing: a draft from a web page or from a flyer, each value a proposal that a person confirms."""
