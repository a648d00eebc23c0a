"""Electronic signatures: a small port for keys, signing as PAdES B-B, checking what others bring."""
