"""Feature switches: what of the software is ready where. Declared in code, turned by the operator, asked by rooms.

A switch is the operator's word on what is ready. What a municipality itself decides about a part of its portal stands
among its rules (`portal.preferences`) and stays there.
"""
