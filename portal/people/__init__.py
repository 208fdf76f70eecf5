"""The people of a portal: roles, invitations, accounts, helping providers, and who did what."""
