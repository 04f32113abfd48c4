// The guard's alarms that are in ALARM now. An alarm sends a mail when it turns to ALARM: who confirmed an address later got none.
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { StackSetTemplate } from '../generated.ts'
import { type Diagnosis, noted } from './diagnosis.ts'

export interface AlarmNow {
  readonly region: string
  readonly name: string
  readonly state: string
}

export async function alarmDiagnoses(templates: readonly StackSetTemplate[]): Promise<readonly Diagnosis[]> {
  const found = await Promise.all(
    templates.flatMap(({ body, regions }) => regions.map((region) => statesOf(alarmNames(body), region))),
  )
  return judgedAlarms(found.flat())
}

/** Pure. Those that are in ALARM, to know: each may be right for now, and none of them sends a further mail. */
export function judgedAlarms(alarms: readonly AlarmNow[]): readonly Diagnosis[] {
  return alarms
    .filter(({ state }) => state === 'ALARM')
    .map(({ region, name }) =>
      noted(
        'alarms',
        `${name} in ${region} is in ALARM`,
        `it sends no further mail while it stays so; who confirmed an address later has got none${expected(name)}`,
        'find the cause in the row of this alarm',
      ),
    )
}

function expected(name: string): string {
  return name.endsWith('-drills') ? '. After a first deploy it is in ALARM until a drill from Seoul has passed' : ''
}

function alarmNames(body: string): readonly string[] {
  const { Resources } = JSON.parse(body) as {
    Resources: Readonly<Record<string, { Type: string; Properties?: { AlarmName?: string } }>>
  }
  return Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::CloudWatch::Alarm' && Properties?.AlarmName !== undefined ? [Properties.AlarmName] : [],
  )
}

async function statesOf(AlarmNames: readonly string[], region: string): Promise<readonly AlarmNow[]> {
  if (AlarmNames.length === 0) return []
  const command = new DescribeAlarmsCommand({ AlarmNames: [...AlarmNames] })
  const { MetricAlarms = [] } = await explaining(
    'cloudwatch:DescribeAlarms',
    () => aws.cloudWatch(region).send(command),
    region,
  )
  return MetricAlarms.map(({ AlarmName = '', StateValue = '' }) => ({ region, name: AlarmName, state: StateValue }))
}
