// docs/cost.md multiplies what docs/cost.json says; ROOT_GUARD_GOLDEN=write writes the table anew. What can be counted in the
// templates and in the function's lines is counted here.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reporter } from '../../handlers/notifier/report.ts'
import { stackSetTemplates } from '../../scripts/lib/generated.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import { channelsOf } from '../../templates-src/config/schema.ts'
import { type Deployed, metricsOf } from '../templates-src/references.ts'
import { pageOf, root } from './pages.ts'

interface Row {
  readonly what: string
  readonly quantity: number
  readonly usd: number
  readonly per: number
  readonly source: string
}

interface Source {
  readonly what: string
  readonly date: string
}

const { posts: rows, sources } = JSON.parse(readFileSync(join(root, 'docs/cost.json'), 'utf8')) as {
  readonly posts: readonly Row[]
  readonly sources: Readonly<Record<string, Source>>
}
const settings = loadSettings(join(root, 'test/root-guard.yaml'))
const total = rows.reduce((sum, row) => sum + costOf(row), 0)
const all = await stackSetTemplates(settings)
const templates = all.filter(({ regions }) => regions.length > 0)
const cost = suite('docs/cost.md')

cost('has the table that docs/cost.json comes to', () => {
  const path = join(root, 'docs/cost.md')
  const [begin, end] = ['<!-- from docs/cost.json by ROOT_GUARD_GOLDEN=write npm test -->\n', '<!-- end -->']
  const page = readFileSync(path, 'utf8')
  const [before = '', rest = ''] = page.split(begin)
  const [, after = ''] = rest.split(end)
  const wished = `${before}${begin}${table()}${end}${after}`
  if (process.env.ROOT_GUARD_GOLDEN === 'write') writeFileSync(path, wished)
  assert.is(readFileSync(path, 'utf8'), wished)
})

cost('has a source with a date for each price', () => {
  for (const { what, source } of rows) assert.match(sources[source]?.date ?? '', /^2026-\d\d-\d\d$/, what)
  for (const [name, { what }] of Object.entries(sources)) {
    assert.ok(what.length > 20 && rows.some(({ source }) => source === name), name)
  }
})

// The ceiling is $3.20, and the check that nothing on the alert path was silenced is going to cost $0.30 of it.
cost('stays below 2.90 dollars', () => {
  assert.ok(total < 2.9, `${total}`)
})

cost('counts the metrics of the alarms that the templates make, as AWS bills them', () => {
  assert.is(quantityOf('CloudWatch: alarm metrics'), sumOver(templates, alarmMetrics))
})

cost('says what the alarms of a relay Region cost', () => {
  const relay = alarmMetrics(all.filter(({ stackSet }) => /-relay$/.test(stackSet))[0] as Made)
  assert.is(relay, 1)
  assert.match(pageOf('docs/cost.md').text, `| a relay Region | one alarm metric, $${(relay * 0.1).toFixed(2)};`)
})

cost('counts the rules of AWS Config, each every hour', () => {
  const rulesHourly = resourcesOf('AWS::Config::ConfigRule')
  for (const { Properties } of rulesHourly) assert.is(Properties.MaximumExecutionFrequency, 'One_Hour')
  assert.is(quantityOf('AWS Config: evaluations, 2 rules hourly'), rulesHourly.length * 730)
})

cost('counts the metrics that the function writes: forty hours with drills, and two with alerts', () => {
  const [ready, accepted] = [channelsOf(settings), ['telegram', 'nhn-sms'] as const].map((channels, index) =>
    metricsWritten((report) => {
      for (const channel of channels) {
        report.delivery('sample', { ...sent, channel, outcome: index === 0 ? 'ready' : 'accepted' })
      }
      if (index === 0) report.drill('sample', 'ap-northeast-2')
    }),
  )
  assert.is(quantityOf('CloudWatch: metrics of the function, by the hour'), 40 * Number(ready) + 2 * Number(accepted))
})

/** Ninety drills a month of *nightly*, each looked up once a second for a minute, and put. */
const looks = 5_490

