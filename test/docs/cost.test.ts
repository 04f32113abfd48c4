// docs/cost.md multiplies what docs/cost.json says; ROOT_GUARD_GOLDEN=write writes the table anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stackSetTemplates } from '../../scripts/lib/generated.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import { pageOf, root } from './pages.ts'

interface Row {
  readonly what: string
  readonly quantity: number
  readonly usd: number
  readonly per: number
}

const rows: readonly Row[] = JSON.parse(readFileSync(join(root, 'docs/cost.json'), 'utf8'))
const total = rows.reduce((sum, row) => sum + costOf(row), 0)
const templates = (await stackSetTemplates(loadSettings(join(root, 'test/root-guard.yaml')))).filter(
  ({ regions }) => regions.length > 0,
)
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

cost('counts the alarms and the rules that the templates make', () => {
  assert.is(quantityOf('CloudWatch: alarms'), countOf('AWS::CloudWatch::Alarm'))
  assert.is(quantityOf('AWS Config: evaluations, 2 rules hourly'), countOf('AWS::Config::ConfigRule') * 730)
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
    (row) => `| ${row.what} | ${row.quantity.toLocaleString('en-US')} | ${priceOf(row)} | ${costOf(row).toFixed(2)} |`,
  )
  return [
    '| what | quantity | price | USD |',
    '|---|---|---|---|',
    ...body,
    `| **together** | | | **${total.toFixed(2)}** |`,
    '',
  ].join('\n')
}

function costOf({ quantity, usd, per }: Row): number {
  return (quantity * usd) / per
}

function priceOf({ usd, per }: Row): string {
  if (usd === 0) return 'free'
  return per === 1 ? `$${usd}` : `$${usd.toFixed(2)} / ${per.toLocaleString('en-US')}`
}

function quantityOf(what: string): number | undefined {
  return rows.find((row) => row.what === what)?.quantity
}

/** In the StackSets of the sample settings: an owner's root-guard.yaml says otherwise, and the page still holds. */
function countOf(type: string): number {
  const resources = templates.flatMap(({ body }) => Object.values((JSON.parse(body) as Body).Resources))
  return resources.filter(({ Type }) => Type === type).length
}

interface Body {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>
}
