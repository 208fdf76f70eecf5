"""The shapes of answers, for their description alone: records are made without them, and tests hold both together."""
