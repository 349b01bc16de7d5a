"""Decision to statement of reasons; completeness profiles; plain words; other people's notices, checked."""
