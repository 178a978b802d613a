//! The phone page, for development only: a stand-in for AuthSec's app, on an address of its own.
//!
//! A user signs in with an email and no password, approves or denies requests, and reads TOTP codes. So only pages of this
//! address may call it: there is no CORS.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
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
use crate::errors::ApiError;
use crate::state::Cloud;

/// The minimum side of the QR code, in pixels.
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
    let file = |media_type: &'static str, text: &'static str| get(move || async move { with_type(media_type, text) });
    Router::new()
        .route("/", file("text/html; charset=utf-8", include_str!("phone/page.html")))
        // The shop's own sheets, so that its sibling cannot look different.
        .route("/style/base.css", file("text/css; charset=utf-8", include_str!("../../www/page/style/base.css")))
        .route(
            "/style/controls.css",
            file("text/css; charset=utf-8", include_str!("../../www/page/style/controls.css")),
        )
        .route("/style/phone.css", file("text/css; charset=utf-8", include_str!("phone/phone.css")))
        .route("/phone.js", file("text/javascript; charset=utf-8", include_str!("phone/phone.js")))
        .route("/announce.js", file("text/javascript; charset=utf-8", include_str!("phone/announce.js")))
        .route("/requests.js", file("text/javascript; charset=utf-8", include_str!("phone/requests.js")))
        .route("/favicon.svg", file("image/svg+xml", include_str!("phone/favicon.svg")))
        .route("/phone/emails", get(emails))
        .route("/phone/sign-in", post(sign_in))
        .route("/phone/totp", get(totp))
        .route("/phone/totp.svg", get(totp_qr))
}

pub async fn set_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn with_type(media_type: &'static str, text: impl Into<String>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type)], text.into())
}

#[derive(Serialize)]
struct EmailsResponse {
    emails: Vec<String>,
}

async fn emails(State(cloud): State<Arc<Cloud>>) -> Result<Json<EmailsResponse>, ApiError> {
    Ok(Json(EmailsResponse { emails: cloud.store.transact(users::emails).await? }))
}

#[derive(Deserialize)]
struct SignInRequest {
    email: String,
}

#[derive(Serialize)]
struct SignInResponse {
    email: String,
    /// The bearer token of the phone.
    token: String,
}

/// Creates the user on the first sign-in.
async fn sign_in(
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<SignInRequest>,
) -> Result<Json<SignInResponse>, ApiError> {
    let user = users::find_or_add(&cloud, body.email).await?;
    let token = cloud.tokens.phone_token(&user.id, clock::now())?;
    Ok(Json(SignInResponse { email: user.email, token }))
}

/// What an authenticator app shows, and the secret that it was set up with.
#[derive(Serialize)]
struct TotpResponse {
    code: String,
    /// Whether the code was used: each is accepted once.
    is_used: bool,
    seconds_left: i64,
    /// base32.
    secret: String,
    otpauth_uri: String,
}

async fn totp(Phone(user): Phone) -> Json<TotpResponse> {
    let code = user.code(clock::now());
    Json(TotpResponse {
        code: code.text,
        is_used: code.is_used,
        seconds_left: code.seconds_left,
        secret: user.totp_secret_base32(),
        otpauth_uri: user.otpauth_uri(),
    })
}

async fn totp_qr(Phone(user): Phone) -> Result<impl IntoResponse, CibaError> {
    let code = QrCode::new(user.otpauth_uri()).map_err(ApiError::internal)?;
    let svg = code
        .render()
        .min_dimensions(QR_SIDE, QR_SIDE)
        .dark_color(Color("#000000"))
        .light_color(Color("#ffffff"))
        .build();
    Ok(with_type("image/svg+xml", svg))
}
