// That MiniStack does not know what scripts/rehearsal/judged.ts leaves out for its sake: put back, it keeps out who AWS lets in. Where a
// test fails after an upgrade, MiniStack has learned it, and judged.ts need not leave it out any more.
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import * as assert from 'uvu/assert'
import { unknownKeys } from '../../scripts/rehearsal/judged.ts'
import { roleAsking, trustOf } from './breaks.ts'
import { type Deployed, stageSuite } from './stage-suite.ts'

const test = stageSuite('what the stage leaves out of policies')

const ACCOUNT = '111122223333'
const RULE = `arn:aws:events:us-east-1:${ACCOUNT}:rule/root-guard-drill`

/** By key: what AWS lets in, and what MiniStack says instead. */
const KEPT_OUT: Readonly<Record<string, (deployed: Deployed) => Promise<void>>> = {
  'aws:SourceAccount': (deployed) => assumedByEvents(deployed, { StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
  'aws:SourceArn': (deployed) => assumedByEvents(deployed, { ArnLike: { 'aws:SourceArn': RULE } }),
  'events:source': async (deployed) => {
    const own = { StringEquals: { 'events:source': 'root-guard.drill' } }
    await roleAsking(own, 'events:PutEvents', 'root-guard-drill', 'drill')(deployed)
    await drillSays(deployed, 'is not authorized to perform: events:PutEvents')
  },
  'lambda:SourceFunctionArn': async (deployed) => {
    const own = { 'lambda:SourceFunctionArn': `arn:aws:lambda:us-east-1:${ACCOUNT}:function:root-guard-notifier` }
    await roleAsking({ ArnEquals: own }, 'dynamodb:Query', 'root-guard-notifier', 'notifier')(deployed)
    await drillSays(deployed, 'the function cannot read its records')
  },
}

for (const key of unknownKeys) {
  test(key, async (deployed) => {
    assert.ok(KEPT_OUT[key], `no test for ${key}`)
    await KEPT_OUT[key]?.(deployed)
  })
}

async function assumedByEvents({ aws, ...deployed }: Deployed, Condition: object): Promise<void> {
  const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const assume = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/root-guard-rule-to-api`,
    RoleSessionName: 'eventbridge',
  })
  await trustOf('root-guard-rule-to-api', statement)({ aws, ...deployed })
  await aws.sts.send(assume)
  await trustOf('root-guard-rule-to-api', { ...statement, Condition })({ aws, ...deployed })
  const refused = await aws.sts.send(assume).then(
    () => 'let in',
    ({ name }: Error) => name,
  )
  assert.is(refused, 'AccessDenied')
}

async function drillSays({ repository, url }: Deployed, words: string): Promise<void> {
  const { stdout, stderr } = await repository.run('drill', '--send', '--url', url, '--wait', '1')
  assert.match(stdout + stderr, words)
}

test.run()
