"""Built-in knowledge held against other lists, and the other way round."""
