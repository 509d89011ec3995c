"""Text to index, one stage per file: read, clean, structure, chunk, embed, index."""
