"""The run: files read and judged in processes of their own, within limits, what is known taken from the cache."""
