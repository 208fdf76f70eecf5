"""Signed messages to addresses of others (Standard Webhooks): how they are signed, sent, tried again and given up.

It has no tables of its own: the tracker tells of tickets, the portals tell of offers, each with its own rows of these
two kinds (`courier.models`).
"""
