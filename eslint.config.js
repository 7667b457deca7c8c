/** What scripts/test holds all JavaScript to; formatting is not among it, but for width. */
import { readFileSync } from 'node:fs';

import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';

/** The folders that Git passes over: what a build makes and keeps, and what is installed. */
const passed = readFileSync(new URL('.gitignore', import.meta.url), 'utf8').split('\n')
  .filter((line) => line.endsWith('/'))
  .map((line) => (line.startsWith('/') ? line.slice(1) : `**/${line}`));

export default defineConfig([
  // Of others, or made by scripts/bundels.
  { ignores: [...passed, 'docs/', 'offline/bundel.js', 'tests/vendor/'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['**/*.mjs', 'eslint.config.js'], languageOptions: { globals: globals.node } },
]);
