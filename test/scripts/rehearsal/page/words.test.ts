import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { posts } from '../../../../scripts/rehearsal/page/posts.ts'
import { en } from '../../../../scripts/rehearsal/page/words/en.ts'
import { ko } from '../../../../scripts/rehearsal/page/words/ko.ts'
import { recordsInKorean } from '../../../../scripts/rehearsal/page/words/records.ts'
import { corpus } from '../../../../scripts/rehearsal/records.ts'

const test = suite('the words of the page')

test('every record of the corpus, and nothing else, has its sentence in Korean', () => {
  const names = corpus().map(({ name }) => name)
  assert.equal(Object.keys(recordsInKorean).sort(), names.sort())
  for (const [name, sentence] of Object.entries(recordsInKorean)) assert.match(sentence, /[가-힣]/, name)
})

test('every kind of the corpus has a name, without which its records would not be in the list', () => {
  const kinds = [...new Set(corpus().map(({ kind }) => kind))].sort()
  for (const say of [en, ko]) assert.equal(Object.keys(say.kinds).sort(), kinds)
})

test('every post of docs/cost.json, and nothing else, has its name in Korean', () => {
  assert.equal(
    Object.keys(ko.cost.posts).sort(),
    posts()
      .map(({ what }) => what)
      .sort(),
  )
})

const glossary = readFileSync(new URL('../../../../docs/glossary.md', import.meta.url), 'utf8')

// What the glossary calls it, by its row there, and where the page does.
const TERMS: readonly (readonly [row: string, said: string])[] = [
  ['rehearsal', ko.title],
  ['window, digest', ko.way.windows],
  ['window, digest', ko.strip.digest(2)],
  ['dead letters', ko.way.deadLetters],
  ['relay', ko.way.relay],
  ['record', ko.way.records],
  ['route', ko.way.columns[0] ?? ''],
  ['channel', ko.way.columns[1] ?? ''],
  ['outcome', ko.way.columns[2] ?? ''],
  ['delivery', ko.way.deliveries],
  ['drill', ko.kinds.drill ?? ''],
  ['drift', ko.kinds['drift-found'] ?? ''],
  ['alert', ko.labels.alert],
  ['kind', ko.watched.kind],
]

for (const [row, said] of TERMS) {
  test(`«${said}» is what docs/glossary.md calls ${row} in Korean`, () => {
    const [, terms = ''] = new RegExp(`^\\| ${row} \\| ([^|]+) \\|`, 'm').exec(glossary) ?? []
    assert.ok(
      terms.split(', ').some((term) => said.includes(term)),
      terms,
    )
  })
}

// What was said before, or may be said by mistake, and the glossary's word for it.
const NOT_OURS: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/예행연습/, '리허설'],
  [/(?<![가-힣])창(?![가-힣]{2})/, '구간'],
  [/데드 레터/, '데드레터'],
  [/전달/, '릴레이, 또는 발송'],
  [/레코드/, '기록'],
  [/무엇이 고장/, '고장 내기'],
  [/시험|모의/, '훈련'],
]

for (const [wrong, right] of NOT_OURS) {
  test(`nothing in Korean says ${wrong.source}, but ${right}`, () => {
    for (const sentence of sentencesIn(ko)) assert.not.match(sentence, wrong)
  })
}

/** Every text of the words, those that are put together with samples. */
function sentencesIn(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words]
  if (typeof words === 'function') return sentencesIn(words(2, 3, 4))
  return Object.values(words as object).flatMap(sentencesIn)
}

test.run()
