// The trust of StackSets' roles, simulated: who becomes them, for which StackSet, in which Region.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { settings } from '../templates-src/references.ts'
import { propertiesIn } from './deployed.ts'
import { role } from './harm.ts'
import { bootstrapOf } from './holders.ts'
import { account, allows, type Call } from './simulate.ts'

const becoming = suite("who becomes StackSets' roles")

const taken = (id: string, name: string, of: typeof settings, principal: string, context: Call['context'] = {}) =>
  allows(
    { principal, action: 'sts:AssumeRole', resource: role(name), context },
    { resource: propertiesIn(bootstrapOf(of), id, 'ap-northeast-2').AssumeRolePolicyDocument as object },
  )
const forStackSet = (stackSet: string, region = 'ap-northeast-2', of = account): Call['context'] => ({
  'aws:SourceAccount': of,
  'aws:SourceArn': `arn:aws:cloudformation:${region}:${of}:stackset/${stackSet}:sample`,
})

becoming("the administration role: CloudFormation, for the guard's StackSets", async () => {
  const [id, name] = ['StackSetAdministrationRole', 'root-guard-stackset-administration']
  const cloudFormation = 'cloudformation.amazonaws.com'
  assert.ok(await taken(id, name, settings, cloudFormation, forStackSet('root-guard-us-east-1')))
  assert.not.ok(await taken(id, name, settings, cloudFormation, forStackSet('payroll')))
  assert.not.ok(
    await taken(id, name, settings, cloudFormation, forStackSet('root-guard-us-east-1', 'us-east-1', '444455556666')),
  )
  assert.not.ok(await taken(id, name, settings, cloudFormation))
  for (const principal of ['lambda.amazonaws.com', role('admin'), role('root-guard-deploy')]) {
    assert.not.ok(await taken(id, name, settings, principal, forStackSet('root-guard-us-east-1')), principal)
  }
})

becoming(
  'the administration role: in a Region that is opted into, where a relay is wanted, and not elsewhere',
  async () => {
    const [id, name] = ['StackSetAdministrationRole', 'root-guard-stackset-administration']
    const hongKong = { ...settings, relayRegions: ['ap-east-1'] }
    const context = forStackSet('root-guard-relay')
    assert.ok(await taken(id, name, hongKong, 'cloudformation.ap-east-1.amazonaws.com', context))
    assert.not.ok(await taken(id, name, hongKong, 'cloudformation.me-south-1.amazonaws.com', context))
    assert.not.ok(await taken(id, name, settings, 'cloudformation.ap-east-1.amazonaws.com', context))
  },
)

becoming('the execution role: the administration role alone', async () => {
  const [id, name] = ['StackSetExecutionRole', 'root-guard-stackset-execution']
  assert.ok(await taken(id, name, settings, role('root-guard-stackset-administration')))
  for (const principal of [
    'cloudformation.amazonaws.com',
    ...['admin', 'root-guard-deploy', 'root-guard-plan'].map(role),
  ]) {
    assert.not.ok(await taken(id, name, settings, principal), principal)
  }
})

becoming.run()
