//! Apple's answers: status, headers, JSON, and the errors in the words users report.
//!
//! Codes and texts: <https://developer.apple.com/documentation/appstoreconnectapi/about-the-http-status-code> and
//! what users quote. The texts matter, because people search for them; decisions are made by code alone.

use serde_json::{Value, json};

use crate::seen::Reason;

pub(crate) const JSON: &str = "application/json";
pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const PLAIN: &str = "text/plain";
pub(crate) const GZIP: &str = "application/a-gzip";

/// An answer before it is put on the wire.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// Why it is an error, for the log.
    pub(crate) reason: Option<Reason>,
}

impl Answer {
    pub(crate) fn json(body: &Value) -> Self {
        Self::new(200, JSON, body.to_string().into_bytes())
    }

    pub(crate) const fn new(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status, content_type, headers: Vec::new(), body, reason: None }
    }

    pub(crate) const fn because(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn error(status: u16, code: &str, title: &str, detail: &str) -> Self {
        Self::error_with(status, code, title, detail, &json!({}))
    }

    fn error_with(status: u16, code: &str, title: &str, detail: &str, more: &Value) -> Self {
        let mut error = json!({"status": status.to_string(), "code": code, "title": title, "detail": detail});
        for (name, value) in more.as_object().into_iter().flatten() {
            error[name] = value.clone();
        }
        Self::new(status, JSON, json!({"errors": [error]}).to_string().into_bytes())
    }

    /// Gives the errors of the body the ID of the request, as Apple does.
    pub(crate) fn identified(mut self, id: &str) -> Self {
        if self.content_type != JSON || self.status < 400 {
            return self;
        }
        if let Ok(mut body) = serde_json::from_slice::<Value>(&self.body)
            && let Some(errors) = body["errors"].as_array_mut()
        {
            errors.iter_mut().for_each(|error| error["id"] = json!(id));
            self.body = body.to_string().into_bytes();
        }
        self
    }

    pub(crate) fn unauthorized(reason: Reason) -> Self {
        let detail = "Provide a properly configured and signed bearer token, and make sure that it has not expired. \
                      Learn more about Generating Tokens for API Requests \
                      https://developer.apple.com/go/?id=api-generating-tokens";
        let title = "Authentication credentials are missing or invalid.";
        Self::error(401, "NOT_AUTHORIZED", title, detail).because(reason)
    }

    pub(crate) fn forbidden() -> Self {
        let title = "This request is forbidden for security reasons";
        Self::error(403, "FORBIDDEN_ERROR", title, "The API key in use does not allow this request")
            .because(Reason::Role)
    }

    pub(crate) fn agreement() -> Self {
        let detail = "This request requires an in-effect agreement that has not been signed or has expired.";
        let code = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED";
        let title = "A required agreement is missing or has expired.";
        Self::error_with(403, code, title, detail, &json!({"links": {"see": "/business"}})).because(Reason::Agreement)
    }

    pub(crate) fn no_path(path: &str) -> Self {
        let detail = format!("The path provided does not match a defined resource type: {path}");
        Self::error(404, "PATH_ERROR", "The URL path is not valid", &detail).because(Reason::Path)
    }

    pub(crate) fn not_found(kind: &str, id: &str, reason: Reason) -> Self {
        let detail = format!("There is no resource of type '{kind}' with id '{id}'");
        Self::error(404, "NOT_FOUND", "The specified resource does not exist", &detail).because(reason)
    }

    pub(crate) fn no_report() -> Self {
        let detail = "There were no sales for the date specified.";
        let title = "The request expected results but none were found.";
        Self::error(404, "NOT_FOUND", title, detail).because(Reason::NotFound)
    }

    pub(crate) fn method(method: &str) -> Self {
        let detail = format!("The method {method} is not allowed for this path");
        let title = "The request method is not valid for the resource path.";
        Self::error(405, "METHOD_NOT_ALLOWED", title, &detail).because(Reason::MethodNotAllowed)
    }

    /// The one answer Apple documents as plain text.
    pub(crate) fn not_acceptable() -> Self {
        Self::new(406, PLAIN, b"Not Acceptable".to_vec()).because(Reason::NotAcceptable)
    }

    /// `rule` is the last part of the code: `REQUIRED`, `ILLEGAL` or `INVALID`.
    pub(crate) fn parameter(rule: &str, name: &str, detail: &str) -> Self {
        let title = match rule {
            "REQUIRED" => "A required parameter is missing",
            _ => "A parameter has an invalid value",
        };
        let code = format!("PARAMETER_ERROR.{rule}");
        let source = json!({"source": {"parameter": name}});
        Self::error_with(400, &code, title, detail, &source).because(Reason::Parameter)
    }

    /// The key may write here, and the simulator changes nothing.
    pub(crate) fn unwritten() -> Self {
        let detail = "The simulator reads no bodies and changes nothing.";
        let title = "The request entity could not be processed";
        Self::error(422, "ENTITY_UNPROCESSABLE", title, detail).because(Reason::Write)
    }

    pub(crate) fn rate_limited() -> Self {
        let detail = "You have exceeded the rate limit for your API key. Wait before you try again.";
        Self::error(429, "RATE_LIMIT_EXCEEDED", "The request rate limit has been reached.", detail)
            .because(Reason::RateLimit)
    }

    pub(crate) fn unexpected(status: u16) -> Self {
        let title = "An unexpected error occurred.";
        let detail = "An unexpected error occurred on the server side. If this issue continues, contact us at \
                      https://developer.apple.com/contact/.";
        Self::error(status, "UNEXPECTED_ERROR", title, detail)
    }

    pub(crate) fn bad_request() -> Self {
        Self::new(400, PLAIN, b"Bad Request".to_vec()).because(Reason::BadRequest)
    }
}
