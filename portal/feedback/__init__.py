"""What residents tell the editors: messages, wrong information, barriers; each is a case."""
