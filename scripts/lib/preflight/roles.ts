// Are CloudFormation's StackSet roles there, and do their trust policies let the one assume the other? What their own
// policies allow is not looked at: only the operation tells, and its failure names the role (stackset/failure.ts).
import { GetRoleCommand, type Role } from '@aws-sdk/client-iam'
import type { Settings } from '../../../templates-src/config/schema.ts'
import { knownOptInRegions, optInRegions, regionalPrincipal } from '../../../templates-src/parts/bootstrap-regions.ts'
import { aws, ifThere } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { Problem } from '../problem.ts'
import { stackSetRoles } from '../stackset/roles.ts'
import { accountRegions, isEnabled } from './regions.ts'

export async function roleProblems(settings: Settings): Promise<readonly Problem[]> {
  const { administrationRoleName, executionRoleName } = stackSetRoles(settings)
  const [administration, execution] = await Promise.all(
    [administrationRoleName, executionRoleName].map((name) => roleNamed(settings.homeRegion, name)),
  )
  const hint = howToGetThem(settings)
  const wrong = [
    ...judged(administrationRoleName, administration, trusted(administration, ['cloudformation.amazonaws.com'])),
    ...judged(
      executionRoleName,
      execution,
      trusted(execution, [
        `arn:aws:iam::${settings.account}:role/${administrationRoleName}`,
        `arn:aws:iam::${settings.account}:root`,
        settings.account,
      ]),
    ),
  ]
  const unserved = administration === undefined ? [] : await unservedRegions(settings, administration)
  return [
    ...wrong.map((what) => ({ what, hint })),
    ...(unserved.length === 0 ? [] : [unservedProblem(settings, administrationRoleName, unserved)]),
  ]
}

/** Regions that the account is opted into and wants stacks in, and whose CloudFormation the role does not trust. */
async function unservedRegions(settings: Settings, administration: Role): Promise<readonly string[]> {
  const wanted = optInRegions(settings).filter((region) => !trusted(administration, [regionalPrincipal(region)]))
  if (wanted.length === 0) return []
  const enabled = (await accountRegions()).filter(isEnabled).map(({ name }) => name)
  return wanted.filter((region) => enabled.includes(region))
}

function unservedProblem({ stackSets }: Settings, role: string, regions: readonly string[]): Problem {
  const unlisted = regions.filter((region) => !knownOptInRegions.includes(region))
  const listed =
    unlisted.length === 0 ? '' : `; all-enabled does not know ${unlisted.join(', ')}: list it in relayRegions`
  return {
    what: `the role ${role} does not trust ${regions.map(regionalPrincipal).join(', ')}, which StackSets need in ${regions.length === 1 ? 'a Region' : 'Regions'} that an account is opted into`,
    hint:
      stackSets?.roles === 'bootstrap'
        ? `npm run bootstrap${listed}`
        : "add it beside cloudformation.amazonaws.com in the role's trust policy",
  }
}

/** Sentences about what is wrong with the role. Pure. */
function judged(name: string, role: Role | undefined, isTrusting: boolean): readonly string[] {
  if (role === undefined) return [`the account has no role ${name}, which StackSets need`]
  return isTrusting ? [] : [`the role ${name} may not be assumed by whom StackSets need: see its trust policy`]
}

/** Whether the trust policy allows one of the principals to assume the role. Conditions are AWS's to judge. */
function trusted(role: Role | undefined, principals: readonly string[]): boolean {
  const document = JSON.parse(decodeURIComponent(role?.AssumeRolePolicyDocument ?? '%7B%7D')) as {
    Statement?: TrustStatement | readonly TrustStatement[]
  }
  return [document.Statement ?? []].flat().some((statement) => {
    const { Effect, Principal = {} } = statement as TrustStatement
    const named = typeof Principal === 'string' ? [Principal] : Object.values(Principal).flat()
    return Effect === 'Allow' && named.some((one) => principals.includes(one))
  })
}

interface TrustStatement {
  readonly Effect?: string
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>
}

function howToGetThem({ stackSets }: Settings): string {
  return stackSets?.roles === 'bootstrap'
    ? 'npm run bootstrap makes it'
    : 'npm run bootstrap makes narrower ones (then say roles: bootstrap below stackSets, and trustedRoles: [], in root-guard.yaml), or make AWS’s own: see «Set it up» in README.md'
}

async function roleNamed(region: string, RoleName: string): Promise<Role | undefined> {
  const answer = await explaining(
    'iam:GetRole',
    () => ifThere(aws.iam(region).send(new GetRoleCommand({ RoleName })), 'NoSuchEntityException'),
    RoleName,
  )
  return answer?.Role
}
