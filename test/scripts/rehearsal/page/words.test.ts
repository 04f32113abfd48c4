import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recordsInKorean } from '../../../../scripts/rehearsal/page/words/records.ts'
import { corpus } from '../../../../scripts/rehearsal/records.ts'

const test = suite('the words of the page')

test('every record of the corpus, and nothing else, has its sentence in Korean', () => {
  const names = corpus().map(({ name }) => name)
  assert.equal(Object.keys(recordsInKorean).sort(), names.sort())
  for (const [name, sentence] of Object.entries(recordsInKorean)) assert.match(sentence, /[가-힣]/, name)
})

test.run()
