import { posix } from 'node:path';

import { textAt } from './field.js';
import { APPLICATION } from './kinds.js';
import type { Subject } from './subject.js';

/** Kinds that have no namespace, so that no destination gives them one. */
const CLUSTER_SCOPED =
  /^(?:Namespace|Node|PersistentVolume|StorageClass|PriorityClass|CustomResourceDefinition|Cluster.*|.*WebhookConfiguration|ValidatingAdmissionPolicy.*|IngressClass|RuntimeClass|APIService|GatewayClass|AppProject)$/;

/**
 * Gives resources without a namespace the one that the Application which delivers them names: Argo CD does the same.
 * Resources that no Application of the run delivers stay as they are. The order stays.
 */
export function withDestinations(subjects: readonly Subject[]): readonly Subject[] {
  const namespaces = new Map<string, string>();
  for (const { groupKind, resource } of subjects) {
    if (groupKind !== APPLICATION) continue;
    const path = textAt(resource.body, 'spec', 'source', 'path');
    const namespace = textAt(resource.body, 'spec', 'destination', 'namespace');
    if (path !== undefined && namespace !== undefined) namespaces.set(posix.normalize(path).replace(/\/$/, ''), namespace);
  }
  if (namespaces.size === 0) return subjects;
  return subjects.map((subject) => {
    if (subject.namespace !== undefined || CLUSTER_SCOPED.test(subject.resource.kind)) return subject;
    const { origin } = subject;
    const namespace = namespaces.get(origin.kind === 'overlay' ? origin.overlay : posix.dirname(origin.file));
    return namespace === undefined ? subject : { ...subject, namespace };
  });
}
