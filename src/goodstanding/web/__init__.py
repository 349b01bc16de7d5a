"""Pages that people read in a browser: values in, HTML or SVG out; reading and writing files is left to the caller."""
