// Once a minute the notifier tells the digests of windows that have closed. The rule calls the function itself: it needs no
// answer, and what one sweep cannot tell the next one tries again (docs/decisions/0006-windows.md).
import { Events, Fn, Lambda } from 'cloudform'
import type { SweepEvent } from '../../handlers/notifier/settings.ts'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { notifierArn, notifierName } from './notifier.ts'

export const sweepName = ({ name }: Settings) => `${name}-sweep`

export function sweep(settings: Settings): Resources {
  return {
    SweepRule: new Events.Rule({
      Name: sweepName(settings),
      Description: 'Asks the notifier for the digests that are due',
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [
        {
          Id: 'notifier',
          Arn: notifierArn(settings),
          Input: JSON.stringify({ sweep: true } satisfies SweepEvent),
          // A minute later there is another one.
          RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 1 },
        },
      ],
    }),
    SweepInvokesFunction: new Lambda.Permission({
      FunctionName: notifierName(settings),
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: Fn.GetAtt('SweepRule', 'Arn'),
    }),
  }
}
