use super::*;

fn parse(text: &str) -> Result<Command, String> {
    let environment = Environment { access_key: Some("key".to_owned()), ..Environment::default() };
    read(text.split_whitespace().map(str::to_owned), environment)
}

fn settings(text: &str) -> Settings {
    match parse(text) {
        Ok(Command::Serve(settings)) => *settings,
        other => panic!("{text}: {other:?}"),
    }
}

fn origins(settings: &Settings) -> Vec<String> {
    settings.origins.iter().map(ToString::to_string).collect()
}

#[test]
fn without_arguments_the_documented_defaults_apply() {
    let settings = settings("");
    assert_eq!(settings.port, 5190);
    assert_eq!(settings.phone_port, 5195);
    assert_eq!(settings.data, PathBuf::from(".webauthn-result-cloud"));
    assert_eq!(origins(&settings), ["http://localhost:5180"]);
    assert!(settings.host_names.is_empty());
    assert_eq!(settings.base_url, None);
    assert_eq!(settings.transaction_seconds.get(), 300);
    assert_eq!(settings.ciba.edition, Edition::Autumn);
    assert!(settings.ciba.kindnesses.is_empty());
    assert_eq!((settings.ciba.timing.lifetime, settings.ciba.timing.interval), (300_000, 5000));
    assert_eq!((settings.ciba.lockout.window, settings.ciba.lockout.duration), (900_000, 900_000));
    assert_eq!(settings.ciba.rate_window, Duration::from_secs(60));
    assert_eq!(settings.read_limit, Duration::from_secs(10));
}

#[test]
fn every_argument_is_accepted_in_both_spellings() {
    let settings = settings(
        "--port=0 --data /tmp/x --origin http://localhost:1 --origin=https://shop.example --origin http://localhost:* --listen=0.0.0.0 \
         --transaction-seconds 7 --read-seconds=2 --phone-port 6 \
         --request-seconds=8 --poll-seconds 0.25 --host-name cloud.test --host-name=[fe80::1] --authsec spring \
         --base-url=https://cloud.test --rate-window-seconds=3 --lockout-window-seconds 4 --lockout-seconds=5 --slow-down --repeat-tokens",
    );
    assert_eq!(settings.port, 0);
    assert_eq!(settings.address.to_string(), "0.0.0.0");
    assert_eq!(settings.phone_port, 6);
    assert_eq!(settings.base_url.as_deref(), Some("https://cloud.test"));
    assert_eq!((settings.ciba.timing.lifetime, settings.ciba.timing.interval), (8000, 250));
    assert_eq!(settings.ciba.edition, Edition::Spring);
    assert_eq!(settings.ciba.kindnesses, HashSet::from([Kindness::SlowDown, Kindness::RepeatTokens]));
    assert_eq!((settings.ciba.lockout.window, settings.ciba.lockout.duration), (4000, 5000));
    assert_eq!(settings.ciba.rate_window, Duration::from_secs(3));
    assert_eq!(settings.data, PathBuf::from("/tmp/x"));
    assert_eq!(origins(&settings), ["http://localhost:1", "https://shop.example", "http://localhost:*"]);
    assert_eq!(settings.host_names, ["cloud.test", "[fe80::1]"]);
    assert_eq!(settings.transaction_seconds.get(), 7);
    assert_eq!(settings.read_limit, Duration::from_secs(2));
}

#[test]
fn servers_on_other_ports_do_not_claim_the_default_phone_port() {
    assert_eq!(settings("--port 0").phone_port, 0);
    assert_eq!(settings("--port 5191").phone_port, 0);
    assert_eq!(settings("--port 5190").phone_port, 5195);
    assert_eq!(settings("--port 0 --phone-port 5195").phone_port, 5195);
}

#[test]
fn a_message_names_the_invalid_argument() {
    for (text, named) in [
        ("--port", "--port needs a value"),
        ("--port 70000", "--port 70000"),
        ("--phone-port x", "--phone-port x"),
        ("--request-seconds 0.5", "--request-seconds 0.5"),
        ("--poll-seconds 0", "--poll-seconds 0"),
        ("--poll-seconds NaN", "--poll-seconds NaN"),
        ("--transaction-seconds 0", "--transaction-seconds 0"),
        ("--transaction-seconds 86401", "86401"),
        ("--origin http://localhost:1/", "--origin http://localhost:1/"),
        ("--origin HTTP://localhost", "--origin HTTP://localhost"),
        ("--origin localhost", "--origin localhost"),
        ("--base-url localhost:5190", "--base-url localhost:5190"),
        ("--base-url http://localhost:5190/oauth", "--base-url http://localhost:5190/oauth"),
        ("--verbose", "--verbose"),
        ("--listen everywhere", "--listen everywhere is not an IP address"),
        ("--origin https://shop.example:*", "--origin https://shop.example:* has a host that is not this machine"),
        ("--base-url http://localhost:*", "--base-url http://localhost:* is not an origin"),
        ("--authsec winter", "--authsec winter"),
        ("--slow-down=yes", "--slow-down takes no value"),
        ("--lockout-seconds 0", "--lockout-seconds 0"),
    ] {
        let message = parse(text).expect_err(text);
        assert!(message.contains(named), "{text}: {message}");
    }
}

