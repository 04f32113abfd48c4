// No template of ours breaks what AWS holds to. Each rule is shown to find what it is for: its own wrong templates.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import { everyTemplate } from '../templates-src/combinations.ts'
import { allTemplates, type Deployed, deployed, ofType, statements } from '../templates-src/references.ts'
import { contract, rules } from './contract.ts'
import { hasModel, models, patternOf, typesWithModels } from './model.ts'
import { allowsService, findings, resource, sentence } from './rule.ts'

const samples = {
  'test/root-guard.yaml': loadSettings('test/root-guard.yaml'),
  'test/everything.yaml': loadSettings('test/everything.yaml'),
}
const committed = readdirSync('generated').filter((file) => file.endsWith('.yaml'))
const templates: readonly (readonly [name: string, template: Deployed])[] = [
  ...committed.map((file) => [`generated/${file}`, parse(readFileSync(join('generated', file), 'utf8'))] as const),
  ...Object.entries(samples).flatMap(([of, value]) =>
    Object.entries({ ...allTemplates(value), bootstrap: deployed(bootstrapTemplate(value)) }).map(
      ([name, template]) => [`${name} of ${of}`, template] as const,
    ),
  ),
]

const ours = suite('what AWS refuses')
for (const [name, template] of templates) {
  ours(`is not in ${name}`, () => {
    assert.ok(Object.keys(template.Resources).length > 0)
    assert.equal(
      findings(rules, template).map((finding) => sentence(name, finding)),
      [],
    )
  })
}
const every = everyTemplate()
ours('is in no template of any combination of settings', () => {
  const found = every.flatMap(([name, template]) => findings(rules, template).map((finding) => sentence(name, finding)))
  assert.equal([...new Set(found)], [])
})
ours('is looked for in every kind of template, each with rules, and in keys that EventBridge uses', () => {
  const names = every.map(([name]) => name)
  for (const name of ['notifier', 'us-east-1', 'operations', 'ap-northeast-2', 'relay']) {
    assert.ok(names.filter((one) => one === name).length > 10, name)
  }
  for (const [name, template] of every) {
    if (name !== 'notifier') assert.ok(Object.keys(ofType(template, 'AWS::Events::Rule')).length > 0, name)
  }
  const keys = every.filter(([, template]) => eventBridgesKeys(template).length > 0)
  assert.ok(keys.length > 0)
  for (const [name, template] of keys) {
    const found = findings(rules, withoutStatements(template, eventBridgesKeys(template)))
    assert.ok(
      found.some(({ rule }) => rule === 'kms/no-source-conditions-for-a-topic-of-eventbridge'),
      name,
    )
  }
})
ours('is held for every type of resource that has a model', () => {
  const types = new Set(templates.flatMap(([, { Resources }]) => Object.values(Resources).map(({ Type }) => Type)))
  assert.equal(
    [...types].filter((type) => !typesWithModels.includes(type)),
    [],
  )
})
ours.run()

const each = suite('a rule of the contract')
for (const { id, wrong } of rules) {
  each(`${id} finds what is wrong in its own wrong templates, and no other rule does`, () => {
    assert.ok(wrong.length > 0)
    for (const Resources of wrong) {
      const found = findings(rules, { Resources })
      assert.equal([...new Set(found.map(({ rule }) => rule))], [id], JSON.stringify(Resources).slice(0, 300))
      for (const { resource, property, allowed } of found) {
        assert.ok(resource in Resources)
        assert.ok(property.length > 0 && allowed.length > 0)
      }
    }
  })
}
each('has a name of its own, which begins as the others of its file do', () => {
  const ids = rules.map(({ id }) => id)
  assert.equal([...new Set(ids)], ids)
  for (const of of Object.values(contract)) assert.is(new Set(of.map(({ id }) => id.split('/')[0])).size, 1)
})
each('names the template, the resource, the property, what was found and what is allowed', () => {
  const Resources = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'root guard' } } }
  assert.equal(
    findings(rules, { Resources }).map((finding) => sentence('relay', finding)),
    ['relay: Queue: QueueName: found "root guard"; allowed: letters, digits, - and _, 80 at most [sqs/queue-name]'],
  )
})
each.run()

const model = suite('botocore.json')
model('has every pattern in a form that Node reads', () => {
  const shapes = Object.values(models.services).flatMap(({ shapes }) => Object.values(shapes))
  for (const { pattern } of shapes) if (pattern !== undefined) patternOf(pattern)
})
model('has every call that the commands make', () => {
  const imports = readdirSync('scripts', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join('scripts', file), 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g),
    ])
  const called = imports.flatMap(([, names = '', client]) =>
    [...names.matchAll(/\b(\w+)Command\b/g)].map(([, call]) => `${client} ${call}`),
  )
  const services = Object.keys(models.services)
  const missing = called.filter((line) => {
    const [client, call = ''] = line.split(' ')
    const service = services.find((id) => id.toLowerCase().replaceAll(' ', '-') === client)
    return service === undefined || !hasModel(service, call)
  })
  assert.ok(called.length > 50)
  assert.equal([...new Set(missing)], [], 'python test/aws-contract/write-models.py writes them')
})
model.run()

/** The keys whose policy has a statement for EventBridge. */
function eventBridgesKeys(template: Deployed): readonly string[] {
  return Object.entries(ofType(template, 'AWS::KMS::Key')).flatMap(([id, key]) =>
    statements(key).some((statement) => allowsService(statement, 'events.amazonaws.com')) ? [id] : [],
  )
}

/** The template, in which the policies of these keys allow nobody anything. */
function withoutStatements({ Resources }: Deployed, keys: readonly string[]): Deployed {
  const emptied = keys.map((id) => {
    const { Type = '', Properties = {} } = Resources[id] ?? {}
    return [id, resource(Type, { ...Properties, KeyPolicy: { Statement: [] } })] as const
  })
  return { Resources: { ...Resources, ...Object.fromEntries(emptied) } }
}
