use crate::harness::*;

fn codes(name: &str, header: &str, value: &str) -> [u16; 2] {
    let service = service(name);
    let mut caller = Caller::of(&format!("{name},auth=sk-1")).with(header, value);
    let submit = caller.post(service.submit, &service.body).status;
    let list = match name {
        "duomi" => "/api/v1/templates",
        "gamma" => "/v1.0/themes",
        _ => "/api/v1/presentation/templates",
    };
    [submit, caller.get(list).status]
}

#[test]
fn in_x_api_key() {
    assert_eq!(codes("duomi", "X-API-Key", "sk-1"), [202, 200]);
    assert_eq!(codes("gamma", "X-API-KEY", "sk-1"), [201, 200]);
    assert_eq!(codes("slidespeak", "x-api-key", "sk-1"), [200, 200]);
}

#[test]
fn not_as_a_bearer_token_nor_wrong() {
    for name in ["duomi", "gamma", "slidespeak"] {
        assert_eq!(codes(name, "Authorization", "Bearer sk-1"), [401, 401]);
        assert_eq!(codes(name, "X-API-Key", "sk-2"), [401, 401]);
    }
}

#[test]
fn or_as_the_organisation_of_a_duomi_test_deployment() {
    assert_eq!(codes("duomi", "X-Org-Name", "acme"), [202, 200]);
    assert_eq!(codes("duomi", "X-Org-Name", "globex"), [401, 401]);
    assert_eq!(codes("gamma", "X-Org-Name", "acme"), [401, 401]);
}
