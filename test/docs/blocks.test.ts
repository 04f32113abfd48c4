// What the pages tell people to type works. A block with <!-- test: runs --> before it is run here, in a copy of the
// checkout without AWS, and a text block right after it is what it prints; one with <!-- gate: runs --> is a step of .ci/run,
// one with <!-- test:aws runs --> is run against fakecloud by test/aws/pages.test.ts.
// The rest need an account or a repository: of those, every command and option must be there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse, stringify } from 'yaml'
import { parseSettings } from '../../templates-src/config/load.ts'
import type { Ran } from '../child.ts'
import { copy } from './copy.ts'
import { optionsOf } from './options.ts'
import { type Block, type Page, pages, root } from './pages.ts'

const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts
const all = pages()
const gate = readFileSync(join(root, '.ci/run'), 'utf8')
const blocks = suite('blocks of the pages')

for (const { path, block, next } of shellBlocks(all)) {
  if (block.marker === 'test: runs') {
    blocks(`${path}:${block.line} runs`, async () => {
      const { exitCode, stdout, stderr } = await runInACopy(block.code)
      assert.is(exitCode, 0, `${stdout}${stderr}`)
      if (next?.language === 'text') assert.is(stdout, next.code)
    })
  }
  if (block.marker === 'gate: runs') {
    blocks(`${path}:${block.line} is run by .ci/run`, () => {
      for (const command of block.code.trim().split(' && ')) {
        const [first = '', rest] = command.split(' -- ')
        const step = gate.split('\n').find((line) => line.includes(` ${first}`) && line.includes(rest ?? first))
        assert.ok(step, command)
      }
    })
  }
}

for (const page of all) {
  blocks(`${page.path} names only commands that there are, with options that they take`, async () => {
    for (const { script, options } of commandsOf(page.text)) {
      assert.ok(script in scripts, script)
      if (options.length === 0) continue
      const known = await optionsOf(scripts[script] ?? '')
      for (const option of options) assert.ok(known.includes(option), `npm run ${script} -- ${option}`)
    }
  })

  const snippets = page.blocks.filter(({ language }) => language === 'yaml')
  for (const snippet of snippets) {
    blocks(`${page.path}:${snippet.line} is what root-guard.yaml may say`, () => {
      const base = parse(readFileSync(join(root, 'test/root-guard.yaml'), 'utf8'))
      assert.ok(parseSettings(stringify({ ...base, ...parse(snippet.code) }), `${page.path}:${snippet.line}`))
    })
  }
}

blocks('README.md or CONTRIBUTING.md says what each npm script is for', () => {
  const tables = all
    .filter(({ path }) => ['README.md', 'CONTRIBUTING.md'].includes(path))
    .flatMap(({ text }) => text.split('\n').filter((line) => line.startsWith('| `npm ')))
    .join('\n')
  const named = commandsOf(tables).map(({ script }) => script)
  assert.equal(
    Object.keys(scripts).filter((script) => !named.includes(script)),
    [],
  )
})
blocks.run()

function shellBlocks(from: readonly Page[]): readonly { path: string; block: Block; next: Block | undefined }[] {
  return from.flatMap((page) =>
    page.blocks.flatMap((block, index) =>
      block.language === 'sh' ? [{ path: page.path, block, next: page.blocks[index + 1] }] : [],
    ),
  )
}

/** `npm start`, `npm test`, `npm run X`, and what follows ` -- ` up to the end of the command. */
function commandsOf(text: string): readonly { script: string; options: readonly string[] }[] {
  const typed = /\bnpm (?:run (?:-s )?([a-z][\w:-]*)|(start|test)\b)((?: -- [^\n`|&;]*)?)/g
  return [...text.matchAll(typed)].map(([, run, short, rest = '']) => ({
    script: (run ?? short ?? '').replace(/:$/, ''),
    options: [...rest.replace(' -- ', ' ').matchAll(/ --([a-z-]+)/g)].map(([, name = '']) => name),
  }))
}

async function runInACopy(code: string): Promise<Ran> {
  const { shell, remove } = copy()
  try {
    return await shell(code)
  } finally {
    remove()
  }
}
