//! The middleware that injects faults.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http_body_util::BodyExt;

use super::broken_body::BrokenBody;
use super::endpoint::Endpoint;
use super::fault::Kind;
use super::lookup::subjects_of;
use super::queue::NextFault;
use super::subject::Subject;
use crate::ciba::edition::Dialect;
use crate::ciba::poll::MintingFails;
use crate::ciba::{CibaError, token, totp};
use crate::connections::{Cut, Reused};
use crate::errors::ApiError;
use crate::finalize::FinalizationResponse;
use crate::state::Cloud;
use crate::{body, ciba, clock, status, transactions};

const MESSAGE: &str = "injected fault";

/// A documented response, to be truncated if the request is not processed.
const SAMPLE_RESPONSE: &str = r#"{"status":"ok","errorMessage":"","token":"eyJhbGciOiJIUzUxMiJ9"}"#;

/// Injects the next fault of the request's subjects, if there is one.
pub async fn inject(State(cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    let Some(endpoint) = Endpoint::from_path(request.uri().path()) else {
        return next.run(request).await;
    };
    if cloud.faults.is_empty() || request.method() != Method::POST {
        return next.run(request).await;
    }
    let reused = request.extensions().get::<Reused>().is_some_and(|reused| reused.0);
    let (parts, incoming) = request.into_parts();
    let bytes = match body::read(Request::from_parts(parts.clone(), incoming), cloud.read_limit).await {
        Ok(bytes) => bytes,
        Err(error) => return endpoint.error(error),
    };
    let request = PendingRequest { parts, bytes, next };
    let subjects = match subjects_of(&cloud, endpoint, request.dialect(), &request.bytes).await {
        Ok(subjects) => subjects,
        Err(error) => return endpoint.error(error),
    };
    match cloud.faults.take_next(&subjects, endpoint, &request.bytes, reused, Instant::now()) {
        NextFault::None | NextFault::Fault(Kind::None) => request.process().await,
        NextFault::CutAgain => cut(),
        NextFault::Fault(kind) => apply(cloud, subjects, endpoint, kind, request).await,
    }
}

async fn apply(
    cloud: Arc<Cloud>,
    subjects: Vec<Subject>,
    endpoint: Endpoint,
    kind: Kind,
    request: PendingRequest,
) -> Response {
    match kind {
        Kind::None => request.process().await,
        Kind::Delay { ms } => request.process_after(Duration::from_millis(ms)).await,
        Kind::CutBefore => cut(),
        Kind::CutAfter => {
            request.process().await;
            cut()
        }
        Kind::CutBody => match bytes(request.process().await).await {
            Ok(bytes) => BrokenBody::response(&bytes),
            Err(error) => error.into_response(),
        },
        Kind::Http { status, processed, body, media_type } => {
            request.process_if(processed).await;
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let Some(body) = body else {
                return endpoint.error(ApiError::new(status, MESSAGE));
            };
            let media_type = media_type.and_then(|text| HeaderValue::from_str(&text).ok());
            let media_type = media_type.unwrap_or(HeaderValue::from_static("application/json"));
            (status, [(header::CONTENT_TYPE, media_type)], body).into_response()
        }
        Kind::NotJson { processed } => {
            request.process_if(processed).await;
            Html("<!doctype html><title>Down for maintenance</title><p>Back in a minute.").into_response()
        }
        Kind::Truncated { processed } => {
            let whole = match request.process_if(processed).await {
                Some(response) => bytes(response).await,
                None => Ok(Bytes::from_static(SAMPLE_RESPONSE.as_bytes())),
            };
            match whole {
                Ok(whole) => json(whole.slice(..whole.len() / 2)),
                Err(error) => error.into_response(),
            }
        }
        Kind::WrongShape { processed, body } => {
            request.process_if(processed).await;
            Json(body).into_response()
        }
        Kind::Redirect { location } => match HeaderValue::from_str(&location) {
            Ok(location) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response(),
            Err(error) => ApiError::internal(error).into_response(),
        },
        Kind::MintingFails => {
            let mut request = request;
            request.parts.extensions.insert(MintingFails);
            request.process().await
        }
        Kind::Refused { message } => match refuse(&cloud, &subjects, endpoint, request.dialect(), message).await {
            Ok(response) => response,
            Err(error) => error.into_response(),
        },
        Kind::Pending => match subjects.first() {
            Some(Subject::Transaction(id)) => match status::look_up(cloud, id.clone()).await {
                Ok(status) => Json(status.into_pending()).into_response(),
                Err(error) => error.into_response(),
            },
            _ => token::pending(request.dialect()).into_response(),
        },
    }
}

impl Endpoint {
    /// An error response in the format of this endpoint.
    fn error(self, error: ApiError) -> Response {
        if self.is_ciba() { CibaError::from(error).into_response() } else { error.into_response() }
    }
}

/// Refuses as the endpoint does, and records the refusal unless a decision was recorded before.
async fn refuse(
    cloud: &Cloud,
    subjects: &[Subject],
    endpoint: Endpoint,
    dialect: Dialect,
    message: String,
) -> Result<Response, ApiError> {
    let subjects = subjects.to_vec();
    let reason = message.clone();
    let work = move |database: &rusqlite::Transaction<'_>| {
        for subject in &subjects {
            match subject {
                Subject::Transaction(id) => transactions::fail(database, id, &reason, clock::now())?,
                Subject::AuthReqId(id) => ciba::deny(database, id, clock::now())?,
                Subject::Email(_) => {}
            }
        }
        Ok(())
    };
    cloud.store.transact(work).await?;
    Ok(match endpoint {
        Endpoint::Result | Endpoint::Status => Json(FinalizationResponse::refused(message)).into_response(),
        Endpoint::Initiate | Endpoint::Token => token::denied(dialect, &message).into_response(),
        Endpoint::Totp => totp::wrong_code(dialect.flow()).into_response(),
    })
}

/// A request whose body was read, and which may still be processed.
struct PendingRequest {
    parts: Parts,
    bytes: Bytes,
    next: Next,
}

impl PendingRequest {
    fn dialect(&self) -> Dialect {
        Dialect::of_path(self.parts.uri.path())
    }

    async fn process(self) -> Response {
        self.process_after(Duration::ZERO).await
    }

    async fn process_if(self, processed: bool) -> Option<Response> {
        if processed { Some(self.process().await) } else { None }
    }

    /// Processes the request to completion even if the client disconnects, as a slow server would.
    async fn process_after(self, delay: Duration) -> Response {
        let processing = tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            self.next.run(Request::from_parts(self.parts, Body::from(self.bytes))).await
        });
        processing.await.unwrap_or_else(|error| ApiError::internal(error).into_response())
    }
}

fn cut() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(Cut);
    response
}

fn json(bytes: Bytes) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response()
}

async fn bytes(response: Response) -> Result<Bytes, ApiError> {
    response.into_body().collect().await.map(|body| body.to_bytes()).map_err(ApiError::internal)
}
