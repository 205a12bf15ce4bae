import {
  environmentFolder,
  generatedYaml,
  kafkaOfUser,
  kafkaPart,
  kafkasOfPipeline,
  MILLRACE_FILE,
  nextFolder,
  pinnedDeclaration,
  pipelineFolder,
  placementFolder,
  type Pipeline,
  type Workspace,
} from '@millrace/model';

/** Where GitHub, GitLab and Gitea look for it. Bitbucket looks into .bitbucket/, and wants a link or a copy there. */
export const CODE_OWNERS_FILE = 'CODEOWNERS';

/** Where GitHub looks first: with this file it does not read the other. */
export const GITHUB_CODE_OWNERS_FILE = '.github/CODEOWNERS';

/**
 * Who has to approve what: the platform's owners everything, a team its pipelines and where they are placed, an environment's
 * own owners, beside the platform's, all that is in it. Forges take the last line that fits. Undefined where nobody is named.
 *
 * What a user of Kafka may do with a topic of another team is not its own team's to approve, but that team's or the platform's (a
 * forge asks one of those on a line); with one that nobody declares, the platform's. The first such use adds a line here, and this file is the platform's. Neither are patches of
 * topics and users: they can grant anything.
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
  const ofTeam = (team: string | undefined) => (team === undefined ? [] : (teams[team]?.owners ?? []));
  const declaring: Declaring = { topics: new Map(), names: new Map() };
  for (const [, { next }] of pipelines) {
    const { kafka, team } = next.value;
    for (const [topic, { topicName = topic }] of Object.entries(next.value.topics)) {
      declaring.topics.set(topic, team);
      declaring.names.set(`${kafka} ${topicName}`, team);
    }
  }
  for (const [pipeline, { next }] of pipelines) {
    own(`/${pipelineFolder(pipeline)}/`, ofTeam(next.value.team));
    for (const [user, others] of usersOfOthersTopics(next.value, declaring)) {
      const file = `/${nextFolder(pipeline)}/${kafkaPart(next.value, kafkaOfUser(next.value, user))}/user-${user}.yaml`;
      own(file, [...new Set([...owners, ...others.flatMap(ofTeam)])]);
    }
  }
  for (const [name, { value: environment }] of [...workspace.environments].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Who guards an environment guards what is placed there too: a promotion needs its team and them.
    if (environment.owners.length > 0) own(`/${environmentFolder(name)}/`, [...new Set([...owners, ...environment.owners])]);
    else {
      for (const pipeline of [...(workspace.placements.get(name)?.keys() ?? [])].sort()) {
        const folder = placementFolder(name, pipeline);
        own(`/${folder}/`, ofTeam(workspace.pipelines.get(pipeline)?.next.value.team));
        for (const part of kafkaParts(workspace, name, pipeline)) own(`/${folder}/${part}/patches/`, owners);
      }
    }
  }
  return lines.length === 0 ? undefined : generatedYaml(MILLRACE_FILE, 'name owners in that file, or in environment.yaml.', `${lines.join('\n')}\n`);
}

/** The team of each declared topic: by its key, and by cluster and name, which is what others may call external. */
interface Declaring {
  readonly topics: Map<string, string>;
  readonly names: Map<string, string>;
}

/** The users of a pipeline that may do something with topics of others, by name, and those teams, as far as anybody declares the topics. */
function usersOfOthersTopics(pipeline: Pipeline, { topics, names }: Declaring): readonly (readonly [string, readonly (string | undefined)[]])[] {
  const uses = [
    ...Object.values(pipeline.jobs).flatMap(({ user, reads, writes }) =>
      [...Object.entries(reads), ...Object.entries(writes)].map(([topic, use]) => [use.user ?? user, topic] as const),
    ),
    ...Object.entries(pipeline.users).flatMap(([user, { reads, writes }]) =>
      [...Object.keys(reads), ...Object.keys(writes)].map((topic) => [user, topic] as const),
    ),
  ];
  const teams = new Map<string, Set<string | undefined>>();
  for (const [user, topic] of uses) {
    const external = pipeline.externalTopics[topic];
    const team =
      external === undefined ? (topics.get(topic) ?? pipeline.team) : names.get(`${external.kafka ?? pipeline.kafka} ${external.topicName ?? topic}`);
    if (topic in pipeline.topics || team === pipeline.team) continue;
    teams.set(user, (teams.get(user) ?? new Set()).add(team));
  }
  return [...teams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([user, others]) => [user, [...others].sort()]);
}

/** The folders of a placed pipeline's topics and users: those of what it runs, and of what is declared now. */
function kafkaParts(workspace: Workspace, environment: string, pipeline: string): readonly string[] {
  const release = workspace.placements.get(environment)?.get(pipeline)?.value.release;
  const pinned = release === undefined ? undefined : pinnedDeclaration(workspace, pipeline, release)?.value;
  const declarations = [pinned, workspace.pipelines.get(pipeline)?.next.value].flatMap((one) => one ?? []);
  return [...new Set(declarations.flatMap((one) => kafkasOfPipeline(one).map((cluster) => kafkaPart(one, cluster))))].sort();
}
