use std::ffi::OsString;

use xtask::Outcome;
use xtask::invocation::{DEMO_PORT, Invocation};

fn parse(line: &str) -> Outcome<Invocation> {
    Invocation::parse(line.split_whitespace().map(OsString::from))
}

#[test]
fn options_are_understood_in_both_spellings() {
    for line in ["demo --port 9000 --open", "demo --open --port=9000"] {
        assert_eq!(
            parse(line),
            Ok(Invocation::Demo {
                port: 9000,
                open: true
            })
        );
    }
    assert_eq!(
        parse("demo"),
        Ok(Invocation::Demo {
            port: DEMO_PORT,
            open: false
        })
    );
    assert_eq!(
        parse("test --only core"),
        Ok(Invocation::Test {
            only: Some("core".to_owned()),
            full: false
        })
    );
    assert_eq!(
        parse("test --full"),
        Ok(Invocation::Test {
            only: None,
            full: true
        })
    );
    assert_eq!(parse("pack"), Ok(Invocation::Pack));
    assert_eq!(parse("generate"), Ok(Invocation::Generate));
    assert_eq!(parse(""), Ok(Invocation::Help));
}

#[test]
fn what_is_not_understood_is_named() {
    for (line, named) in [
        ("dmeo", "`dmeo`"),
        ("check --fast", "`--fast`"),
        ("build --stable=yes", "`yes`"),
        ("demo --port", "--port needs a value"),
        ("demo --port 99999", "`99999`"),
    ] {
        let failure = parse(line).expect_err(line);
        assert!(failure.to_string().contains(named), "{line}: {failure}");
    }
}
