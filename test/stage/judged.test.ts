// That MiniStack does not know what scripts/rehearsal/judged.ts leaves out for its sake: a policy that asks for it keeps out who AWS
// lets in. Where a test fails after an upgrade, MiniStack has learned it, and judged.ts need not leave it out any more. What is left out
// for the sake of the rehearsal's hop (whom a service assumes a role for) no upgrade changes.
import * as assert from 'uvu/assert'
import { roleAsking } from './breaks.ts'
import { stageSuite } from './stage-suite.ts'

const test = stageSuite('what the stage leaves out of policies')

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:root-guard-notify'

interface Asked {
  readonly condition: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** An action of a role's policy. */
  readonly of: readonly [action: string, role: string, policy: string]
  readonly says: string
}

const ASKED: readonly Asked[] = [
  {
    condition: { StringEquals: { 'events:source': 'root-guard.drill' } },
    of: ['events:PutEvents', 'root-guard-drill', 'drill'],
    says: 'is not authorized to perform: events:PutEvents',
  },
  {
    condition: { ArnEquals: { 'lambda:SourceFunctionArn': FUNCTION } },
    of: ['dynamodb:Query', 'root-guard-notify', 'notifier'],
    says: 'the function cannot read its records',
  },
]

for (const { condition, of, says } of ASKED) {
  test(`asking ${of[0]} for ${Object.values(condition).flatMap(Object.keys)} lets nobody in`, async (deployed) => {
    const drill = (...args: string[]) => deployed.repository.run('drill', '--url', deployed.url, ...args)
    await roleAsking({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } }, ...of)(deployed)
    const known = await drill()
    assert.is(known.exitCode, 0, known.stdout + known.stderr)
    await roleAsking(condition, ...of)(deployed)
    const { exitCode, stdout, stderr } = await drill('--wait', '1')
    assert.is(exitCode, 1)
    assert.match(stdout + stderr, says)
  })
}

test.run()
