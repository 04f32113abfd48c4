// Is there room in the account for what the templates make? Asked of every stack that is not there yet, a relay of later included.
import { GetAccountSummaryCommand } from '@aws-sdk/client-iam'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { Problem } from '../problem.ts'

/** Pure. Roles are counted once a Region in which the stack is `missing`, as the templates name them. */
export function quotaProblems(
  templates: readonly { readonly body: string; readonly missing: readonly string[] }[],
  { Roles = 0, RolesQuota = Number.POSITIVE_INFINITY }: Readonly<Record<string, number>>,
): readonly Problem[] {
  const needed = templates.reduce((sum, { body, missing }) => sum + rolesIn(body) * missing.length, 0)
  if (needed === 0 || Roles + needed <= RolesQuota) return []
  return [
    {
      what: `a deploy makes ${needed} IAM roles, and the account has ${Roles} of at most ${RolesQuota}`,
      hint: 'delete roles that are not needed, or raise the quota «Roles per account» (Service Quotas, IAM)',
    },
  ]
}

export async function accountSummary(region: string): Promise<Readonly<Record<string, number>>> {
  const { SummaryMap = {} } = await explaining('iam:GetAccountSummary', () =>
    aws.iam(region).send(new GetAccountSummaryCommand({})),
  )
  return SummaryMap as Readonly<Record<string, number>>
}

function rolesIn(body: string): number {
  const { Resources } = JSON.parse(body) as { Resources: Readonly<Record<string, { readonly Type: string }>> }
  return Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role').length
}
