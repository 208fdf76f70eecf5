"""The pages: for applicants, for operators, and for those who set a portal up."""
