use crate::takes;
use slidewright_fuzz::TARGETS;

#[test]
fn whole_cut_short_or_changed() {
    for target in TARGETS {
        let seeds = (target.seeds)();
        assert!(seeds.len() >= 5, "{} has no corpus", target.name);
        for (number, seed) in seeds.iter().enumerate() {
            let half = &seed[..seed.len() / 2];
            let changed: Vec<u8> = seed.iter().map(|byte| byte ^ 1).collect();
            for input in [seed, half, &changed] {
                assert!(takes(&target, input), "{}: seed {number}", target.name);
            }
        }
    }
}

#[test]
fn seeds_differ() {
    for target in TARGETS {
        let mut seeds = (target.seeds)();
        let all = seeds.len();
        seeds.sort();
        seeds.dedup();
        // A few examples are the same on the wire and differ in their code.
        assert!(seeds.len() * 10 >= all * 9, "{}: {}", target.name, all);
    }
}
