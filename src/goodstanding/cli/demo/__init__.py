"""The demo: real cases of advertising enforcement, replayed on a desk of this product."""
