// The bootstrap's boundary around the roles of the templates: the execution role may make a role only with it on, so that no
// template, whoever got it merged, makes a role that can do more than what is listed here.

import { Fn, type IAM } from 'cloudform'
import { alarmRegion, type Settings } from '../config/schema.ts'
import { formerNotifier } from '../former-notifier.ts'
import type { Resources } from '../template.ts'
import { roleBoundary } from './bootstrap-grants.ts'
import { decryptsSecrets } from './iam.ts'

/** The resources, with the boundary on every role where the bootstrap's roles are the ones that deploy. */
export function bounded({ name, stackSets }: Settings, resources: Resources): Resources {
  if (stackSets?.roles !== 'bootstrap') return resources
  for (const resource of Object.values(resources)) {
    if (resource.Type !== 'AWS::IAM::Role') continue
    const properties = resource.Properties as IAM.Role['Properties']
    properties.PermissionsBoundary = Fn.Sub(
      `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${name}-${roleBoundary}`,
      {},
    )
  }
  return resources
}

/** What the notifier, the rules and the relays do, all in one: their own policies say which of them does what. */
export function roleBoundaryStatements({ account, name }: Settings): object[] {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${alarmRegion}:${account}:${resource}`
  return [
    { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: arn('ssm', `parameter/${name}/channels/*`) },
    decryptsSecrets(arn('kms', 'key/*'), alarmRegion),
    {
      Effect: 'Allow',
      Action: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      Resource: arn('dynamodb', `table/${name}-deliveries`),
    },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // The second is the function's of the release before, which still writes while a deploy puts the new one in its place.
      Resource: ['notify', formerNotifier].map((one) => arn('logs', `log-group:/aws/lambda/${name}-${one}:*`)),
    },
    // Of which API AWS makes up the name, and not all that reads policies takes a wildcard before a path.
    { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: arn('execute-api', '*') },
    { Effect: 'Allow', Action: 'events:PutEvents', Resource: arn('events', 'event-bus/default') },
  ]
}
