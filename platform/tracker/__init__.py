"""The pooled tracker of all municipalities: an umbrella of apps in the shared schema, itself empty."""
