// Changing one setting changes only what it should, and what CloudFormation then replaces is named here: a replacement is
// a new resource, and what it held is gone. Which property replaces is AWS's own schema's to say.
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { type Settings, settingsSchema } from '../../templates-src/config/schema.ts'
import { allTemplates, deployed, settings } from './references.ts'
import { type Changes, ROWS } from './setting-rows.ts'

const test = suite('a change of one setting')
for (const [change, expected, from = {}] of ROWS) {
  const beside = Object.keys(from).length > 0 ? ` where there is ${Object.keys(from).join()}` : ''
  test(`${JSON.stringify(change)} changes ${Object.keys(expected).join(', ') || 'nothing'}${beside}`, () => {
    const before = everyTemplate({ ...settings, ...from })
    assert.equal(changesBetween(before, everyTemplate({ ...settings, ...from, ...change })), sorted(expected))
  })
}

test('is tried of every setting there is, each by itself', () => {
  const tried = ROWS.map(([change, , from = {}]) => {
    const [before, after] = [fieldsOf({ ...settings, ...from }), fieldsOf({ ...settings, ...from, ...change })]
    return Object.keys(before).filter((path) => before[path] !== after[path])
  })
  const byItself = tried.filter(({ length }) => length === 1).flat()
  const known = pathsOf(settingsSchema)
  for (const nested of ['sms.dailyCap', 'buckets.trail', 'userNotifications.hub', 'github.branch', 'stackSets.roles'])
    assert.ok(known.includes(nested), `the schema is read down to ${nested}`)
  assert.equal(
    known.filter((path) => !byItself.includes(path)),
    [],
    'add a row for it',
  )
})

test('only another name replaces anything in an account', () => {
  const replacing = ROWS.filter(([, changes]) => Object.values(changes).join().includes('!'))
  assert.equal(
    replacing.flatMap(([change]) => Object.keys(change)),
    ['name', 'account'],
  )
})

test.run()

interface Schema {
  readonly entries?: Readonly<Record<string, unknown>>
  readonly wrapped?: unknown
  readonly pipe?: readonly unknown[]
}

/** The paths of all fields that the schema knows, as `sms.dailyCap`. */
function pathsOf({ entries, wrapped, pipe }: Schema): readonly string[] {
  if (entries !== undefined) {
    return Object.entries(entries).flatMap(([field, inner]) =>
      pathsOf(inner as Schema).map((path) => (path === '' ? field : `${field}.${path}`)),
    )
  }
  const inner = wrapped ?? pipe?.[0]
  return inner === undefined || inner === null ? [''] : pathsOf(inner as Schema)
}

/** Each field that is a map of fields in the schema by its path; others, lists and routes too, as they are, in JSON. */
function fieldsOf(of: Settings): Readonly<Record<string, string>> {
  const valueAt = (path: string) =>
    path.split('.').reduce<unknown>((value, field) => (value as Record<string, unknown> | undefined)?.[field], of)
  return Object.fromEntries(pathsOf(settingsSchema).map((path) => [path, JSON.stringify(valueAt(path)) ?? 'nothing']))
}

/** With the bootstrap's, which knows the settings as well. */
function everyTemplate(of: Settings): ReturnType<typeof allTemplates> {
  return { ...allTemplates(of), bootstrap: deployed(bootstrapTemplate(of)) }
}

function changesBetween(from: ReturnType<typeof allTemplates>, to: ReturnType<typeof allTemplates>): Changes {
  const all: Record<string, string> = {}
  for (const template of Object.keys(from)) {
    const found: string[] = []
    fullDiff(from[template] ?? {}, to[template] ?? {}).resources.forEachDifference((id, { changeImpact }) => {
      found.push(`${SIGNS[changeImpact] ?? '?'}${id.replace(/^(Deployment)[\da-f]{8}$/, '$1')}`)
    })
    if (found.length > 0) all[template] = found.join(' ')
  }
  return sorted(all)
}

const SIGNS: Partial<Record<ResourceImpact, string>> = {
  [ResourceImpact.WILL_CREATE]: '+',
  [ResourceImpact.WILL_DESTROY]: '-',
  [ResourceImpact.WILL_ORPHAN]: '~',
  [ResourceImpact.WILL_REPLACE]: '!',
  [ResourceImpact.WILL_UPDATE]: '',
}

function sorted(changes: Changes): Changes {
  return Object.fromEntries(
    Object.entries(changes).map(([template, ids]) => [template, ids.split(/\s+/).sort().join(' ')]),
  )
}
