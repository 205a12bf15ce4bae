import type { ReportedRule } from '../../rule.js';
import { declaredFile } from './declared-file.js';
import { staleFile } from './stale-file.js';
import { editedFile } from './edited-file.js';
import { frozenRelease } from './frozen-release.js';

/** What Millrace knows of its own files. */
export const millraceRules: readonly ReportedRule[] = [declaredFile, staleFile, editedFile, frozenRelease];
