"""Where the record is kept; adapters of `app.ports`, made in `bootstrap` only."""
