//! Names that always mean this machine.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether a host name, in lower case, is `localhost`, one of its subdomains, an address of 127.0.0.0/8, or `[::1]`.
pub fn is_loopback(name: &str) -> bool {
    let is_subdomain = name.strip_suffix(".localhost").is_some_and(|label| !label.is_empty());
    let ipv6 = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    name == "localhost"
        || is_subdomain
        || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || ipv6.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()))
}
