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
import { type Bench, type Measured, markdownTable } from './bench.ts'

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

export const bench: Bench = {
  title: `Relays in ${regions.length} Regions, on fakecloud`,
  run: async () => (fakecloudIsThere() ? await measured() : { ok: false, text: notThere, json: null }),
}

const notThere =
  'Not measured: fakecloud is not there (cargo install fakecloud --version 0.51.0 --locked, or its path in FAKECLOUD).'

/** What is promised is one operation, and fewer calls than one Region at a time takes. */
async function measured(): Promise<Measured> {
  const aws = await startFakecloud(settings.account)
  const before = { ...process.env }
  Object.assign(process.env, aws.environment)
  const figures: Figure[] = []
  try {
    for (const [way, { stackSet, steps }] of Object.entries(ways)) {
      aws.calls.length = 0
      const started = performance.now()
      for (const step of steps) await deployTo(stackSet, step)
      const operations = aws.calls.filter((call) => call === 'CreateStackInstances').length
      figures.push({ way, operations, calls: aws.calls.length, seconds: (performance.now() - started) / 1000 })
    }
  } finally {
    process.env = before
    aws.stop()
  }
  const [parallel, serial] = figures
  const rows = figures.map(({ way, operations, calls, seconds }) => [
    way,
    String(operations),
    String(calls),
    seconds.toFixed(1),
  ])
  return {
    ok: parallel?.operations === 1 && parallel.calls < (serial?.calls ?? 0),
    text: markdownTable(['', 'operations', 'calls', 'seconds'], rows),
    json: figures,
  }
}

interface Figure {
  readonly way: string
  readonly operations: number
  readonly calls: number
  readonly seconds: number
}

async function deployTo(stackSet: string, wished: readonly string[]): Promise<void> {
  // Each has roles of its own names, since IAM is global.
  const body = templateBody(relayTemplate({ ...settings, name: stackSet }))
  const goal: Goal = goalOf(settings, { stackSet, regions: wished, body, file: { path: '', content: '' } })
  const { instances, failures } = await converge(stackSetClient(settings.homeRegion), goal, { note: () => {} })
  const current = instances.filter(({ status }) => status === 'CURRENT').length
  if (failures.length > 0 || current !== wished.length) throw new Error(`${stackSet}: ${current} of ${wished.length}`)
}

function fakecloudIsThere(): boolean {
  try {
    execFileSync(process.env.FAKECLOUD ?? 'fakecloud', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
