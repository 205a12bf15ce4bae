// Packages of Maven Central, fetched by Maven itself: how this machine reaches the registry is its own affair.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** A project that does one thing: copy each jar, and the checksum that the registry publishes beside it. */
function pom(coordinates) {
  const [group, artifact, version] = PLUGIN.split(':');
  const items = coordinates.flatMap((coordinate) => {
    const [groupId, artifactId, wanted] = coordinate.split(':');
    return ['jar', 'jar.sha1'].map(
      (type) =>
        `<artifactItem><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${wanted}</version><type>${type}</type></artifactItem>`,
    );
  });
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>millrace</groupId><artifactId>schemas</artifactId><version>0</version><packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>
    <configuration><artifactItems>
      ${items.join('\n      ')}
    </artifactItems></configuration>
  </plugin></plugins></build>
</project>
`;
}

/**
 * @param {string[]} coordinates `group:artifact:version` each
 * @param {string} folder an empty one
 * @returns {{ coordinates: string, file: string, bytes: Buffer, checksums: Record<string, string> }[]} checked against the registry's checksum
 */
export function fetchMaven(coordinates, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'pom.xml'), pom(coordinates));
  const copied = run('mvn', ['-q', '-B', `${PLUGIN}:copy`, `-DoutputDirectory=${folder}`, '-Dmdep.useBaseVersion=true'], {
    cwd: folder,
    missing: `${coordinates.join(' and ')} come from Maven Central: install Maven (Debian: maven) and put mvn on the PATH.`,
  });
  if (!copied.ok) {
    const why = copied.output.split('\n').find((line) => line.includes('ERROR')) ?? copied.output;
    throw new Error(`Maven could not fetch ${coordinates.join(' or ')}. Are the coordinates right, and does mvn reach Maven Central?\n${why}`);
  }
  return coordinates.map((coordinate) => {
    const [, artifact, version] = coordinate.split(':');
    const file = path.join(folder, `${artifact}-${version}.jar`);
    const bytes = readFileSync(file);
    const published = readFileSync(`${file}.sha1`, 'utf8').trim().slice(0, 40);
    const sha1 = createHash('sha1').update(bytes).digest('hex');
    if (sha1 !== published)
      throw new Error(`${coordinate} is not what Maven Central says: SHA-1 ${sha1}, published ${published}. Delete it from Maven's local repository.`);
    return { coordinates: coordinate, file, bytes, checksums: { 'sha1, as published beside it': sha1 } };
  });
}
