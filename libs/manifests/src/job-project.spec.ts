import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

import { javaPackage, jobProject, mainClass, type JobProject } from './job-project.js';

const project: JobProject = {
  pipeline: 'payments',
  job: 'payment-scorer',
  package: 'io.example.fraud',
  flinkVersion: 'v2_2',
  input: 'payments',
  output: 'payment-scores',
  storages: ['s3://my-bucket/dev', 's3://my-bucket/prod'],
};

/** Why Maven's part cannot run here; undefined where it can. */
async function missingTools(): Promise<string | undefined> {
  const java = await execa('java', ['-version'], { reject: false, all: true });
  if (java.failed) return 'java is not installed';
  const version = /version "(?:1\.)?(\d+)/.exec(java.all)?.[1] ?? '0';
  if (Number(version) < 17) return `java is ${version}, the job needs 17`;
  const maven = await execa('mvn', ['--version'], { reject: false });
  return maven.failed ? 'mvn is not installed' : undefined;
}
const missing = await missingTools();
if (missing !== undefined) console.warn(`The Maven part is left out: ${missing}.`);

describe('the Maven project of a job', () => {
  it('is named after the pipeline, the job and the package', () => {
    const files = jobProject(project);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['.dockerignore', '.gitignore', 'Dockerfile', 'pom.xml', 'src/main/java/io/example/fraud/PaymentScorer.java']),
    );
    expect(files.get('Dockerfile')).toContain('/opt/flink/usrlib/payments.jar');
    expect([...files.values()].filter((text) => /\{\{[a-zA-Z]/.test(text))).toEqual([]);
  });

  it('is not made for a Flink version that has no project', () => {
    expect(jobProject({ ...project, flinkVersion: 'v1_19' }).size).toBe(0);
  });

  it('has a main class that hides no other', () => {
    expect(['order-processor', 'totals', 'kafka', 'a', 'x-1'].map(mainClass)).toEqual(['OrderProcessor', 'TotalsJob', 'KafkaJob', 'A', 'X1']);
  });

  it('takes packages that Java takes', () => {
    const taken = ['com.acme.orders', 'a', 'com.acme.class', 'Com.acme', 'com..acme', '../etc', 'com.acme-x', 'int'].filter(
      (name) => javaPackage.safeParse(name).success,
    );
    expect(taken).toEqual(['com.acme.orders', 'a']);
  });

  it.skipIf(missing !== undefined)(
    'compiles, and its tests pass on a MiniCluster',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'millrace-job-'));
      try {
        for (const [path, text] of jobProject(project)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        const { exitCode, all } = await execa('mvn', ['--batch-mode', '--quiet', 'verify'], { cwd: folder, reject: false, all: true });
        expect(exitCode, all).toBe(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    280_000,
  );
});
