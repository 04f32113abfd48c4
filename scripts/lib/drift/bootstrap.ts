// The bootstrap's stack is no StackSet's, so CloudFormation's detection of those does not see it: who may become the roles
// that can change the guard is looked at here.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { type BootstrapStack, bootstrapStack, bootstrapVerdict } from '../bootstrap.ts'
import { type Finding, lookAtStack } from '../live/stack.ts'

/** What differs in it. An account that uses none has nothing to look at. */
export async function bootstrapFindings(settings: Settings): Promise<readonly Finding[]> {
  const stack = await bootstrapStack(settings)
  const differing = statusFindings(settings, stack)
  if (stack === undefined || differing.length > 0) return differing
  const { account, homeRegion } = settings
  const { name, stackId, status } = stack
  return lookAtStack(name, { account, region: homeRegion, stackId, status, detail: '', reason: '' })
}

/** A stack that is wished for and not there, or that cannot be looked into. Pure. */
export function statusFindings(
  { name, homeRegion, github, stackSets }: Pick<Settings, 'name' | 'homeRegion' | 'github' | 'stackSets'>,
  stack: Pick<BootstrapStack, 'status'> | undefined,
): readonly Finding[] {
  const general = {
    stackSet: `${name}-bootstrap`,
    region: homeRegion,
    resource: '',
    type: 'AWS::CloudFormation::Stack',
    what: 'the stack',
    hint: 'npm run bootstrap says what is wrong with it, or mends it',
  }
  if (stack === undefined) {
    const isWished = github !== undefined || stackSets?.roles === 'bootstrap'
    return isWished ? [{ ...general, wished: 'there', found: 'not there', state: 'differs' }] : []
  }
  const verdict = bootstrapVerdict(stack.status)
  if (verdict === 'ready') return []
  const state = verdict === 'going' ? 'unknown' : 'differs'
  return [{ ...general, wished: 'made or updated', found: stack.status, state }]
}
