"""Look at the address that is really dialled, not at what its name said a moment before.

Names are looked up once, every address found has to be allowed, and the connection goes to one of
these. So neither a name that points inside, nor one that changes, nor another way to write a number
leads anywhere else; TLS and the Host header keep the name.
"""

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import httpcore

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

# Public by number, and yet the inside of somebody's data centre.
METADATA: Final = frozenset({ipaddress.ip_address("168.63.129.16")})
# Set apart for machines between networks, also where the language's own list does not say so.
_APART: Final = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
# All that was ever handed out of the newer kind; the rest is old ways to write something inside.
_HANDED_OUT: Final = ipaddress.ip_network("2000::/3")
# Addresses of the newer kind that carry one of the older kind inside.
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class Blocked(httpcore.ConnectError):
    """The address is none that we may dial."""


def networks_of(said: Iterable[str]) -> tuple[Network, ...]:
    """Read networks as a setting names them; a wrong one is an error."""
    return tuple(ipaddress.ip_network(each) for each in said)


def inner(address: Address) -> Address:
    """Return the address that is meant where one is wrapped in another."""
    if isinstance(address, ipaddress.IPv6Address):
        if wrapped := address.ipv4_mapped or address.sixtofour:
            return wrapped
        if address.teredo:
            return address.teredo[1]
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def is_public(address: Address) -> bool:
    """Say whether an address is one of the open internet."""
    meant = inner(address)
    if isinstance(meant, ipaddress.IPv6Address) and meant not in _HANDED_OUT:
        return False
    apart = meant in METADATA or any(meant in each for each in _APART)
    return meant.is_global and not meant.is_multicast and not apart


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses and to the networks that the office has named.

    ``public`` is off for what goes unencrypted: that stays within the named networks.
    """

    def __init__(self, named: Sequence[Network], *, public: bool = True) -> None:
        self.named = named
        self.public = public
        self.wire = httpcore.SyncBackend()

    def allows(self, said: str) -> bool:
        """Say whether an address may be dialled."""
        address = ipaddress.ip_address(said.partition("%")[0])
        meant = inner(address)
        if any(each.version == meant.version and meant in each for each in self.named):
            return True
        return self.public and is_public(address)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up, refuse unless all it says is allowed, and dial what was looked at."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as unknown:
            raise httpcore.ConnectError("the name is not known") from unknown
        numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not numbers or not all(self.allows(each) for each in numbers):
            raise Blocked("this address is not dialled")
        stream = self.wire.connect_tcp(numbers[0], port, timeout, local_address, socket_options)
        self._look_again(stream)
        return stream

    def _look_again(self, stream: httpcore.NetworkStream) -> None:
        # The other end itself, whatever anybody said on the way.
        peer = stream.get_extra_info("server_addr")
        if not self.allows(str(peer[0])):
            stream.close()
            raise Blocked("this address is not dialled")
