//! The order of functions changes nothing but how well a module compresses.

use xtask::likeness::sorted;

const MODULE: &str = "(module $m.wasm
 (type $0 (func))
 (func $adds (param $0 i32)
  (drop
   (i32.add
    (local.get $0)
    (i32.const 7)
   )
  )
 )
 (func $calls
  (call $adds
   (i32.const 1)
  )
 )
 (func $multiplies (param $0 i32)
  (drop
   (i32.mul
    (i32.const 9)
    (i32.const 8)
   )
  )
 )
 (func $adds_again (result i32) (param $0 i32)
  (drop
   (i32.add
    (local.get $0)
    (i32.const 7)
   )
  )
  (i32.const 5)
 )
 (export \"a\" (func $calls))
)
";

#[test]
fn each_follows_the_one_it_has_most_in_common_with() {
    let sorted = sorted(MODULE).expect("a module");
    let names = sorted.lines().filter_map(|line| {
        let name = line.strip_prefix(" (func $")?;
        name.split_whitespace().next()
    });
    let names: Vec<_> = names.collect();
    let place = |name| names.iter().position(|of| *of == name).expect("there");
    assert_eq!(place("adds").abs_diff(place("adds_again")), 1, "{names:?}");
}

#[test]
fn nothing_is_lost_and_the_rest_stays_in_front() {
    let sorted = sorted(MODULE).expect("a module");
    assert!(sorted.starts_with("(module $m.wasm\n (type $0 (func))\n (export"));
    assert!(sorted.ends_with("\n )\n)\n"));
    let in_order = |text: &str| {
        let mut lines: Vec<_> = text.lines().map(String::from).collect();
        lines.sort();
        lines
    };
    assert_eq!(in_order(&sorted), in_order(MODULE));
}

#[test]
fn anything_else_is_refused() {
    assert!(sorted("<html>").is_err());
    assert!(sorted("").is_err());
}
