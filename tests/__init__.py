"""The tests: sentences about the product, played by one cast (see conftest)."""
