"""The match as tuned SQL, written anew from limits and factors, to be held beside the engine."""
