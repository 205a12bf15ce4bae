import { CONFIG_MAP } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { luaFault } from './lua.js';
import { settingsExample } from './settings-example.js';
import { healthChecksOf, isSettings } from './settings.js';

export const healthScript: ResourceRule = {
  id: 'argocd/health-script',
  severity: 'error',
  title: 'A health check is Lua that Argo CD can run',
  source: 'R50; argo-cd, util/lua/lua.go (runLua): gopher-lua 1.1, which is Lua 5.1, with package, base, table, os.time and os.date',
  consequence: 'The health of every resource of that kind is Unknown, with the error for a message, and a sync that waits for one fails.',
  fix: 'Correct the script; where it needs the library string or math, write `resource.customizations.useOpenLibs.<group>_<kind>: "true"`.',
  reach: 'resource',
  on: [CONFIG_MAP],
  *check(subject) {
    if (!isSettings(subject)) return;
    for (const { groupKind, path, script, openLibs } of healthChecksOf(subject)) {
      if (isSubstituted(script)) continue;
      const fault = luaFault(script, openLibs);
      if (fault !== undefined) yield { path, message: `the health check of ${groupKind} fails: ${fault}` };
    }
  },
  passes: settingsExample(`
resource.customizations.health.kafka.strimzi.io_KafkaNodePool: |
  if obj.status == nil or obj.status.observedGeneration ~= obj.metadata.generation then
    return {status = "Progressing", message = "waiting for the operator"}
  end
  return {status = "Healthy"}`),
  fails: settingsExample(`
resource.customizations.health.kafka.strimzi.io_KafkaNodePool: |
  if obj.status == nil or string.find(obj.status.error, "timeout") then
    return {status = "Progressing", message = "waiting for the operator"}
  end
  return {status = "Healthy"}`),
};
