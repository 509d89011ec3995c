"""A received file -> printed lines with what each opens: a parser a format, in a capped child."""
