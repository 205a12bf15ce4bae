import type { Value } from '@millrace/kustomize';

import { fieldAt, isMap, mapAt, scalarText, textAt, type FieldPath } from '../../field.js';
import { CONFIG_MAP } from '../../kinds.js';
import { readYaml } from '../../sources/read-yaml.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';

/** A health check that Argo CD is given. */
export interface HealthCheck {
  /** `group/Kind`, or the kind alone in the core group; may be a pattern where it is written in `resource.customizations`. */
  readonly groupKind: string;
  readonly path: FieldPath;
  readonly script: string;
  /** Whether Lua's libraries are opened for it. */
  readonly openLibs: boolean;
}

const CUSTOMIZATIONS = 'resource.customizations';

/** Whether a resource is Argo CD's own ConfigMap, as Argo CD finds it: by name and label (util/settings/settings.go). */
export function isSettings({ groupKind, resource }: Subject): boolean {
  return groupKind === CONFIG_MAP && resource.name === 'argocd-cm' && textAt(resource.body, 'metadata', 'labels', 'app.kubernetes.io/part-of') === 'argocd';
}

/** Whether these are the only settings that can be meant: with several Argo CDs in a run it is not known which delivers what. */
export function areAlone(settings: Subject, universe: Universe): boolean {
  return universe.called(settings, CONFIG_MAP, 'argocd-cm').filter(isSettings).length === 1;
}

/**
 * The health checks of Argo CD's ConfigMap: those with a key of their own, and those in `resource.customizations`.
 * Source: argo-cd, util/settings/settings.go (GetResourceOverrides, appendResourceOverridesFromSplitKeys).
 */
export function healthChecksOf({ resource }: Subject): readonly HealthCheck[] {
  const data = mapAt(resource.body, 'data');
  const inOne = fieldAt(data, CUSTOMIZATIONS);
  return [
    ...Object.keys(data).flatMap((key): readonly HealthCheck[] => {
      const [, written] = /^resource\.customizations\.health\.(.+)$/.exec(key) ?? [];
      const script = textAt(data, key);
      if (written === undefined || script === undefined || script === '') return [];
      const openLibs = isTrue(fieldAt(data, `${CUSTOMIZATIONS}.useOpenLibs.${written}`));
      return [{ groupKind: written === 'all' ? '*/*' : written.replace('_', '/'), path: ['data', key], script, openLibs }];
    }),
    ...(typeof inOne === 'string' ? inOneKey(inOne) : []),
  ];
}

function inOneKey(text: string): readonly HealthCheck[] {
  const reading = readYaml(text);
  const overrides = reading.kind === 'read' ? reading.documents[0] : undefined;
  if (!isMap(overrides)) return [];
  return Object.entries(overrides).flatMap(([groupKind, override]): readonly HealthCheck[] => {
    const script = textAt(override, 'health.lua');
    if (script === undefined || script === '') return [];
    return [{ groupKind, path: ['data', CUSTOMIZATIONS], script, openLibs: isTrue(fieldAt(override, 'health.lua.useOpenLibs')) }];
  });
}

function isTrue(value: Value | undefined): boolean {
  return /^(?:1|t|true)$/i.test(scalarText(value) ?? '');
}

/** Whether one of some health checks judges a kind. */
export function judges(checks: readonly HealthCheck[], groupKind: string): boolean {
  return checks.some((check) => check.groupKind === groupKind || (check.groupKind.includes('*') && isLike(groupKind, check.groupKind)));
}

function isLike(groupKind: string, pattern: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${expression}$`).test(groupKind);
}
