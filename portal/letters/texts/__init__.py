"""The words of each kind of mail: a list, a form with its preview, a test to oneself."""
