"""What the operator tells the town halls: to all, a wave or single municipalities, on their desk and by mail."""
