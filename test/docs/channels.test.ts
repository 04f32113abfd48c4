// docs/channels.md says what people register and write into SSM, so it must be what the channels take.
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import type { Channel } from '../../handlers/notifier/channels/channel.ts'
import { channels } from '../../handlers/notifier/channels/registry.ts'
import type { TemplateVariable } from '../../handlers/notifier/words/message.ts'
import { templateVariables } from '../../scripts/rehearsal/providers/kakao-template.ts'
import { kakaoTemplate } from '../../scripts/rehearsal/stage.ts'

const page = readFileSync(new URL('../../docs/channels.md', import.meta.url), 'utf8')
const variables = { title: 1, what: 1, who: 1, from: 1, when: 1, account: 1, todo: 1 } satisfies Record<
  TemplateVariable,
  1
>

const docs = suite('docs/channels.md')

for (const channel of Object.values<Channel>(channels)) {
  docs(`has a section on ${channel.name}, whose secret the channel takes`, () => {
    const [, section = ''] = page.split(`\n## ${channel.name}\n`)
    const [, json = ''] = /^\s*```json\n(.*?)\n```/s.exec(section) ?? []
    const secret = JSON.parse(json)
    assert.is(v.is(channel.secret, secret), true)
    for (const field of Object.keys(secret)) {
      assert.is(v.is(channel.secret, { ...secret, [field]: undefined }), false, field)
    }
  })
}

for (const name of Object.keys(channels)) {
  docs(`ends the section on ${name} in its test`, () => {
    const [, section = ''] = page.split(`\n## ${name}\n`)
    const last = section.split('\n## ')[0]?.trimEnd().split('\n').at(-1)
    assert.is(last, `Test: \`npm run drill -- --send --channel ${name}\``)
  })
}

docs('has the template in two languages, with the variables that a message has', () => {
  const templates = [...page.matchAll(/```text\n(.*?)\n```/gs)].map(([, text = '']) => text)
  assert.is(templates.length, 2)
  for (const template of templates) assert.equal(templateVariables(template), Object.keys(variables))
  assert.is(templates[0], kakaoTemplate)
})
docs.run()
