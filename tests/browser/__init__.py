"""The app in real Chromium, as a user meets it."""
