//! Tests of the server's binary, over sockets, with an authenticator that signs.

mod authenticator;
mod ciba;
mod http;
mod operations;
mod scale;
mod server;

mod acceptance;
mod api_errors;
mod ciba_clients;
mod ciba_errors;
mod ciba_faults;
mod ciba_initiate;
mod ciba_limits;
mod ciba_phones;
mod ciba_push;
mod ciba_routes;
mod ciba_totp;
mod concurrency;
mod cors;
mod crash;
mod fault_table;
mod hogs;
mod hosts;
mod kills;
mod limits;
mod model;
mod names;
mod phone;
mod refusals;
mod startup;
mod tampering;
mod tokens;
