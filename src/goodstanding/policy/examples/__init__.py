"""Examples written inside a policy document: each is a small case, and what its clause has to say of it."""
