import { describe, expect, it } from 'vitest';
import { mistypedField } from './mistyped-field.js';
import { unreadableValue } from './unreadable-value.js';

const says = (type: string, way: string): string => `json: cannot unmarshal ${type} into Go struct field ${way} of type int32`;

describe('a value of the wrong type', () => {
  it('is found where the decoder names the way', () => {
    expect(mistypedField(says('string', 'DeploymentSpec.spec.replicas'), { spec: { replicas: '1' } })).toEqual(['spec', 'replicas']);
  });

  it('is found in lists and maps, which the decoder leaves out', () => {
    const resource = { spec: { containers: [{ ports: [{ containerPort: 1 }] }, { ports: [{ containerPort: 2 }, { containerPort: 'http' }] }] } };
    expect(mistypedField(says('string', 'ContainerPort.spec.containers.ports.containerPort'), resource)).toEqual([
      ...['spec', 'containers', 1, 'ports', 1, 'containerPort'],
    ]);
    expect(mistypedField(says('number', 'ConfigMap.data'), { data: { a: 'x', b: 1 } })).toEqual(['data', 'b']);
  });

  it('is found below embedded structs, whose names JSON does not have', () => {
    const resource = {
      spec: {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', configMap: 'settings' },
        ],
      },
    };
    expect(mistypedField(says('string', 'Volume.spec.volumes.VolumeSource.configMap'), resource)).toEqual(['spec', 'volumes', 1, 'configMap']);
  });

  it('is the metadata where that is decoded apart', () => {
    expect(mistypedField('json: cannot unmarshal string into Go value of type v1.ObjectMeta', { metadata: 'x' })).toEqual(['metadata']);
  });

  it('is nowhere if nothing fits, or the words are about something else', () => {
    expect(mistypedField(says('string', 'DeploymentSpec.spec.replicas'), { spec: { replicas: 1 } })).toBeUndefined();
    expect(mistypedField('boolean or JSON schema expected', {})).toBeUndefined();
  });
});

describe('a value that does not parse', () => {
  it('is found though the server names no place', () => {
    const pod = { spec: { containers: [{ resources: { requests: { cpu: '500m', memory: 1e9 }, limits: { memory: '1Gb' } } }] } };
    expect(unreadableValue("quantities must match the regular expression '^x$'", pod)).toEqual(['spec', 'containers', 0, 'resources', 'limits', 'memory']);
    expect(unreadableValue('illegal base64 data at input byte 3', { data: { good: 'YQ==', bad: 'a b' } })).toEqual(['data', 'bad']);
  });

  it('is nowhere if all would parse', () => {
    expect(unreadableValue('quantities must match', { spec: { requests: { cpu: '0.5', memory: '1.5Gi', x: '1e3' } } })).toBeUndefined();
  });
});
