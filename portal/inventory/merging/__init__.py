"""Two entries of one provider become one."""
