// What the commands send is held to the models, by every client that they have.
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { aws } from '../../scripts/lib/aws.ts'
import { models } from './model.ts'
import { Client } from './watch-calls.ts'

const calls = suite('calls of the commands')

calls('are held to a model by every client of scripts/lib/aws.ts', () => {
  for (const [name, client] of Object.entries(aws)) {
    const made = client('us-east-1') as unknown as { config: { serviceId: string }; send: unknown }
    assert.is(made.send, Client.prototype.send, name)
    assert.ok(made.config.serviceId in models.services, name)
  }
})

calls('that AWS would refuse end before they are sent, with the member and what is allowed', async () => {
  const iam = new IAMClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9' })
  const broken = new GetRoleCommand({ RoleName: 'root guard' })
  let said = ''
  try {
    await iam.send(broken)
  } catch (error) {
    said = (error as Error).message
  }
  assert.is(said, 'AWS would refuse GetRole: RoleName: found "root guard"; allowed: a text of the pattern [\\w+=,.@-]+')
})
calls.run()
