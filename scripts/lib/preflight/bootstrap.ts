// Where deploys go by the bootstrap's roles: is its stack the one that root-guard.yaml comes to now? With an older one's
// boundary, grants or trust a stack of the guard would fail half-way.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { awsFailure } from '../aws-failure.ts'
import { type BootstrapStack, bootstrapVerdict, readBootstrapStack } from '../bootstrap.ts'
import { rolesWithoutBoundary } from '../bootstrap-boundary.ts'
import { templateChanges } from '../plan/template.ts'
import type { Problem } from '../problem.ts'

const hint = 'npm run bootstrap, as an administrator'

/** `body`: the bootstrap's template as root-guard.yaml is written, with `all-enabled` not spelled out. */
export async function bootstrapProblems(settings: Settings, body: string): Promise<readonly Problem[]> {
  if (settings.stackSets?.roles !== 'bootstrap') return []
  const name = `${settings.name}-bootstrap`
  let stack: BootstrapStack | undefined
  try {
    stack = await readBootstrapStack(settings)
  } catch (error) {
    const { name: kind, message } = error as Error
    if (!/AccessDenied|Unauthorized/.test(kind)) throw awsFailure(error, 'cloudformation:GetTemplate', name)
    return [
      {
        what: `whether the stack ${name} is up to date cannot be read: ${message}`,
        hint: `${hint}: an older one gave the role of deploys no right to cloudformation:DescribeStacks and cloudformation:GetTemplate of it`,
      },
    ]
  }
  const unbounded = await rolesWithoutBoundary(settings)
  return [...stackProblems(settings, stack, body), ...(unbounded.length === 0 ? [] : [boundaryProblem(unbounded)])]
}

/** Pure. */
export function stackProblems(
  { homeRegion, name }: Pick<Settings, 'homeRegion' | 'name'>,
  stack: Pick<BootstrapStack, 'status' | 'body'> | undefined,
  body: string,
): readonly Problem[] {
  const what = `the stack ${name}-bootstrap`
  if (stack === undefined) {
    return [{ what: `${what}, whose roles stackSets: {roles: bootstrap} means, is not there in ${homeRegion}`, hint }]
  }
  if (bootstrapVerdict(stack.status) !== 'ready') return [{ what: `${what} is ${stack.status}`, hint }]
  const changes = templateChanges(stack.body, body).map(({ action, logicalId }) => `${action} ${logicalId}`)
  if (changes.length === 0) return []
  return [{ what: `${what} is not what root-guard.yaml comes to now: ${changes.join(', ')}`, hint }]
}

function boundaryProblem(roles: readonly string[]): Problem {
  return {
    what: `${roles.join(', ')}: no boundary is on ${roles.length === 1 ? 'this role' : 'these roles'} yet, and a deploy that put it on could not take it off again where it fails`,
    hint,
  }
}
