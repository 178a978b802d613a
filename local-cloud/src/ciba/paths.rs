//! The paths of both flows: each edition has one for a flow, and `--all-routes` adds those of every generation.

use std::sync::Arc;

use axum::Router;
use axum::routing::MethodRouter;

use super::config::{CibaConfig, Kindness};
use super::edition::{Edition, Flow};
use crate::state::Cloud;

impl Flow {
    /// The paths at which this flow's endpoints start.
    fn paths(self, config: &CibaConfig) -> &'static [&'static str] {
        match (self, config.edition) {
            _ if config.is(Kindness::AllRoutes) => self.all_paths(),
            (Self::Admin, _) => &["/authsec/uflow/auth"],
            (Self::Tenant, Edition::Spring) => &["/authsec/uflow/auth/tenant"],
            (Self::Tenant, Edition::Autumn) => &["/authsec/uflow/auth/workspace"],
        }
    }

    /// The paths of every generation: the published SDKs have used each of them.
    fn all_paths(self) -> &'static [&'static str] {
        match self {
            Self::Admin => &["/authsec/uflow/auth", "/uflow/auth"],
            Self::Tenant => &["/authsec/uflow/auth/workspace", "/authsec/uflow/auth/tenant", "/uflow/auth/tenant"],
        }
    }

    /// Routes an endpoint at the paths that the edition has.
    pub fn route(self, config: &CibaConfig, end: &str, method: &MethodRouter<Arc<Cloud>>) -> Router<Arc<Cloud>> {
        route(self.paths(config), end, method)
    }

    /// Routes an endpoint at the paths of every generation.
    pub fn route_everywhere(self, end: &str, method: &MethodRouter<Arc<Cloud>>) -> Router<Arc<Cloud>> {
        route(self.all_paths(), end, method)
    }
}

fn route(paths: &[&str], end: &str, method: &MethodRouter<Arc<Cloud>>) -> Router<Arc<Cloud>> {
    paths.iter().fold(Router::new(), |router, start| router.route(&format!("{start}{end}"), method.clone()))
}
