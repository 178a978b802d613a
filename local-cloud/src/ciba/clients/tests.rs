use super::*;

fn basic(text: &str) -> HeaderMap {
    let value = format!("Basic {}", BASE64.encode(text.as_bytes()));
    HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().expect("a header"))])
}

#[test]
fn ids_and_secrets_are_percent_encoded_in_the_variable_and_in_the_header() {
    let clients = Clients::parse("shop:s3cret,a%2Cb%3Ac:p%40ss+w%C3%B6rd,public", Edition::Autumn).expect("valid");
    for (header, accepted) in [
        ("shop:s3cret", true),
        ("a%2Cb%3Ac:p%40ss+w%C3%B6rd", true),
        ("a%2Cb%3Ac:p%40ss%20w%C3%B6rd", true),
        ("shop:S3cret", false),
        ("shop:", false),
        ("Shop:s3cret", false),
        ("public:", false),
        ("nobody:s3cret", false),
    ] {
        let credentials = Credentials::from_headers(&basic(header)).expect(header);
        assert_eq!(clients.accepts(&credentials), accepted, "{header}");
    }
    assert!(clients.contains("a,b:c") && clients.contains("public") && !clients.contains("nobody"));
}

#[test]
fn a_header_that_is_no_basic_is_no_credential() {
    for header in ["", "Basic", "Basic ?", "Basic c2hvcA==", "Bearer c2hvcDpzM2NyZXQ="] {
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, header.parse().expect("a header"))]);
        assert!(Credentials::from_headers(&headers).is_none(), "{header}");
    }
    assert!(Credentials::from_headers(&HeaderMap::new()).is_none());
}

#[test]
fn a_message_about_an_invalid_list_names_the_client_and_no_secret() {
    for (list, named) in [
        (":s3cret", "client 1 needs an ID"),
        ("a:s3cret,%0A:s3cret", "client 2 needs an ID"),
        ("%FF:s3cret", "client 1 is not UTF-8"),
        ("a:", "client 1 has an empty secret"),
        ("a:s3cret,a:s3cret", "client 2 has the ID of another client"),
    ] {
        let message = Clients::parse(list, Edition::Autumn).expect_err(list);
        assert!(message.contains(named) && !message.contains("s3cret"), "{list}: {message}");
    }
    let message = Clients::parse("shop:s3cret", Edition::Spring).expect_err("no UUID");
    assert!(message.contains("a UUID, not shop"), "{message}");
    assert!(Clients::parse("7f0f0f7e-56a0-4b6e-8d0e-0d3a3a1a5b11", Edition::Spring).is_ok());
    assert!(Clients::parse("", Edition::Autumn).is_ok());
}
