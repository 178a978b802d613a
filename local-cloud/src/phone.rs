//! The phone page, for development only: a stand-in for AuthSec's app, on an address of its own.
//!
//! A person signs in by an email, without a password, and sees what is asked, decides it, and has the TOTP codes. So
//! nobody but a page of this very address may call it: no CORS, and no other host name.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use qrcode::QrCode;
use qrcode::render::svg::Color;
use serde::{Deserialize, Serialize};

use crate::body::JsonBody;
use crate::ciba::{CibaError, Phone, users};
use crate::clock;
use crate::cloud::Cloud;
use crate::errors::ApiError;

/// The side of the QR code, in pixels at least.
const QR_SIDE: u32 = 220;

const SECURITY_HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

pub fn routes() -> Router<Arc<Cloud>> {
    let file = |media_type: &'static str, text: &'static str| get(move || async move { typed(media_type, text) });
    Router::new()
        .route("/", file("text/html; charset=utf-8", include_str!("phone/page.html")))
        .route("/style.css", file("text/css; charset=utf-8", include_str!("phone/style.css")))
        .route("/phone.js", file("text/javascript; charset=utf-8", include_str!("phone/phone.js")))
        .route("/requests.js", file("text/javascript; charset=utf-8", include_str!("phone/requests.js")))
        .route("/favicon.svg", file("image/svg+xml", include_str!("phone/favicon.svg")))
        .route("/phone/emails", get(emails))
        .route("/phone/sign-in", post(sign_in))
        .route("/phone/totp", get(totp))
        .route("/phone/totp.svg", get(totp_qr))
}

/// Turns away whoever reached this address by another name: a page of somebody else's that has its DNS entry point here.
/// And says what the page may load.
pub async fn guard(State(port): State<u16>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let own = ["localhost", "127.0.0.1"].iter().any(|name| host == format!("{name}:{port}"));
    let mut response = if own {
        next.run(request).await
    } else {
        let message = format!("the phone lives at http://localhost:{port}");
        ApiError::new(StatusCode::MISDIRECTED_REQUEST, message).into_response()
    };
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn typed(media_type: &'static str, text: impl Into<String>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type)], text.into())
}

#[derive(Serialize)]
struct Emails {
    emails: Vec<String>,
}

async fn emails(State(cloud): State<Arc<Cloud>>) -> Result<Json<Emails>, ApiError> {
    Ok(Json(Emails { emails: cloud.store.transact(users::emails).await? }))
}

#[derive(Deserialize)]
struct SignIn {
    email: String,
}

#[derive(Serialize)]
struct SignedIn {
    email: String,
    /// The bearer token of the phone.
    token: String,
}

/// Whoever signs in for the first time is registered.
async fn sign_in(
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<SignIn>,
) -> Result<Json<SignedIn>, ApiError> {
    let person = users::find_or_add(&cloud, body.email).await?;
    let token = cloud.tokens.phone_token(&person.id, clock::now())?;
    Ok(Json(SignedIn { email: person.email, token }))
}

/// What an authenticator app shows, and what it was set up with.
#[derive(Serialize)]
struct Totp {
    code: String,
    /// Whether the code signed somebody in already: it will not do so again.
    is_used: bool,
    seconds_left: i64,
    /// base32.
    secret: String,
    otpauth_uri: String,
}

async fn totp(Phone(person): Phone) -> Json<Totp> {
    let code = person.code(clock::now());
    Json(Totp {
        code: code.text,
        is_used: code.is_used,
        seconds_left: code.seconds_left,
        secret: person.totp_secret_text(),
        otpauth_uri: person.otpauth_uri(),
    })
}

async fn totp_qr(Phone(person): Phone) -> Result<impl IntoResponse, CibaError> {
    let code = QrCode::new(person.otpauth_uri()).map_err(ApiError::internal)?;
    let svg = code
        .render()
        .min_dimensions(QR_SIDE, QR_SIDE)
        .dark_color(Color("#000000"))
        .light_color(Color("#ffffff"))
        .build();
    Ok(typed("image/svg+xml", svg))
}
