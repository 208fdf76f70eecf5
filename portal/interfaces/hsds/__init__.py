"""The same as Human Services Data Specification 3.2 (Open Referral), which other directories read, and its UK profile.

https://docs.openreferral.org/en/latest/hsds/schema_reference.html says what each name means.
"""
