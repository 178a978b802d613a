//! The server as its users meet it: the real binary, over sockets, with an authenticator that signs for real.

mod authenticator;
mod ciba;
mod http;
mod operations;
mod scale;
mod server;

mod acceptance;
mod api_errors;
mod ciba_errors;
mod ciba_faults;
mod ciba_push;
mod ciba_totp;
mod concurrency;
mod cors;
mod crash;
mod fault_table;
mod hogs;
mod kills;
mod limits;
mod model;
mod phone;
mod refusals;
mod tampering;
mod tokens;
