"""The portal of one municipality; an umbrella of apps, itself empty."""
