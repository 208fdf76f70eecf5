"""The two lists, their files and the filters that people keep."""
