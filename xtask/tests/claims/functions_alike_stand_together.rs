//! The order of functions changes nothing but how well a module compresses.

use xtask::likeness::sorted;

const MODULE: &str = "(module $m.wasm
 (type $0 (func))
 (func $0 (param $0 i32)
  (nop)
 )
 (func $1
  (nop)
 )
 (func $2 (param $0 i32)
  (call $1)
 )
 (export \"a\" (func $2))
)
";

#[test]
fn by_signature_and_then_by_what_they_do() {
    let sorted = sorted(MODULE).expect("a module");
    let place = |text| sorted.find(text).expect("still there");
    assert!(place("(func $1") < place("(func $2 (param"));
    assert!(place("(func $2 (param") < place("(func $0 (param"));
    assert!(sorted.starts_with("(module $m.wasm\n (type $0 (func))\n (export"));
    assert!(sorted.ends_with("\n )\n)\n"));
    assert_eq!(sorted.lines().count(), MODULE.lines().count());
}

#[test]
fn anything_else_is_refused() {
    assert!(sorted("<html>").is_err());
    assert!(sorted("").is_err());
}
