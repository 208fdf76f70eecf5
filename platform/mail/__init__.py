"""A mail: written into the outbox with the change that causes it, sent by a job, worded by the municipality."""