cost('counts Lambda, its log, its reads and its secrets by what the templates say', () => {
  const [{ Properties: lambda } = noResource] = resourcesOf('AWS::Lambda::Function')
  const calls = quantityOf('Lambda: requests (a sweep a minute, alerts, drills and looks at them)')
  assert.is(lambda.Architectures?.toString(), 'arm64')
  assert.is(quantityOf('Lambda: GB-seconds, arm64'), Math.round((calls * 0.1 * Number(lambda.MemorySize)) / 1024))
  const [{ Properties: log } = noResource] = resourcesOf('AWS::Logs::LogGroup')
  assert.is(log.RetentionInDays, 365)
  assert.is(quantityOf('CloudWatch Logs: GB kept a year'), quantityOf('CloudWatch Logs: GB taken in') * 12)
  assert.is(quantityOf('DynamoDB, on demand: reads'), 43_200 + 400 * 10 + looks)
  assert.is(quantityOf('KMS: secrets decrypted, 3 every five minutes'), channelsOf(settings).length * 12 * 730)
})

cost('comes to what both READMEs say, to the dollar', () => {
  const said = {
    2: ['About two US dollars', '약 2달러'],
    3: ['About three US dollars', '약 3달러'],
    4: ['About four US dollars', '약 4달러'],
  }
  const [english = '', korean = ''] = said[Math.round(total) as keyof typeof said] ?? []
  assert.ok(english)
  assert.match(pageOf('README.md').text, english)
  assert.match(pageOf('README.ko.md').text, korean)
})
cost.run()

function table(): string {
  const body = rows.map(
    (row) =>
      `| ${row.what} | ${row.quantity.toLocaleString('en-US')} | ${priceOf(row)} | ${row.source} | ${costOf(row).toFixed(2)} |`,
  )
  return [
    '| what | quantity | price | source | USD |',
    '|---|---|---|---|---|',
    ...body,
    `| **together** | | | | **${total.toFixed(2)}** |`,
    '',
    ...Object.entries(sources).map(([name, { what, date }]) => `- ${name}: ${what}. ${date}`),
    '',
  ].join('\n')
}

function costOf({ quantity, usd, per }: Row): number {
  return (quantity * usd) / per
}

function priceOf({ usd, per }: Row): string {
  if (usd === 0) return 'free'
  const price = usd < 0.001 ? usd.toFixed(10) : usd.toFixed(4).replace(/0{1,2}$/, '')
  return per === 1 ? `$${price}` : `$${price} / ${per.toLocaleString('en-US')}`
}

function quantityOf(what: string): number {
  const row = rows.find((one) => one.what === what)
  if (row === undefined) throw new Error(`docs/cost.json has no ${what}`)
  return row.quantity
}

type Made = (typeof all)[number]
const noResource = { Properties: {} as Readonly<Record<string, unknown>> }
const sent = { route: 'sample', recipient: '', code: '', reason: '', ms: 0, tries: 1, attempts: 1, earlier: false }

/** In the StackSets of the sample settings: an owner's root-guard.yaml says otherwise, and the page still holds. */
function resourcesOf(type: string) {
  return templates
    .flatMap(({ body }) => Object.values((JSON.parse(body) as Deployed).Resources))
    .filter(({ Type }) => Type === type)
}

/** In each Region that a StackSet goes to, as an alarm on an expression costs: each of its metrics. */
function alarmMetrics({ body }: Made): number {
  const { Resources } = JSON.parse(body) as Deployed
  return Object.values(Resources).reduce((sum, one) => sum + metricsOf(one).length, 0)
}

const sumOver = (made: readonly Made[], count: (one: Made) => number) =>
  made.reduce((sum, one) => sum + count(one) * one.regions.length, 0)

/** How many metrics there are in CloudWatch when the function has written these lines. */
function metricsWritten(write: (report: ReturnType<typeof reporter>) => void): number {
  const names = new Set<string>()
  write(
    reporter(
      'sample',
      (text) => {
        const line = JSON.parse(text)
        if (line._aws === undefined) return
        for (const { Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
          for (const of of Dimensions) {
            for (const { Name } of Metrics)
              names.add(JSON.stringify([Name, ...of.map((name: string) => [name, line[name]])]))
          }
        }
      },
      Date.now,
    ),
  )
  return names.size
}
