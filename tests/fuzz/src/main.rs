//! Hands the target named by `SLIDEWRIGHT_FUZZ_TARGET` to libFuzzer, whose options
//! and folders are the command line. Its seeds are first written to the folder
//! `SLIDEWRIGHT_FUZZ_SEEDS`, where that is set. Where no target is named, each
//! one's name is printed, and how many inputs a short run tries.

#![no_main]

use slidewright_fuzz::{Target, mutation::mutate};
use std::path::Path;
use std::process::exit;
use std::sync::OnceLock;
use std::{env, fs};

static TARGET: OnceLock<&'static Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(
    init: { TARGET.get_or_init(chosen); },
    |data: &[u8]| (TARGET.get_or_init(chosen).run)(data)
);

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let target = TARGET.get_or_init(chosen);
    let changed = target
        .documents_at
        .filter(|_| seed.is_multiple_of(2))
        .and_then(|at| mutate(&data[..size], at, seed))
        .filter(|changed| changed.len() <= max_size);
    match changed {
        Some(changed) => {
            data[..changed.len()].copy_from_slice(&changed);
            changed.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
});

fn chosen() -> &'static Target {
    let Ok(name) = env::var("SLIDEWRIGHT_FUZZ_TARGET") else {
        for target in slidewright_fuzz::TARGETS {
            println!("{} {}", target.name, target.short);
        }
        exit(0);
    };
    let target = slidewright_fuzz::target(&name).expect("a target of that name");
    if let Some(folder) = env::var_os("SLIDEWRIGHT_FUZZ_SEEDS") {
        for (number, seed) in (target.seeds)().iter().enumerate() {
            let file = Path::new(&folder).join(format!("seed-{number:03}"));
            fs::write(file, seed).expect("a folder for the seeds");
        }
    }
    target
}
