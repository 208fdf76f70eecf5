"""Municipalities side by side: figures by month, groups of similar ones, who takes part, and medians of a group.

All of it lies in the shared schema and is made of nightly figures: nobody's schema is asked.
"""