#[test]
fn an_origin_or_a_name_that_no_browser_sends_is_refused_with_the_one_to_write() {
    for (text, right) in [
        ("--origin http://localhost:80", "http://localhost"),
        ("--origin https://shop.example:443", "https://shop.example"),
        ("--origin http://localhost:5180/", "http://localhost:5180"),
        ("--origin http://localhost:05180", "http://localhost:5180"),
        ("--origin https://Shop.example/page?x#y", "https://shop.example"),
        ("--origin https://me@shop.example", "https://shop.example"),
        ("--origin http:localhost", "http://localhost"),
        ("--origin https://münchen.example", "https://xn--mnchen-3ya.example"),
        ("--origin http://[0:0:0:0:0:0:0:1]:5180", "http://[::1]:5180"),
        ("--origin http://127.1", "http://127.0.0.1"),
        ("--host-name Cloud.test", "cloud.test"),
        ("--host-name münchen.test", "xn--mnchen-3ya.test"),
        ("--host-name 10.1", "10.0.0.1"),
    ] {
        let message = parse(text).expect_err(text);
        assert!(message.ends_with(&format!(": write {right}")), "{text}: {message}");
    }
    for text in [
        "--origin null",
        "--origin *",
        "--origin https://*.example",
        "--origin file:///shop",
        "--origin http://",
        "--host-name cloud.test:5190",
        "--host-name http://cloud.test",
        "--host-name *.test",
        "--host-name=",
    ] {
        let message = parse(text).expect_err(text);
        assert!(message.contains(", e.g. "), "{text}: {message}");
    }
    for origin in
        ["http://localhost:443", "https://localhost:80", "http://[::1]:5180", "https://xn--mnchen-3ya.example"]
    {
        assert_eq!(origins(&settings(&format!("--origin {origin}"))), [origin]);
    }
}

fn with_key(access_key: Option<&str>, arguments: &str) -> Result<Settings, String> {
    let environment = Environment { access_key: access_key.map(str::to_owned), ..Environment::default() };
    match read(arguments.split_whitespace().map(str::to_owned), environment)? {
        Command::Serve(settings) => Ok(*settings),
        Command::Help => panic!("help"),
    }
}

#[test]
fn the_access_key_has_a_default_which_the_server_names() {
    let settings = with_key(None, "").expect("settings");
    assert_eq!(settings.access_key, "secret");
    assert_eq!(settings.notices(), ["LOCAL_CLOUD_ACCESS_KEY is not set: the access key is \"secret\""]);
    let settings = with_key(Some("mine"), "").expect("settings");
    assert_eq!((settings.access_key.as_str(), settings.notices()), ("mine", vec![]));
}

#[test]
fn an_empty_access_key_is_refused_and_so_is_none_beyond_this_machine() {
    for (key, arguments) in [(Some(""), ""), (None, "--listen 0.0.0.0 --host-name cloud"), (None, "--listen ::")] {
        let message = with_key(key, &format!("{arguments} --host-name cloud")).expect_err("no key");
        assert!(message.contains(ACCESS_KEY_VARIABLE), "{message}");
    }
}

#[test]
fn listening_beyond_this_machine_needs_a_name_and_warns() {
    for address in ["0.0.0.0", "::", "192.168.0.7"] {
        let message = parse(&format!("--listen {address}")).expect_err(address);
        assert!(message.starts_with(&format!("--listen {address} needs --host-name")), "{message}");
        let notices = settings(&format!("--listen {address} --host-name cloud")).notices();
        assert!(
            matches!(&notices[..], [warning] if warning.starts_with(&format!("warning: it listens on {address},")))
        );
    }
    for address in ["127.0.0.1", "127.0.0.2", "::1"] {
        assert_eq!(settings(&format!("--listen {address}")).notices(), Vec::<String>::new(), "{address}");
    }
}

#[test]
fn clients_have_the_keys_of_the_file() {
    let read_with = |keys: &str, arguments: &[&str]| {
        let environment = Environment {
            access_key: Some("key".to_owned()),
            clients: Some("both:secret,neither".to_owned()),
            keys: Some(keys.to_owned()),
        };
        read(arguments.iter().map(|text| (*text).to_owned()), environment)
    };
    let key = r#"{ "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                   "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" }"#;
    let file = format!(r#"{{ "both": {{ "keys": [{key}] }}, "only keys": {{ "keys": [{key}] }} }}"#);
    let Ok(Command::Serve(settings)) = read_with(&file, &[]) else { panic!("refused") };
    for (id, has_secret, has_keys) in [("both", true, true), ("only keys", false, true), ("neither", false, false)] {
        let client = settings.ciba.clients.get(id).expect(id);
        assert_eq!((client.secret.is_some(), client.keys.is_some()), (has_secret, has_keys), "{id}");
    }
    assert!(settings.ciba.clients.get("unknown").is_none());

    let nameless = read_with(&format!(r#"{{ "": {{ "keys": [{key}] }} }}"#), &[]).expect_err("no ID");
    assert!(nameless.starts_with(r#"LOCAL_CLOUD_CIBA_KEYS: client "" needs an ID"#), "{nameless}");
    let of_spring = read_with(&file, &["--authsec", "spring"]).expect_err("no UUID");
    assert!(of_spring.contains("is a UUID"), "{of_spring}");
}

#[test]
fn the_usage_names_every_kindness() {
    let flags: Vec<_> = USAGE.split_whitespace().filter(|word| Kindness::from_flag(word).is_some()).collect();
    assert_eq!(flags.iter().collect::<HashSet<_>>().len(), 9, "{flags:?}");
    let kindnesses = settings(&flags.join(" ")).ciba.kindnesses;
    assert_eq!(kindnesses.len(), 9, "{kindnesses:?}");
}
