"""A provider (Anbieter): a club, office or organisation with its profile and the people who keep it."""
