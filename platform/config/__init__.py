"""What turns the rooms into one running service: settings, URL maps, the WSGI entry and the command line."""
