"""From pages written in HTML to one tagged PDF, in a process of its own. Knows neither Django nor the portal."""
