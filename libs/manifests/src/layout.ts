import { LAYOUTS } from '@millrace/model';

/** The generation of templates that `next` is made with, and a release that is cut from it. */
export const latestLayout: (typeof LAYOUTS)[number] = 1;
