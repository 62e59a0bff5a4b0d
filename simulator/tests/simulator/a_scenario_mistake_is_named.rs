use slidewright_simulator::{Scenario, World};

use crate::harness::*;

#[test]
fn every_documented_token_parses() {
    for segment in [
        "presenton",
        "presenton-v3",
        "presenton,contract=cloud,duration=0,latency=5,rate=3,retry-after=Wed,run=a.b-c_1",
        "presenton,fail=renderer,fail-at=0,restart-at=100,forget-at=1000",
        "presenton,auth=sk-x,auth-after=3,cors=none,hostile=1",
        "presenton%2Ccontract%3Da",
        "chronicle,questions=20,answer=drop,answer-times=2,accept=1,public=1",
        "chronicle,upload=500,bucket=same,bucket-fail=1",
        "chronicle,bucket=other,restart-at=20",
        "perceptis,downloads=missing,life=0,gone-after=86400",
        "duomi,bad-slides=0.2.11,life=60,renew=0,fail=key,cors=a",
        "gamma,life=604800,auth=sk-gamma-x",
        "slidespeak,words=mcp,life=0",
        "presenton,submit=reset-reused,status=stale",
        "presenton,status=drip,drip-ms=0",
        "chronicle,answer=drip,drip-ms=86400000",
        "presenton,hostile=0",
        "presenton,hostile=scripts",
        "presenton,hostile=data",
    ] {
        assert!(Scenario::parse(segment).is_ok(), "{segment}");
    }
    let words = "400 401 402 403 404 405 408 409 410 413 422 425 428 429 500 502 503 504 202empty 204 \
                 html empty garbage truncated huge deep noid text drop reset hang slow problem unknown-word \
                 307 wrong-type octet-stream million long-text cut drip";
    for word in words.split(' ') {
        let segment =
            format!("presenton,submit={word},submit-times=1,accept=1,status={word},status-times=2");
        assert!(Scenario::parse(&segment).is_ok(), "{segment}");
    }
    assert!(Scenario::parse("presenton,status=backwards").is_ok());
}

#[test]
fn the_token_at_fault_is_named() {
    for (segment, token) in [
        ("", ""),
        ("nobody", "nobody"),
        ("presenton,speed=3", "speed"),
        ("presenton,hostile", "hostile"),
        ("presenton,duration=fast", "duration"),
        ("presenton,duration=+5", "duration"),
        ("presenton,duration=-1", "duration"),
        ("presenton,contract=d", "contract"),
        ("presenton-v3,contract=a", "contract"),
        ("chronicle,contract=a", "contract"),
        ("chronicle,life=3", "life"),
        ("chronicle,questions=21", "questions"),
        ("chronicle,answer=backwards", "answer"),
        ("chronicle,answer=noid", "answer"),
        ("chronicle,answer-times=1", "answer-times"),
        ("chronicle,accept=1", "accept"),
        ("chronicle,upload=unknown-word", "upload"),
        ("chronicle,bucket=elsewhere", "bucket"),
        ("chronicle,bucket-fail=yes", "bucket-fail"),
        ("perceptis,questions=1", "questions"),
        ("perceptis,downloads=none", "downloads"),
        ("perceptis,life=1.5", "life"),
        ("presenton,questions=1", "questions"),
        ("presenton-v3,public=1", "public"),
        ("presenton,fail=never", "fail"),
        ("duomi,contract=a", "contract"),
        ("presenton,life=60", "life"),
        ("gamma,renew=0", "renew"),
        ("slidespeak,bad-slides=1", "bad-slides"),
        ("duomi,words=mcp", "words"),
        ("slidespeak,words=MCP", "words"),
        ("duomi,bad-slides=", "bad-slides"),
        ("duomi,bad-slides=1..2", "bad-slides"),
        ("duomi,bad-slides=+1", "bad-slides"),
        ("duomi,life=soon", "life"),
        ("duomi,life=604801", "life"),
        ("duomi,renew=yes", "renew"),
        ("presenton,fail=key,fail-at=101", "fail-at"),
        ("presenton,submit=418", "submit"),
        ("presenton,submit=backwards", "submit"),
        ("presenton,submit=stale", "submit"),
        ("presenton,status=reset-reused", "status"),
        ("chronicle,answer=stale", "answer"),
        ("chronicle,answer=reset-reused", "answer"),
        ("chronicle,upload=reset-reused", "upload"),
        ("presenton,submit=301", "submit"),
        ("presenton,drip-ms=5", "drip-ms"),
        ("presenton,submit=slow,drip-ms=5", "drip-ms"),
        ("presenton,submit=drip,drip-ms=soon", "drip-ms"),
        ("presenton,retry-after=", "retry-after"),
        ("presenton,retry-after=%0a", "retry-after"),
        ("presenton,hostile=yes", "hostile"),
        ("presenton,cors=c", "cors"),
        ("presenton,run=", "run"),
        ("presenton,run=a b", "run"),
        ("presenton,run=1,run=2", "run"),
        ("presenton,accept=1", "accept"),
        ("presenton,auth-after=2", "auth-after"),
        ("presenton,status-times=2", "status-times"),
    ] {
        let error = Scenario::parse(segment).expect_err(segment);
        assert_eq!(error.token, token, "{segment}");
    }
}

#[test]
fn a_caller_gets_400_and_the_name() {
    let mut caller = Caller::of("presenton,speed=3");
    let reply = caller.get("/api/v1/ppt/template/all");
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json().expect("JSON")["token"], "speed");
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
}

#[test]
fn other_paths_are_nobodys() {
    let request = slidewright_simulator::Request::new("GET", "/elsewhere");
    assert_eq!(World::new().handle(0, &request).status, 404);
}
