"""Answers by mail: the address an answer goes to, what somebody wrote in it, and making a comment of that."""
