// Relays in 17 Regions: one parallel operation against one Region at a time, in calls and seconds. Runs on fakecloud,
// where a stack takes milliseconds; at AWS one takes minutes, so there the waiting is what differs.
import { execFileSync } from 'node:child_process'
import { parseSettings } from '../../templates-src/config/load.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { templateBody } from '../../templates-src/template.ts'
import { startFakecloud } from '../../test/aws/fakecloud.ts'
import { stackSetClient } from '../lib/stackset/aws-client.ts'
import { converge, type Goal } from '../lib/stackset/converge.ts'
import { goalOf } from '../lib/stackset/goal.ts'

const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ap-south-1', 'ap-northeast-1', 'ap-northeast-2']
  .concat(['ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-west-1'])
  .concat(['eu-west-2', 'eu-west-3', 'eu-north-1', 'sa-east-1'])

const settings = parseSettings(
  `{name: root-guard, account: "111122223333", emails: [security@example.com], locale: ko, timeZone: Asia/Seoul, routes: {telegram: [telegram]}}`,
  'root-guard.yaml',
)

/** StackSets of other names, so that neither finds what the other made. */
const ways = {
  'one parallel operation': { stackSet: 'parallel', steps: [regions] },
  'one Region at a time': { stackSet: 'serial', steps: regions.map((_, index) => regions.slice(0, index + 1)) },
} as const satisfies Record<string, { stackSet: string; steps: readonly (readonly string[])[] }>

if (fakecloudIsThere()) await measure()
else
  process.stdout.write(
    'StackSets: not measured, since fakecloud is not there (cargo install fakecloud --version 0.51.0 --locked, or its path in FAKECLOUD)\n',
  )

async function measure(): Promise<void> {
  const aws = await startFakecloud(settings.account)
  Object.assign(process.env, aws.environment)
  const rows: string[] = []
  try {
    for (const [way, { stackSet, steps }] of Object.entries(ways)) {
      aws.calls.length = 0
      const started = performance.now()
      for (const step of steps) await deployTo(stackSet, step)
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      const operations = aws.calls.filter((call) => call === 'CreateStackInstances').length
      rows.push(`${way.padEnd(24)} ${cell(operations)} ${cell(aws.calls.length)} ${cell(seconds)}`)
    }
  } finally {
    aws.stop()
  }
  const head = `${`relays in ${regions.length} Regions`.padEnd(24)} operations      calls    seconds`
  process.stdout.write(`${[head, ...rows].join('\n')}\n`)
}

async function deployTo(stackSet: string, wished: readonly string[]): Promise<void> {
  // Each has roles of its own names, since IAM is global.
  const body = templateBody(relayTemplate({ ...settings, name: stackSet }))
  const goal: Goal = goalOf(settings, { stackSet, regions: wished, body, file: { path: '', content: '' } })
  const { instances, failures } = await converge(stackSetClient(settings.homeRegion), goal, { note: () => {} })
  const current = instances.filter(({ status }) => status === 'CURRENT').length
  if (failures.length > 0 || current !== wished.length) throw new Error(`${stackSet}: ${current} of ${wished.length}`)
}

function cell(value: string | number): string {
  return String(value).padStart(10)
}

function fakecloudIsThere(): boolean {
  try {
    execFileSync(process.env.FAKECLOUD ?? 'fakecloud', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
