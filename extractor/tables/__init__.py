"""Tables of words and characters (TSV), read through importlib.resources."""
