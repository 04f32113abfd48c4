// What alerts stand on, as the live checks see it, and the e-mail subscriptions. Pure but for the looking.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { reusedFindings } from '../drift/account.ts'
import type { StackSetTemplate } from '../generated.ts'
import { type Finding, lookAtStacks } from '../live/stack.ts'
import type { StackSetClient } from '../stackset/client.ts'
import { observe } from '../stackset/converge.ts'
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'

export async function postureDiagnoses(
  settings: Settings,
  templates: readonly StackSetTemplate[],
  client: StackSetClient,
): Promise<readonly Diagnosis[]> {
  const observed = await Promise.all(
    templates.map(async ({ stackSet, regions }) => {
      const { instances } = await observe(client, stackSet)
      return { stackSet, regions, instances }
    }),
  )
  const absent = observed.filter(({ regions, instances }) => regions.length > 0 && instances.length === 0)
  if (absent.length > 0) {
    return [
      ill(
        'posture',
        `not deployed: ${absent.map(({ stackSet }) => stackSet).join(', ')}`,
        'what is not there cannot alert',
        'npm run plan, npm run deploy',
      ),
    ]
  }
  const behind = observed.flatMap(({ stackSet, instances }) =>
    instances
      .filter(({ status }) => status !== 'CURRENT')
      .map(({ region, status }) =>
        ill(
          'posture',
          `${stackSet}: the stack in ${region} is ${status}`,
          'it is not what was reviewed',
          'npm run deploy',
        ),
      ),
  )
  const findings = [...(await lookAtStacks(observed)), ...(await reusedFindings(settings))]
  const subscriptions = findings.filter(({ type }) => type === 'AWS::SNS::Subscription')
  const others = findings.filter(({ type }) => type !== 'AWS::SNS::Subscription')
  return [
    ...behind,
    ...(others.length === 0
      ? [well('posture', 'trail, recorder, rules, API, function and alarms are as deployed')]
      : []),
    ...others.map(ofFinding),
    ...(subscriptions.length === 0 ? [well('e-mail', 'every subscription is confirmed')] : []),
    ...subscriptions.map(ofSubscription),
  ]
}

function ofFinding({ stackSet, region, resource, what, wished, found, hint }: Finding): Diagnosis {
  const where = [stackSet, region, resource].filter((part) => part !== '').join(': ')
  return ill('posture', `${where}: ${what} is ${found}, deployed was ${wished}`, 'alerts stand on it', hint)
}

function ofSubscription({ region, what, found, state, hint }: Finding): Diagnosis {
  if (state === 'differs') return ill('e-mail', `${what} in ${region} is ${found}`, 'nobody there gets a mail', hint)
  return noted(
    'e-mail',
    `${what} in ${region} is ${found}`,
    'nobody there gets a mail yet; AWS does not let a pending subscription be deleted, and drops it after three days',
    hint,
  )
}
