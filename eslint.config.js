import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** The arrows of the design: who may know whom. */
const ARROWS = {
  'lib:model': [],
  'lib:manifests': ['lib:model'],
  'lib:workspace': ['lib:model', 'lib:manifests'],
  'lib:kustomize': [],
  'lib:apiserver': [],
  'lib:check': ['lib:model', 'lib:manifests', 'lib:workspace', 'lib:kustomize', 'lib:apiserver'],
  'lib:promotion': ['lib:model', 'lib:manifests', 'lib:workspace', 'lib:kustomize'],
  'tool:nx': ['lib:model', 'lib:manifests', 'lib:workspace', 'lib:kustomize', 'lib:check', 'lib:promotion'],
  'tool:cli': ['lib:model', 'lib:manifests', 'lib:workspace', 'lib:kustomize', 'lib:apiserver', 'lib:check', 'lib:promotion'],
  'tool:create': ['lib:model', 'lib:workspace', 'tool:cli'],
  'tool:example': [],
  'tool:docs': ['lib:model', 'lib:workspace', 'lib:check', 'lib:promotion', 'tool:cli', 'tool:create', 'tool:example'],
  'tool:packages': [],
  'tool:bench': ['lib:model', 'lib:manifests', 'lib:workspace', 'lib:kustomize', 'lib:apiserver', 'lib:promotion'],
};

export default tseslint.config(
  { ignores: ['**/dist', '**/node_modules', 'apps', 'environments', 'example*', 'vitest*.config.ts'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          depConstraints: Object.entries(ARROWS).map(([sourceTag, onlyDependOnLibsWithTags]) => ({ sourceTag, onlyDependOnLibsWithTags })),
        },
      ],
      // `as const` names no type, so it silences nothing: the rule lets it through.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  // What @types/node 20 lacks of a standard API is declared there as it is, not as we would write it.
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/no-extraneous-class': 'off', '@typescript-eslint/no-invalid-void-type': 'off' } },
  {
    // A test reads what it has just written: what a parser gives it is compared, not trusted.
    files: ['**/*.spec.ts', '**/*.fixture.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
);
