#!/usr/bin/env node
// Builds assets/kustomize.wasm.br and assets/kustomize.json from this folder. The raw module is reproducible to the bit,
// so `--check` builds again and compares its hash (brotli's own bytes may differ from one zlib to the next).
//
//   node go/build.mjs           build and write the assets
//   node go/build.mjs --check   build and compare; exit 1 on a difference
//
// Needs any Go from 1.21 on: the exact toolchain that go.mod names is fetched by Go itself.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

// The kustomize release whose own go.mod names the api and kyaml versions of ours.
const RELEASE = 'v5.8.2';

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
  GOFLAGS: '-mod=readonly -trimpath -buildvcs=false',
  GOTOOLCHAIN: toolchain,
  CGO_ENABLED: '0',
  GOOS: 'wasip1',
  GOARCH: 'wasm',
};
const go = (...args) => execFileSync('go', args, { cwd: source, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const version = go('env', 'GOVERSION').trim();
if (version !== toolchain) throw new Error(`go.mod asks for ${toolchain}, this is ${version}`);

const out = mkdtempSync(path.join(tmpdir(), 'kustomize-wasm-'));
try {
  const raw = path.join(out, 'kustomize.wasm');
  go('build', '-buildmode=c-shared', '-ldflags', `-s -w -buildid= -X sigs.k8s.io/kustomize/api/provenance.version=kustomize/${RELEASE}`, '-o', raw, '.');
  const bytes = readFileSync(raw);
  const linked = go('list', '-deps', '-f', '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}}{{end}}{{end}}', '.');
  const modules = Object.fromEntries(
    [...new Set(linked.split('\n'))]
      .filter((line) => line !== '')
      .sort()
      .map((line) => line.split(' ')),
  );
  const made = {
    kustomize: RELEASE,
    go: version,
    modules,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  };
  const provenance = path.join(assets, 'kustomize.json');
  if (process.argv.includes('--check')) {
    const committed = JSON.parse(readFileSync(provenance, 'utf8'));
    if (committed.sha256 !== made.sha256) {
      console.error(`assets/kustomize.json has ${committed.sha256}\n${version} makes now    ${made.sha256}\nRun: node go/build.mjs`);
      process.exitCode = 1;
    } else {
      console.log(`kustomize.wasm is what ${version} makes of go/: ${made.sha256}`);
    }
  } else {
    const compressed = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    writeFileSync(path.join(assets, 'kustomize.wasm.br'), compressed);
    writeFileSync(provenance, `${JSON.stringify(made, null, 2)}\n`);
    console.log(`${made.sha256}: ${made.bytes} bytes, ${compressed.length} compressed`);
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
