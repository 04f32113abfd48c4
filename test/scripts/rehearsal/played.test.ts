import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stackSetTemplates } from '../../../scripts/lib/generated.ts'
import { notPlayed, playable } from '../../../scripts/rehearsal/played.ts'
import { notPlayedText } from '../../../scripts/rehearsal/programme.ts'
import { loadSettings } from '../../../templates-src/config/load.ts'

const test = suite('what of a deploy is played')

const everything = await stackSetTemplates(loadSettings('test/everything.yaml'))
const operations = everything.find(({ stackSet }) => stackSet.endsWith('-operations'))?.body ?? ''

test('what the emulator does not make is left out of the operations, and nothing refers to it', () => {
  const kept = playable(operations)
  const ids = (body: string) => Object.keys((JSON.parse(body) as { Resources: object }).Resources)
  const left = ids(operations).filter((id) => !ids(kept).includes(id))
  assert.ok(left.includes('DeadLettersAlarm') && left.length < ids(operations).length / 2, left.join())
  for (const id of left) assert.not.match(kept, `"${id}"`, id)
})

test('what is left out is told by name, with what checks it instead', () => {
  const text = notPlayedText({ scenes: [], resources: notPlayed(everything) })
  assert.match(
    text,
    /operations\.yaml, DeadLettersAlarm.*: the emulator does no metric math; checked by .*npm run test:aws/,
  )
  assert.match(text, /operations\.yaml, .*Notification.*: the emulator does not know the type; checked by cfn-lint/)
  for (const part of ['ap-northeast-2', 'relay'])
    assert.match(text, new RegExp(`${part}\\.yaml: the emulator has one Region`))
  assert.not.match(text, /us-east-1\.yaml/)
})

test('a scene that was not played is told by its title', () => {
  const scenes = [{ title: 'Root signs in while Slack is broken', because: 'no route has slack' }]
  assert.match(
    notPlayedText({ scenes, resources: [] }),
    /not played:\n {3}Root signs in while Slack is broken: no route has slack/,
  )
})

test.run()
