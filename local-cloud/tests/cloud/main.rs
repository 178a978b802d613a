//! The server as its users meet it: the real binary, over sockets, with an authenticator that signs for real.

mod authenticator;
mod http;
mod server;

mod acceptance;
mod api_errors;
mod cors;
mod crash;
mod fault_table;
mod limits;
mod refusals;
mod tokens;
