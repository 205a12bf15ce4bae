import { MillraceError, refused, type Declared, type Environment, type Pipeline, type Workspace } from '@millrace/model';

/** The environment that an option names. Throws, naming those that are there. */
export function namedEnvironment(workspace: Workspace, name: string): Declared<Environment> {
  const environment = workspace.environments.get(name);
  if (environment !== undefined) return environment;
  throw absent('environment', name, workspace.environments.keys(), `millrace environment ${name}`);
}

/** The pipeline that an option names. Throws, naming those that are there. */
export function namedPipeline(workspace: Workspace, name: string): Declared<Pipeline> {
  const pipeline = workspace.pipelines.get(name);
  if (pipeline !== undefined) return pipeline.next;
  throw absent('pipeline', name, workspace.pipelines.keys(), `millrace pipeline ${name}`);
}

/** The team that an option names. Throws, naming those that are there. */
export function namedTeam(workspace: Workspace, name: string): string {
  const { teams } = workspace.millrace.value;
  if (name in teams) return name;
  throw absent('team', name, Object.keys(teams), `millrace team ${name} --namespace <namespace>`);
}

function absent(what: string, name: string, known: Iterable<string>, make: string): MillraceError {
  const names = [...known];
  const choice = names.length === 0 ? '' : `Choose one of ${names.join(', ')}, or `;
  return refused(`there is no ${what} ${name}`, `${choice}${choice === '' ? 'Make' : 'make'} it: ${make}`);
}
