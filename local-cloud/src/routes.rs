//! The routers of the two addresses: the cloud's own, and the phone page's.

use std::sync::Arc;

use axum::{Router, middleware};

use crate::state::Cloud;
use crate::{approval, ciba, cors, enroll, errors, faults, finalize, host, introspect, phone, status};

/// Every endpoint of the cloud. Endpoints for pages have CORS and injectable faults; endpoints for servers have neither.
pub fn cloud_routes(cloud: Arc<Cloud>) -> Router {
    let for_pages = Router::new()
        .merge(finalize::routes())
        .merge(status::routes())
        .merge(ciba::routes_for_pages())
        // Before the layers, so that they see every method: no route matches a preflight.
        .method_not_allowed_fallback(errors::no_such_endpoint)
        .layer(middleware::from_fn_with_state(cloud.clone(), faults::inject))
        .layer(middleware::from_fn_with_state(cloud.clone(), cors::allow_pages));
    let for_servers = Router::new()
        .merge(enroll::routes())
        .merge(approval::routes())
        .merge(introspect::routes())
        .merge(ciba::routes_for_servers())
        .merge(ciba::routes_for_phones())
        .merge(faults::routes())
        .method_not_allowed_fallback(errors::no_such_endpoint);
    for_pages
        .merge(for_servers)
        .fallback(errors::no_such_endpoint)
        .layer(middleware::from_fn_with_state(cloud.clone(), host::require_own_name))
        .with_state(cloud)
}

/// The phone page, and the endpoints by which a phone decides.
pub fn phone_routes(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .merge(phone::routes())
        .merge(ciba::routes_for_phones())
        .method_not_allowed_fallback(errors::no_such_endpoint)
        .fallback(errors::no_such_endpoint)
        .layer(middleware::from_fn_with_state(cloud.clone(), host::require_own_name))
        .layer(middleware::from_fn(phone::set_security_headers))
        .with_state(cloud)
}
