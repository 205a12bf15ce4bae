import { CODE_OWNERS_FILE } from '@millrace/manifests';
import { MILLRACE_FILE } from '@millrace/model';

/** What Millrace reads of a repository; what lies beside is none of its business. */
export const OURS = [MILLRACE_FILE, CODE_OWNERS_FILE, 'apps', 'environments', 'tools/schemas'];
