import { environmentFolder, generatedYaml, MILLRACE_FILE, pipelineFolder, placementFolder, type Workspace } from '@millrace/model';

/** Where forges look for it: GitHub, GitLab, Gitea and Bitbucket all read this one. */
export const CODE_OWNERS_FILE = 'CODEOWNERS';

/**
 * Who has to approve what: the platform's owners everything, a team its pipelines and where they are placed, an environment's
 * own owners all that is in it. Forges take the last line that fits. Undefined where nobody is named.
 *
 * A forge reads one file, so this one lists pipelines: two branches that each add one conflict here, and `millrace sync` solves it.
 */
export function codeOwners(workspace: Workspace): string | undefined {
  const { owners, teams } = workspace.millrace.value;
  const lines: string[] = [];
  const own = (path: string, who: readonly string[]) => {
    if (who.length > 0) lines.push(`${path} ${who.join(' ')}`);
  };
  own('*', owners);
  const pipelines = [...workspace.pipelines].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [pipeline, { next }] of pipelines) own(`/${pipelineFolder(pipeline)}/`, teams[next.value.team]?.owners ?? []);
  for (const [name, { value: environment }] of [...workspace.environments].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Who guards an environment guards what is placed there too: a promotion needs its team and them.
    if (environment.owners.length > 0) own(`/${environmentFolder(name)}/`, environment.owners);
    else {
      for (const pipeline of [...(workspace.placements.get(name)?.keys() ?? [])].sort()) {
        const team = workspace.pipelines.get(pipeline)?.next.value.team;
        own(`/${placementFolder(name, pipeline)}/`, team === undefined ? [] : (teams[team]?.owners ?? []));
      }
    }
  }
  return lines.length === 0 ? undefined : generatedYaml(MILLRACE_FILE, 'name owners in that file, or in environment.yaml.', `${lines.join('\n')}\n`);
}
