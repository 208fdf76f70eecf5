"""Writing by programs: offers created, changed and withdrawn below /api/v1/, by the services and rules of the forms."""
