#!/usr/bin/env node
// Builds both modules from this folder: assets/custom.wasm.br and assets/builtin.wasm.br, with assets/apiserver.json saying what is in
// them. Each is the snapshot of a module that has started: see snapshot.mjs. Uncompressed they are reproducible to the bit, so `--check`
// builds again and compares their hashes (brotli's own bytes may differ from one zlib to the next).
//
//   node go/build.mjs           build and write the assets
//   node go/build.mjs --check   build and compare; exit 1 on a difference
//
// Needs any Go from 1.21 on: the exact toolchain that go.mod names is fetched by Go itself.
//
// Kubernetes keeps what decides on a resource beside what stores it and what talks to the network. The latter would double the modules, and
// some of it does not compile for WebAssembly; nothing here calls it. So a copy of the sources is trimmed first: of the packages in
// trimmed.json only the named files stay, and those in _instead/ are replaced by the few types that others name.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { snapshot } from './snapshot.mjs';

const modules = ['custom', 'builtin'];

const source = fileURLToPath(new URL('.', import.meta.url));
const assets = fileURLToPath(new URL('../assets/', import.meta.url));
const goMod = readFileSync(path.join(source, 'go.mod'), 'utf8');
const toolchain = /^toolchain (\S+)$/m.exec(goMod)?.[1];
if (toolchain === undefined) throw new Error('go/go.mod names no toolchain');

// How this machine reaches its modules is its own affair; whatever else its Go configuration says must not be in the result.
const reach = JSON.parse(
  execFileSync('go', ['env', '-json', 'GOPROXY', 'GOSUMDB', 'GONOPROXY', 'GONOSUMDB', 'GOPRIVATE', 'GOCACHE', 'GOMODCACHE'], {
    cwd: tmpdir(),
    encoding: 'utf8',
  }),
);
const env = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  ...reach,
  GOENV: 'off',
  GOWORK: 'off',
  GOFLAGS: '-trimpath -buildvcs=false',
  GOTOOLCHAIN: toolchain,
  CGO_ENABLED: '0',
  GOOS: 'wasip1',
  GOARCH: 'wasm',
};
const work = mkdtempSync(path.join(tmpdir(), 'apiserver-wasm-'));
const go = (...args) => execFileSync('go', args, { cwd: work, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 << 20 });

/** Takes out of the copied sources what trimmed.json and _instead/ say. */
function trim() {
  const vendor = path.join(work, 'vendor');
  const keep = JSON.parse(readFileSync(path.join(source, 'trimmed.json'), 'utf8'));
  for (const [name, files] of Object.entries(keep)) {
    const folder = path.join(vendor, name);
    const goFiles = readdirSync(folder).filter((file) => file.endsWith('.go'));
    for (const file of files) if (!goFiles.includes(file)) throw new Error(`trimmed.json: ${name} has no ${file}`);
    for (const file of goFiles) if (!files.includes(file)) rmSync(path.join(folder, file));
  }
  const instead = path.join(source, '_instead');
  for (const entry of readdirSync(instead, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const folder = path.join(vendor, path.relative(instead, entry.parentPath));
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    cpSync(path.join(entry.parentPath, entry.name), path.join(folder, entry.name));
  }
}

try {
  cpSync(source, work, { recursive: true });
  go('mod', 'vendor');
  trim();
  const version = go('env', 'GOVERSION').trim();
  if (version !== toolchain) throw new Error(`go.mod asks for ${toolchain}, this is ${version}`);
  const linked = go('list', '-deps', '-f', '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}}{{end}}{{end}}', './...');
  const made = {
    kubernetes: /^k8s\.io\/kubernetes (\S+)$/m.exec(linked)?.[1],
    go: version,
    modules: Object.fromEntries(
      [...new Set(linked.split('\n'))]
        .filter((line) => line !== '')
        .sort()
        .map((line) => line.split(' ')),
    ),
    wasm: {},
  };
  const raw = new Map();
  for (const name of modules) {
    const file = path.join(work, `${name}.wasm`);
    go('build', '-buildmode=c-shared', '-ldflags', '-s -w -buildid=', '-o', file, `./${name}`);
    const bytes = snapshot(readFileSync(file));
    raw.set(name, bytes);
    made.wasm[name] = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  }
  const provenance = path.join(assets, 'apiserver.json');
  if (process.argv.includes('--check')) {
    const committed = JSON.parse(readFileSync(provenance, 'utf8'));
    for (const name of modules) {
      if (committed.wasm[name].sha256 !== made.wasm[name].sha256) {
        console.error(
          `assets/apiserver.json has ${committed.wasm[name].sha256} for ${name}.wasm\n${version} makes now ${made.wasm[name].sha256}\nRun: node go/build.mjs`,
        );
        process.exitCode = 1;
      } else {
        console.log(`${name}.wasm is what ${version} makes of go/: ${made.wasm[name].sha256}`);
      }
    }
  } else {
    for (const [name, bytes] of raw) {
      const compressed = brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
      writeFileSync(path.join(assets, `${name}.wasm.br`), compressed);
      console.log(`${name}.wasm ${made.wasm[name].sha256}: ${bytes.length} bytes, ${compressed.length} compressed`);
    }
    writeFileSync(provenance, `${JSON.stringify(made, null, 2)}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
