"""Arguments weighed: from a map to an abstract framework, its extensions, and what explains a label."""
