"""How hosts fare: who was asked too often or never, is unconfirmed, or rests."""
