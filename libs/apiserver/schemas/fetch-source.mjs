// A source of a platform to the CustomResourceDefinitions in it, as their authors wrote or generate them.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import yaml from 'yaml';
import { isDefinition } from './definition.mjs';
import { fetchGoModule } from './go-module.mjs';
import { findJava } from './java.mjs';
import { fetchMaven } from './maven.mjs';
import { run } from './run.mjs';
import { readZip } from './zip.mjs';

/** `*` is any part of a file's name. */
function globToPattern(glob) {
  return new RegExp(`^${glob.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
}

function readDefinitions(text, where) {
  return yaml.parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(`${where}: ${document.errors[0].message}`);
    return [document.toJSON()].filter(isDefinition);
  });
}

/** The definitions in a package's files; a pattern that finds none is an error. */
function takeFiles(files, patterns, prefix, where) {
  return patterns.flatMap((glob) => {
    const names = [...files.keys()].filter((name) => globToPattern(prefix + glob).test(name)).sort();
    if (names.length === 0) throw new Error(`${where} has no ${glob}`);
    return names.flatMap((name) => readDefinitions(files.get(name)().toString('utf8'), `${where}, ${name}`));
  });
}

/** The definitions that a generator in the packages makes of classes in them. */
function generate({ java: atLeast, main, arguments: args, classes }, packages, folder) {
  const java = findJava(atLeast, packages.map(({ coordinates }) => coordinates).join(' and '));
  const out = path.join(folder, 'generated');
  mkdirSync(out);
  const outputs = classes.map((name) => ({ name, file: path.join(out, `${name}.yaml`) }));
  const classpath = packages.map(({ file }) => file).join(path.delimiter);
  const result = run(java, ['-cp', classpath, main, ...args.flat(), ...outputs.map(({ name, file }) => `${name}=${file}`)], { cwd: folder, missing: '' });
  if (!result.ok) throw new Error(`${main} of ${packages[0].coordinates} failed:\n${result.output}`);
  return outputs.flatMap(({ name, file }) => readDefinitions(readFileSync(file, 'utf8'), name));
}

/** What a platform's file says it takes, and no less and no more, so that a newer package's kinds are noticed. */
function assertKinds(documents, source) {
  const found = documents.map((definition) => definition.spec.names.kind).sort();
  const wanted = [...(source.kinds ?? source.generate.classes.map((name) => name.split('.').at(-1)))].sort();
  const list = (kinds) => kinds.join(', ') || 'none';
  if (found.join() !== wanted.join()) {
    throw new Error(
      `${source.name} ${source.version} should define ${list(wanted)}; ` +
        `missing: ${list(wanted.filter((kind) => !found.includes(kind)))}; not named: ${list(found.filter((kind) => !wanted.includes(kind)))}`,
    );
  }
}

/**
 * @param {object} source an entry of a platform's file
 * @param {string} folder for its own use, not there yet
 * @returns {{ documents: object[], packages: object[], notice?: string }} `notice` as the package has it, where its licence wants it kept
 */
export function fetchSource(source, folder) {
  mkdirSync(folder);
  const packages = source.maven ? fetchMaven(source.maven, folder) : [fetchGoModule(source.go, folder)];
  const files = readZip(packages.at(-1).bytes);
  const prefix = source.go ? `${source.go}/` : '';
  const where = packages.at(-1).coordinates;
  const documents = source.generate ? generate(source.generate, packages, folder) : takeFiles(files, source.files, prefix, where);
  assertKinds(documents, source);
  return {
    documents,
    packages,
    notice:
      source.notice &&
      files
        .get(prefix + source.notice)()
        .toString('utf8')
        .trim(),
  };
}
