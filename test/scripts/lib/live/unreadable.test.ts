// A check that could not look has not found that all is well.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isGone } from '../../../../scripts/lib/live/check.ts'
import { liveChecks } from '../../../../scripts/lib/live/checks.ts'
import { type Finding, lookAtStack } from '../../../../scripts/lib/live/stack.ts'
import { driftOutcome } from '../../../../scripts/lib/report/drift.ts'
import { bootstrapTemplate } from '../../../../templates-src/bootstrap.ts'
import { allTemplates, type Deployed, deployed, everything, github } from '../../../templates-src/references.ts'
import { instance } from '../stackset/stackset-in-memory.ts'
import { type Answer, answering, denied } from './rest-api.ts'

const stackSets = { roles: 'bootstrap', failureTolerance: 0 } as const
const templates: Readonly<Record<string, Deployed>> = {
  ...allTemplates(everything),
  bootstrap: deployed(bootstrapTemplate({ ...everything, github, stackSets })),
}

const test = suite('a live check that may not read')

for (const [name, template] of Object.entries(templates)) {
  test(`is unknown and not fine, for every resource of ${name}`, async () => {
    const found = await answering(
      (asked) => stackOf(template, asked.action) ?? denied(asked),
      () => lookAtStack(`root-guard-${name}`, { ...instance(`test-denied-${name}`), stackId: 'sample' }),
    )
    const checked = Object.entries(template.Resources).filter(([, { Type }]) => Type in liveChecks)
    assert.equal(states(found), checked.map(([id]) => `${id} unknown`).sort())
    const { ok, text } = driftOutcome(found)
    assert.not.ok(ok)
    assert.match(text, new RegExp(`^no drift found, but ${found.length} checks failed: their state is unknown$`, 'm'))
  })
}

test('of the stack itself is unknown for the stack as a whole', async () => {
  const found = await answering(denied, () =>
    lookAtStack('root-guard-relay', { ...instance('test-denied-stack'), stackId: 'sample' }),
  )
  assert.equal(states(found), [' unknown'])
  assert.match(found[0]?.found ?? '', /^cloudformation:GetTemplate /)
})

for (const name of [
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'RequestLimitExceeded',
  'SyntaxError',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
]) {
  test(`does not call a resource gone for ${name}`, () => {
    assert.not.ok(isGone(Object.assign(new Error(name), { name })))
  })
}

test.run()

function states(found: readonly Finding[]): string[] {
  return found.map(({ resource, state }) => `${resource} ${state}`).sort()
}

/** The stack, which may be read: its template and what it made. Undefined for every other call. */
function stackOf({ Resources }: Deployed, action: string): Answer | undefined {
  const answered = (result: string): Answer => ({
    status: 200,
    type: 'text/xml',
    body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
  })
  if (action === 'GetTemplate') return answered(`<TemplateBody>${inXml(JSON.stringify({ Resources }))}</TemplateBody>`)
  if (action !== 'ListStackResources') return undefined
  const members = Object.entries(Resources).map(
    ([id, { Type }]) =>
      `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${physicalId(id, Type)}</PhysicalResourceId><ResourceType>${Type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>`,
  )
  return answered(`<StackResourceSummaries>${members.join('')}</StackResourceSummaries>`)
}

function physicalId(id: string, type: string): string {
  return type.startsWith('AWS::SNS::') ? `arn:aws:sns:us-east-1:111122223333:${id}` : id.toLowerCase()
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
