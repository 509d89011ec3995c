"""The pages that `app.py` navigates: draw, ask, show."""
