"""Tables of relations between the constructs of theories, taken over into a workspace."""
