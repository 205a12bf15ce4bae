#!/usr/bin/env node
// Builds assets/schemas/<platform>.txt.br and its provenance, <platform>.json, from what <platform>.json here names in the package registries.
// The text is reproducible to the byte, so `--check` builds again and compares (brotli's own bytes may differ from one zlib to the next).
//
//   node schemas/build.mjs [platform ...]           build and write; every platform if none is named
//   node schemas/build.mjs --check [platform ...]   build and compare; exit 1 on a difference
//
// Needs Maven, Go, and for Strimzi a Java from 21 on. README.md beside this file has more.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { fetchSource } from './fetch-source.mjs';
import { keepWhatDecides, keyOf, textOf } from './definition.mjs';
import { applyPatch, readPatch } from './patch.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const assets = fileURLToPath(new URL('../assets/schemas/', import.meta.url));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const kilobytes = (bytes) => `${Math.round(bytes.length / 1000)} kB`;

/** Quality 11 and a window over the whole text: pods are described many times. */
const compress = (text) =>
  brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
  });

/** A source's definitions as the set has them, and what its provenance says. */
function takeSource(source, folder) {
  const { documents, packages, notice } = fetchSource(source, folder);
  const definitions = documents.map(keepWhatDecides);
  const patch = source.patch && readPatch(path.join(here, source.patch));
  if (patch) applyPatch(definitions, patch);
  const bare = definitions.filter((definition, index) => documents[index].spec.conversion?.strategy === 'Webhook').map(keyOf);
  return {
    definitions,
    provenance: {
      name: source.name,
      version: source.version,
      licence: source.licence,
      notice,
      packages: packages.map(({ coordinates, bytes, checksums }) => ({ coordinates, bytes: bytes.length, sha256: sha256(bytes), ...checksums })),
      taken: source.generate ? { generatedBy: source.generate.main, arguments: source.generate.arguments.flat() } : { files: source.files },
      definitions: definitions.map((definition) => `${keyOf(definition)} ${definition.spec.versions.map(({ name }) => name).join(' ')}`).sort(),
      conversionWebhookDropped: bare.length > 0 ? bare : undefined,
      patch: patch && { file: source.patch, changes: patch.map(({ reason, kinds, fields }) => ({ reason, kinds, fields })) },
      notes: source.notes,
    },
  };
}

function makeSet(platform, folder) {
  const file = path.join(here, `${platform}.json`);
  if (!existsSync(file)) throw new Error(`there is no schemas/${platform}.json, which would name the packages of platform ${platform}`);
  const { sources } = JSON.parse(readFileSync(file, 'utf8'));
  const taken = sources.map((source, index) => {
    console.log(`${platform}: ${source.name} ${source.version} from ${[source.maven ?? source.go].flat().join(' and ')}`);
    const result = takeSource(source, path.join(folder, `${platform}-${index}`));
    console.log(`${platform}:   ${result.definitions.length} definitions, ${kilobytes(textOf(result.definitions))}`);
    return result;
  });
  const text = Buffer.from(textOf(taken.flatMap(({ definitions }) => definitions)));
  const provenance = {
    platform,
    madeBy: 'node schemas/build.mjs',
    sha256: sha256(text),
    bytes: text.length,
    definitions: taken.reduce((sum, { definitions }) => sum + definitions.length, 0),
    dropped: 'descriptions of schemas, additionalPrinterColumns, status, metadata other than name, labels and annotations',
    sources: taken.map((source) => source.provenance),
  };
  return { text, provenance: JSON.parse(JSON.stringify(provenance)) };
}

const committedText = (file) => (existsSync(file) ? brotliDecompressSync(readFileSync(file)) : undefined);
const committedProvenance = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** The whole file or none of it: a reader never sees half of one. */
function writeWhole(file, bytes) {
  const unfinished = `${file}.${process.pid}.unfinished`;
  try {
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function write(platform, { text, provenance }) {
  const set = path.join(assets, `${platform}.txt.br`);
  // The same text stays the same file, whatever brotli this Node has.
  if (committedText(set)?.equals(text)) console.log(`${platform}: the text is what it was`);
  else writeWhole(set, compress(text));
  writeWhole(path.join(assets, `${platform}.json`), `${JSON.stringify(provenance, null, 2)}\n`);
  console.log(
    `${platform}: ${provenance.definitions} definitions, ${kilobytes(text)}, ${kilobytes(readFileSync(set))} compressed, sha256 ${provenance.sha256}`,
  );
}

/** @returns {boolean} whether what is committed is what the packages give now */
function check(platform, { text, provenance }) {
  const committed = committedProvenance(path.join(assets, `${platform}.json`));
  const differing = Object.keys({ ...committed, ...provenance }).filter((key) => !isDeepStrictEqual(committed[key], provenance[key]));
  const sameText = committedText(path.join(assets, `${platform}.txt.br`))?.equals(text) ?? false;
  if (sameText && differing.length === 0) {
    console.log(`${platform}: assets/schemas/${platform}.txt.br and .json are what the packages give: ${provenance.sha256}`);
    return true;
  }
  console.error(`${platform}: assets/schemas/${platform}.txt.br ${sameText ? 'is' : 'is not'} what the packages give`);
  for (const key of differing) {
    console.error(`  ${platform}.json: ${key}${['sha256', 'bytes'].includes(key) ? `: committed ${committed[key]}, made now ${provenance[key]}` : ' differs'}`);
  }
  console.error('Run: node schemas/build.mjs');
  return false;
}

const args = process.argv.slice(2);
const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--check');
const named = args.filter((arg) => !arg.startsWith('-'));
const platforms = named.length > 0 ? named : readdirSync(here).flatMap((name) => /^(\d{4}\.\d{2})\.json$/.exec(name)?.[1] ?? []);

// An interrupt ends the program that is running, and so this one, by way of the `finally` below.
process.on('SIGINT', () => {});
const folder = mkdtempSync(path.join(tmpdir(), 'millrace-schemas-'));
try {
  if (unknown) throw new Error(`${unknown} is not an option; there is --check`);
  for (const platform of platforms) {
    const made = makeSet(platform, folder);
    if (!args.includes('--check')) write(platform, made);
    else if (!check(platform, made)) process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
