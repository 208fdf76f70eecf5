"""What the editors order the portal by: topics, target groups, districts, markers and kinds of carriers."""
