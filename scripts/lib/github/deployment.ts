// Where deploys come from, as the workflows say it: GitHub reads neither from a variable before a job starts, so both stand
// in .github/workflows/, and test/workflows holds them to these.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { CommandError } from '../command.ts'
import { settingsFile } from '../generated.ts'

/** The branch whose tip is deployed, and the environment that keeps the deploy role from every other. */
export const deployment = { branch: 'main', environment: 'production' } as const

/** The roles trust what root-guard.yaml says. Where that is something else, every job would fail at signing in. */
export function asInWorkflows({ github }: Pick<Settings, 'github'>): void {
  for (const field of ['branch', 'environment'] as const) {
    const [found, wished] = [github?.[field] ?? deployment[field], deployment[field]]
    if (found === wished) continue
    throw new CommandError(
      `${settingsFile}: github.${field} is «${found}», and .github/workflows/deploy.yml deploys from the ${field} ${wished}`,
      `leave it out or say ${wished}; for another one, change it in .github/workflows/*.yml and in scripts/lib/github/deployment.ts, too`,
      2,
    )
  }
}
