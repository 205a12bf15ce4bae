import { posix } from 'node:path';

import { environmentFile, newestPlatform, platformNames, type PlatformName } from '@millrace/model';

import { fieldAt, hasField, isMap, scalarText } from '../field.js';
import type { Disk } from './disk.js';
import { readYaml } from './read-yaml.js';
import type { Surroundings } from './repository.js';

/**
 * The tested set that what lies at a path is checked against: in a Millrace repository that of its environment, and of the first
 * environment for what follows `next`; the newest elsewhere, and where environment.yaml does not say.
 * @param disk where environments are declared
 * @param wanted one set for everything, whatever environments say
 */
export function platforms(disk: Disk, { isMillrace, settings = '.' }: Surroundings, wanted: PlatformName | undefined): (path: string) => PlatformName {
  if (wanted !== undefined) return () => wanted;
  if (!isMillrace) return () => newestPlatform;
  const known = new Map<string, Declared>();
  const declared = (environment: string): Declared => {
    let found = known.get(environment);
    if (found === undefined) known.set(environment, (found = readEnvironment(disk.read(posix.join(settings, environmentFile(environment))))));
    return found;
  };
  const first = (): string | undefined => {
    const listing = disk.folder(posix.join(settings, 'environments'));
    return listing.kind === 'unreadable' ? undefined : listing.entries.find(({ name, kind }) => kind === 'folder' && declared(name).isFirst)?.name;
  };
  return (path) => {
    const [top, name = '', part] = posix.relative(settings, path).split('/');
    const environment = top === 'environments' ? name : top === 'apps' && part === 'next' ? first() : undefined;
    return environment === undefined ? newestPlatform : declared(environment).platform;
  };
}

interface Declared {
  readonly platform: PlatformName;
  /** Whether it promotes from nobody. */
  readonly isFirst: boolean;
}

/** What an environment.yaml says of these; that it is wrong is said where it is checked itself. */
function readEnvironment(text: string | undefined): Declared {
  const reading = text === undefined ? undefined : readYaml(text);
  const [value] = reading?.kind === 'read' ? reading.documents : [];
  if (!isMap(value)) return { platform: newestPlatform, isFirst: false };
  const name = scalarText(fieldAt(value, 'platform'));
  return { platform: platformNames.find((known) => known === name) ?? newestPlatform, isFirst: !hasField(value, 'promotesFrom') };
}
