"""All tickets in one list, ranked and filtered, and the roadmap."""
