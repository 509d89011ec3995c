"""The third way in: the HTTP API and the web component that speaks to it."""
