import { describe, expect, it } from 'vitest';

import { PROJECT } from './job-project.fixture.js';
import { javaPackage, jobProject, mainClass } from './job-project.js';

describe('the Maven project of a job', () => {
  it('is named after the pipeline, the job and the package', () => {
    const files = jobProject(PROJECT);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['.dockerignore', '.gitignore', 'Dockerfile', 'pom.xml', 'src/main/java/io/example/fraud/PaymentScorer.java']),
    );
    expect(files.get('Dockerfile')).toContain('/opt/flink/usrlib/payments.jar');
    expect([...files.values()].filter((text) => /\{\{[a-zA-Z]/.test(text))).toEqual([]);
  });

  it('is not made for a Flink version that has no project', () => {
    expect(jobProject({ ...PROJECT, flinkVersion: 'v1_19' }).size).toBe(0);
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
});
