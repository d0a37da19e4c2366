"""The propositions of theories as one causal graph: merged by mappings, compared, and searched for loops."""
