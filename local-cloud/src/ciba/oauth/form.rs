//! The form in the body of a request.

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use url::form_urlencoded;

use crate::body;
use crate::ciba::errors::CibaError;
use crate::state::Cloud;

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a request: its headers and its form.
    pub async fn read(cloud: &Cloud, request: Request) -> Result<(HeaderMap, Self), CibaError> {
        let headers = request.headers().clone();
        let body = body::read(request, cloud.read_limit).await?;
        let form = Self::parse(&headers, &body);
        Ok((headers, form))
    }

    /// A body of another media type is an empty form, as in the server's framework.
    fn parse(headers: &HeaderMap, body: &[u8]) -> Self {
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case(MEDIA_TYPE) {
            return Self(Vec::new());
        }
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// The first value of this name; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests;
