// Tries the typings as a host developer meets them: from the package, with each
// framework's own types. Right uses have to pass, wrong ones (`@ts-expect-error`) to
// fail.
//
//     npm ci && npm test                          from the sources
//     npm test -- --package DIR [CASE…]           from an unpacked package
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const pkg = join(here, '../../pkg');
const staged = join(here, 'node_modules/slidewright');

// TypeScript 5, which the tools of Vue and Svelte stand on, and the one of the shell.
const older = join(here, 'node_modules/.bin');
const newer = join(pkg, 'node_modules/.bin');

const CASES = {
  plain: ['tsc', 'tsc 7'],
  'react-18': ['tsc', 'tsc 7'],
  'react-19': ['tsc', 'tsc 7'],
  'preact-10': ['tsc', 'tsc 7'],
  'preact-11': ['tsc', 'tsc 7'],
  solid: ['tsc', 'tsc 7'],
  svelte: ['svelte-check'],
  vue: ['vue-tsc'],
};

const COMMANDS = {
  tsc: (folder) => [join(older, 'tsc'), '--project', folder],
  'tsc 7': (folder) => [join(newer, 'tsc'), '--project', folder],
  'vue-tsc': (folder) => [join(older, 'vue-tsc'), '--project', folder],
  'svelte-check': (folder) => [
    join(older, 'svelte-check'), '--workspace', folder, '--tsconfig', join(folder, 'tsconfig.json'),
    '--fail-on-warnings',
  ],
};

const args = process.argv.slice(2);
let source;
if (args[0] === '--package') source = resolve(args.splice(0, 2)[1]);
const wanted = args.length ? args : Object.keys(CASES);

stage();
let failed = false;
for (const name of wanted) {
  if (!CASES[name]) throw new Error(`there is no case ${name}: ${Object.keys(CASES).join(', ')}`);
  for (const checker of CASES[name]) {
    const { status, text } = run(COMMANDS[checker](join(here, name)));
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${checker})`);
    if (status !== 0) {
      failed = true;
      console.log(text);
    }
  }
}
process.exitCode = failed ? 1 : 0;

/** Puts the package where a project would have it. */
function stage() {
  rmSync(staged, { recursive: true, force: true });
  if (source) {
    if (!existsSync(join(source, 'package.json'))) throw new Error(`${source} holds no package`);
    cpSync(source, staged, { recursive: true });
    return;
  }
  mkdirSync(staged, { recursive: true });
  cpSync(join(pkg, 'package.json'), join(staged, 'package.json'));
  const declarations = run([
    join(newer, 'tsc'), '--project', pkg, '--noEmit', 'false', '--declaration', '--emitDeclarationOnly',
    '--outDir', join(staged, 'dist'),
  ]);
  if (declarations.status !== 0) throw new Error(`the shell's types are wrong:\n${declarations.text}`);
  cpSync(join(pkg, 'typings'), join(staged, 'dist/typings'), { recursive: true });
}

function run([program, ...rest]) {
  const { status, stdout, stderr, error } = spawnSync(program, rest, { cwd: here, encoding: 'utf8' });
  return { status: error ? -1 : status, text: error ? String(error) : stdout + stderr };
}
