//! The routers of the two addresses: the cloud's own, and the phone page's.

use std::sync::Arc;

use axum::http::{Method, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};

use crate::ciba::gateway;
use crate::state::Cloud;
use crate::{approval, ciba, cors, enroll, errors, faults, finalize, host, introspect, phone, ready, status};

/// Every endpoint of the cloud. Endpoints for pages have CORS and injectable faults; endpoints for servers have
/// neither. AuthSec's have its own CORS and limits.
pub fn cloud_routes(cloud: Arc<Cloud>) -> Router {
    let for_pages = Router::new()
        .merge(finalize::routes())
        .merge(status::routes())
        // Before the layers, so that they see every method: no route matches a preflight.
        .method_not_allowed_fallback(errors::no_such_endpoint)
        .layer(middleware::from_fn_with_state(cloud.clone(), faults::inject))
        .layer(middleware::from_fn_with_state(cloud.clone(), cors::allow_pages));
    let standards = Router::new()
        .merge(ciba::routes_of_the_standard(&cloud.ciba))
        .layer(middleware::from_fn_with_state(cloud.clone(), faults::inject))
        .layer(middleware::from_fn_with_state(cloud.clone(), ciba::oauth::guard));
    let authsecs = Router::new()
        .merge(ciba::routes_for_pages(&cloud.ciba))
        .layer(middleware::from_fn_with_state(cloud.clone(), faults::inject))
        .merge(standards)
        .merge(ciba::routes_for_phones(&cloud.ciba))
        .method_not_allowed_fallback(gateway::not_found);
    let for_servers = Router::new()
        .merge(enroll::routes())
        .merge(approval::routes())
        .merge(introspect::routes())
        .merge(ciba::routes_for_servers())
        .merge(faults::routes())
        .merge(ready::routes())
        .method_not_allowed_fallback(errors::no_such_endpoint);
    for_pages
        .merge(for_servers)
        .merge(authsecs)
        .fallback(no_such_endpoint)
        .layer(middleware::from_fn_with_state(cloud.clone(), gateway::serve))
        .layer(middleware::from_fn_with_state(cloud.clone(), host::require_own_name))
        .with_state(cloud)
}

async fn no_such_endpoint(method: Method, uri: Uri) -> Response {
    if gateway::is_authsecs(uri.path()) {
        gateway::not_found().await
    } else {
        errors::no_such_endpoint(method, uri).await.into_response()
    }
}

/// The phone page, and the endpoints by which a phone decides.
pub fn phone_routes(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .merge(phone::routes())
        .merge(ciba::routes_for_phone_page())
        .merge(ready::routes())
        .method_not_allowed_fallback(errors::no_such_endpoint)
        .fallback(errors::no_such_endpoint)
        .layer(middleware::from_fn_with_state(cloud.clone(), host::require_own_name))
        .layer(middleware::from_fn(phone::set_security_headers))
        .with_state(cloud)
}
