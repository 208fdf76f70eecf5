"""Offers as a workbook in the original's template of 32 columns: reading one in, and writing one."""
