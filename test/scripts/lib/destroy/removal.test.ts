import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recorderIsOff, removeStackSet, stopRecorder } from '../../../../scripts/lib/destroy/removal.ts'
import { failureText } from '../../../../scripts/lib/stackset/failure.ts'
import { instance, type Memory, memory, stackSetInMemory } from '../stackset/stackset-in-memory.ts'

const settings = { account: '111122223333', name: 'root-guard' }
const deployed = () => ({
  stackSet: {
    body: '{}',
    parameters: {},
    tags: {},
    administrationRoleArn: '',
    executionRoleName: '',
    managedExecution: true,
  },
  instances: new Map([['us-west-2', instance('us-west-2')]]),
})
const test = suite('taking a StackSet away')

for (const refusal of ['operation-in-progress', 'no-instances', 'not-empty'] as const) {
  test(`looks again when another run makes AWS refuse it as ${refusal}`, async () => {
    const state = memory({ ...deployed(), refusals: [refusal] })
    assert.equal(await removed(state), [])
    assert.equal(state.writes, ['delete-instances us-west-2', 'remove'])
  })
}

test('takes what another run has deleted meanwhile for deleted', async () => {
  assert.equal(await removed(memory({ ...deployed(), refusals: ['not-found'] })), [])
})

test('that fails says to destroy again, and the way out where AWS cannot delete the stack', async () => {
  const state = memory({
    ...deployed(),
    failing: new Map([['us-west-2', 'Queue could not be deleted']]),
    stackStatuses: new Map([['us-west-2', 'DELETE_FAILED']]),
  })
  const text = (await removed(state)).map(failureText).join()
  assert.match(text, 'the stack was left DELETE_FAILED')
  assert.match(text, '→ mend the cause, then npm run destroy -- --yes root-guard again; or take it out of the StackSet')
  assert.match(text, '--stack-set-name root-guard-relay --accounts 111122223333 --regions us-west-2 --retain-stacks')
  assert.not.match(text, 'npm run deploy')
  assert.equal(state.writes, ['delete-instances us-west-2'])
})

test.run()

const recorder = suite('stopping the recorder before its stack goes')

const named = (name: string) => Object.assign(new Error('explicit deny in a service control policy'), { name })

recorder('answers its name, so that it can be started again', async () => {
  const { answer, asked } = await stopped(async () => ({}))
  assert.is(answer, 'root-guard-recorder')
  assert.equal(asked, ['root-guard-recorder'])
})

recorder('that is refused is a note and ends nothing', async () => {
  const { answer, notes } = await stopped(async () => Promise.reject(named('AccessDeniedException')))
  assert.is(answer, undefined)
  assert.match(notes.at(-1) ?? '', 'the recorder was not stopped, and its stack is deleted all the same')
  assert.match(notes.at(-1) ?? '', 'explicit deny in a service control policy')
})

recorder('that is not there is no refusal, and nothing to start again', async () => {
  const { answer, notes } = await stopped(async () => Promise.reject(named('NoSuchConfigurationRecorderException')))
  assert.is(answer, undefined)
  assert.equal(notes, ['stopping the AWS Config recorder root-guard-recorder'])
})

recorder('of somebody else never happens', async () => {
  const { answer, asked } = await stopped(async () => ({}), 'reuse')
  assert.is(answer, undefined)
  assert.equal(asked, [])
})

recorder('is said with how to start it, where the removal failed', () => {
  assert.match(
    recorderIsOff('root-guard-recorder'),
    'aws configservice start-configuration-recorder --region ap-northeast-2 --configuration-recorder-name root-guard-recorder',
  )
})

recorder.run()

async function stopped(answers: () => Promise<unknown>, whose: 'create' | 'reuse' = 'create') {
  const [asked, notes]: [string[], string[]] = [[], []]
  const answer = await stopRecorder(
    { name: 'root-guard', recorder: whose },
    { note: (line) => void notes.push(line) },
    (name) => {
      asked.push(name)
      return answers()
    },
  )
  return { answer, asked, notes }
}

function removed(state: Memory) {
  return removeStackSet(stackSetInMemory(state), settings, 'root-guard-relay', { note: () => {} })
}
