// Each planted mistake that cfn-lint takes is named by its rule of the contract, and by no other.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rules } from './contract.ts'
import { planted, withMistake } from './planted.ts'
import { findings, sentence } from './rule.ts'

const mistakes = suite('a planted mistake')
for (const one of planted.filter(({ named }) => !named.startsWith('cfn-lint'))) {
  mistakes(`${one.what} is named by ${one.named}`, () => {
    const [before, after] = withMistake(one).map((template) =>
      findings(rules, template).map((found) => sentence(one.template, found)),
    )
    const added = after?.filter((line) => !before?.includes(line)) ?? []
    assert.is(added.length, 1, added.join('\n'))
    assert.ok(added[0]?.endsWith(`[${one.named}]`), added[0])
  })
}
mistakes.run()
