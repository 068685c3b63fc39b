"""支援会議 (art. 106-6): what its members keep of somebody who has not consented yet."""
