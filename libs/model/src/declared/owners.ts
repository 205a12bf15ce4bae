import * as z from 'zod';

const owner = z
  .string()
  .regex(/^(?:@[A-Za-z0-9][-A-Za-z0-9]*(?:\/[A-Za-z0-9][-A-Za-z0-9_.]*)*|[^\s@#]+@[^\s@#]+\.[^\s@#]+)$/, {
    error: 'an owner is @user, @organisation/team or an email address (for example @acme/streaming)',
  })
  .meta({ examples: ['@acme/streaming'] });

/** Who has to approve a change, as a forge's CODEOWNERS spells it. */
export const owners = z.array(owner);
